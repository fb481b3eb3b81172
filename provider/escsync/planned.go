package escsync

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// secrets are digests of what is pushed and how, by the place on the platform. One is unknown while its text is.
type secrets map[string]digest

type digest struct {
	text    string
	unknown bool
}

// soleReference is a text that ESC replaces as a whole, so that it may become an object with keys of its own.
var soleReference = regexp.MustCompile(`^\s*\$\{[^}]*\}\s*$`)

// plannedSecrets digests what a plan pushes. What ESC interpolates counts as it is written: the run is where its value
// is known. A key whose whole value is a reference is left out, as only ESC knows which secrets it becomes; so is
// everything where a setting of the destination is marked as a secret, of which a place may be made.
func plannedSecrets(plan target.Plan, req p.ConstructRequest) secrets {
	destination := req.Inputs.Get("destination")
	if destination.HasSecrets() {
		return nil
	}
	var elsewhere problem.List // reported by the check of what is interpolated
	settings := document.FromProperty(problem.Path{}, destination, &elsewhere).RenderJSON()
	written := document.FromProperty(problem.Path{}, req.Inputs.Get("value"), &elsewhere)
	planned := secrets{}
	for _, item := range plan.Items {
		text := item.Text
		if text.Unknown {
			text = below(written, item.Path).Render()
		}
		if len(item.Path) > 0 && soleReference.MatchString(text.Value) {
			continue
		}
		planned[item.Place()] = digest{
			text: digestOf(settings.Value, text.Value), unknown: text.Unknown || settings.Unknown,
		}
	}
	return planned
}

// below is what stands at a path of keys; null where there is nothing, as in a value that a definition has.
func below(node document.Node, path []string) document.Node {
	for _, key := range path {
		node = node.Fields[key]
	}
	return node
}

// digestOf is one text for several, which no other several have.
func digestOf(texts ...string) string {
	sum := sha256.New()
	for _, text := range texts {
		part := sha256.Sum256([]byte(text))
		sum.Write(part[:])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// inputs are the planned secrets as those of the run: always secret, as the digest of a short text can be guessed.
func (s secrets) inputs() pulumi.MapInput {
	if s == nil {
		return nil
	}
	all := pulumi.Map{}
	for place, digest := range s {
		if digest.unknown {
			all[place] = pulumi.ToSecret(pulumi.UnsafeUnknownOutput(nil))
		} else {
			all[place] = pulumi.ToSecret(pulumi.String(digest.text))
		}
	}
	return all
}
