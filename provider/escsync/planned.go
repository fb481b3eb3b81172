package escsync

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// planned is what a run pushes. The zero value stands for names that the program does not know.
type planned struct {
	// within is the platform and, where all secrets are in one object, a slash and that object.
	within string
	// secrets are digests of what is pushed and how, by the place on the platform.
	secrets map[string]digest
	// deletable are the places that the platform loses with their keys, sorted.
	deletable []string
	// caseInsensitive says that capitals do not count in the places.
	caseInsensitive bool
}

// digest stands for a secret with its settings. It is unknown while its text is.
type digest struct {
	text    string
	unknown bool
}

// soleReference is the JSON of a text that ESC replaces as a whole, so that it may become an object with keys of its
// own, or of what Shape.Refine puts below it: a reference alone, or a function of a definition, which begins with a
// zero byte.
var soleReference = regexp.MustCompile(`^"(\s*\$\{[^}]*\}\s*(\\u0000.*)?"$|\\u0000)`)

// namingSettings are the settings that say which secrets there are, and not what becomes of one.
var namingSettings = []string{"name", "path", "mapping", "keys"}

// plannedSecrets is what a plan pushes. What ESC interpolates counts as it is written, with what the program has for
// the references in it: the run is where its value is known. What a reference alone or a function stands for is left
// out where not even the service knows which secrets it becomes. All is left out where the service did not tell, as
// what is merely not known now would look removed, and where a setting of the destination or the whole definition is
// marked as a secret, of which a place may be made.
func plannedSecrets(plan target.Plan, request target.Request, req p.ConstructRequest, served served) planned {
	if req.Inputs.Get("destination").HasSecrets() || req.Inputs.Get("definition").HasSecrets() {
		return planned{}
	}
	settings := request.Settings.Effective(namingSettings...).RenderJSON()
	owner := ""
	if request.Platform.Ownership.Key != "" {
		owner = request.SyncID
	}
	values := referable(req)
	found := planned{within: request.Platform.Name, secrets: map[string]digest{}}
	for _, item := range plan.Items {
		if len(item.Path) > 0 && soleReference.MatchString(item.Text.Written) && !served.shape.Below(item.Path).Settled() {
			if !served.answered {
				return planned{}
			}
			continue
		}
		if item.Object {
			found.within = request.Platform.Name + "/" + item.Location
		}
		found.caseInsensitive = found.caseInsensitive || item.CaseInsensitive
		key := item.Key // another key is another resource, which writes the secret anew
		if item.Object {
			key = ""
		}
		text := values.digest(item.Text)
		found.secrets[item.FullName()] = digest{
			text: digestOf(settings.Value, owner, key, text.text), unknown: text.unknown || settings.Unknown,
		}
		if name := item.Loses(request.Policy); name != "" {
			found.deletable = append(found.deletable, name)
		}
	}
	slices.Sort(found.deletable)
	found.deletable = slices.Compact(found.deletable)
	return found
}

// namesAreSettled says whether no text that ESC interpolates may become an object with keys of its own.
func namesAreSettled(plan target.Plan, shape definition.Shape) bool {
	return !slices.ContainsFunc(plan.Items, func(item target.Item) bool {
		return item.Text.Unknown && len(item.Path) > 0 && !shape.Below(item.Path).Settled()
	})
}

// pushed is the plan as the run takes it: digests always secret, as that of a short text can be guessed.
func (s planned) pushed() run.PushedInputs {
	if s.within == "" {
		return run.PushedInputs{}
	}
	secrets := pulumi.Map{}
	for name, digest := range s.secrets {
		if digest.unknown {
			secrets[name] = pulumi.ToSecret(pulumi.UnsafeUnknownOutput(nil))
		} else {
			secrets[name] = pulumi.ToSecret(pulumi.String(digest.text))
		}
	}
	pushed := run.PushedInputs{
		Secrets: secrets, Within: pulumi.String(s.within), CaseInsensitive: s.caseInsensitive,
	}
	if len(s.deletable) > 0 {
		pushed.Deletable = pulumi.ToStringArray(s.deletable)
	}
	return pushed
}

// references are what texts can refer to, as far as the program has it.
type references struct {
	values document.Node
	// imports stand for all that is imported.
	imports document.Text
}

func referable(req p.ConstructRequest) references {
	var elsewhere problem.List // reported by the check of what is interpolated
	read := func(input string) document.Node {
		return document.FromProperty(problem.Path{}, req.Inputs.Get(input), &elsewhere)
	}
	if definition := read("definition"); definition.Kind != document.Null {
		return references{imports: definition.Render()} // which is not read for its values: any change of it may be one
	}
	return references{values: read("environmentValues"), imports: read("imports").RenderJSON()}
}

// reference is one inside a text, as far as it consists of plain keys.
var reference = regexp.MustCompile(`\$\{\s*([\w-]+(?:\.[\w-]+)*)?`)

// digest is that of a text, and where ESC interpolates in it, of all that it refers to.
func (r references) digest(text document.Text) digest {
	if !text.Unknown && text.Binary {
		return digest{text: digestOf(text.Value, "bytes")}
	}
	if !text.Unknown {
		return digest{text: digestOf(text.Value)}
	}
	if text.Written == "" {
		return digest{unknown: true}
	}
	seen, parts, unknown := map[string]bool{}, []string{text.Written}, false
	if text.Binary {
		parts = append(parts, "bytes")
	}
	for i := 0; i < len(parts); i++ {
		for _, match := range reference.FindAllStringSubmatch(parts[i], -1) {
			if seen[match[1]] {
				continue
			}
			seen[match[1]] = true
			value := r.text(match[1])
			parts, unknown = append(parts, value.Value), unknown || value.Unknown
		}
	}
	return digest{text: digestOf(parts...), unknown: unknown}
}

// text is what the program has for a reference: the value itself or what it is in, or else the list of imports.
func (r references) text(access string) document.Text {
	node := r.values
	for i, key := range strings.Split(access, ".") {
		field, there := node.Fields[key]
		switch {
		case !there && i == 0:
			return r.imports
		case !there:
			return node.RenderJSON()
		}
		node = field
	}
	return node.RenderJSON()
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
