package escsync

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
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
// is known. What a reference stands for is left out where not even the service knows which secrets it becomes; so is
// everything where a setting of the destination is marked as a secret, of which a place may be made, and where the
// service did not tell: what is merely not known now would look removed.
func plannedSecrets(plan target.Plan, req p.ConstructRequest, served served) secrets {
	destination := req.Inputs.Get("destination")
	if destination.HasSecrets() {
		return nil
	}
	var elsewhere problem.List // reported by the check of what is interpolated
	settings := document.FromProperty(problem.Path{}, destination, &elsewhere).RenderJSON()
	written := document.FromProperty(problem.Path{}, req.Inputs.Get("value"), &elsewhere)
	planned := secrets{}
	for _, item := range plan.Items {
		text, referred := item.Text, false
		if text.Unknown {
			text, referred = asWritten(written, item.Path)
		}
		switch {
		case !referred || len(item.Path) == 0 || served.shape.Below(item.Path).Settled():
			planned[item.Place()] = digest{
				text: digestOf(settings.Value, text.Value), unknown: text.Unknown || settings.Unknown,
			}
		case !served.answered:
			return nil
		}
	}
	return planned
}

// namesAreSettled says whether no text that ESC interpolates may become an object with keys of its own.
func namesAreSettled(plan target.Plan, shape definition.Shape) bool {
	return !slices.ContainsFunc(plan.Items, func(item target.Item) bool {
		return item.Text.Unknown && len(item.Path) > 0 && !shape.Below(item.Path).Settled()
	})
}

// asWritten is the text that the program has for what stands at a path of keys, and whether it is a reference alone:
// then what is below it has that text and the keys to it.
func asWritten(node document.Node, path []string) (text document.Text, referred bool) {
	for i, key := range path {
		if node.Kind == document.String {
			return document.Text{Value: digestOf(append([]string{node.Text}, path[i:]...)...)}, true
		}
		node = node.Fields[key]
	}
	return node.Render(), node.Kind == document.String && soleReference.MatchString(node.Text)
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
