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

// planned is what a run will push. The zero value means that the names are not known.
type planned struct {
	// within is the platform's name. If all secrets are keys of one object, a slash and that object's location follow.
	within string
	// secrets maps the full name on the platform to a digest of the secret and its settings.
	secrets map[string]digest
	// deletable lists, sorted, the names that are deleted from the platform when their keys are removed.
	deletable []string
	// caseInsensitive reports whether the platform ignores the case of names.
	caseInsensitive bool
}

// digest identifies a secret with its settings. It is unknown while the secret's text is unknown.
type digest struct {
	text    string
	unknown bool
}

// soleReference matches the JSON of a text that ESC replaces as a whole, so that the result may be an object with keys
// of its own. Such a text is a single reference, a value that Shape.Refine found below one, or a function of a
// definition, which begins with a zero byte.
var soleReference = regexp.MustCompile(`^"(\s*\$\{[^}]*\}\s*(\\u0000.*)?"$|\\u0000)`)

// namingSettings are the settings that decide which secrets there are. They are not part of a secret's digest.
var namingSettings = []string{"name", "path", "mapping", "keys"}

// plannedSecrets returns what a plan will push. A text with interpolations counts as written, together with the
// program's values for its references, because only the run knows its final value.
//
// A single reference or a function is left out if even the service does not know which secrets it becomes. If the
// service gave no answer, nothing is returned: a secret that is only unknown now would look removed. Nothing is
// returned either if a setting of the destination or the whole definition is secret, because names on the platform
// could be made of it.
func plannedSecrets(plan target.Plan, request target.Request, req p.ConstructRequest, served served) planned {
	if req.Inputs.Get("destination").HasSecrets() || req.Inputs.Get("definition").HasSecrets() {
		return planned{}
	}
	settings := request.Settings.Effective(namingSettings...).RenderJSON()
	owner := ""
	if request.Platform.Ownership.Key != "" {
		owner = request.SyncID
	}
	// Another key changes nothing on the platform, unless a setting is filled with it.
	filledWithKeys := strings.Contains(settings.Value, "{key")
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
		key := ""
		if filledWithKeys {
			key = item.Key
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

// namesAreSettled reports whether no interpolated text can still become an object with keys of its own.
func namesAreSettled(plan target.Plan, shape definition.Shape) bool {
	return !slices.ContainsFunc(plan.Items, func(item target.Item) bool {
		return item.Text.Unknown && len(item.Path) > 0 && !shape.Below(item.Path).Settled()
	})
}

// pushed converts the plan to inputs of the run. Digests are secret, because the text behind a short one can be
// guessed.
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

// references are the values that a text can refer to, as far as the program knows them.
type references struct {
	values document.Node
	// imports stands for everything imported.
	imports document.Text
}

func referable(req p.ConstructRequest) references {
	var elsewhere problem.List // the check of interpolated texts reports these
	read := func(input string) document.Node {
		return document.FromProperty(problem.Path{}, req.Inputs.Get(input), &elsewhere)
	}
	if definition := read("definition"); definition.Kind != document.Null {
		return references{imports: definition.Render()} // any change may change a value
	}
	return references{values: read("environmentValues"), imports: read("imports").RenderJSON()}
}

// reference matches one reference inside a text, up to the first access that is not a plain key.
var reference = regexp.MustCompile(`\$\{\s*([\w-]+(?:\.[\w-]+)*)?`)

// digest returns the digest of a text and, if ESC interpolates it, of everything that it refers to.
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

// text returns the program's value for a reference: the value itself, or the nearest object that contains it. A
// reference that is not a value of the program returns the list of imports.
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

// digestOf returns one digest of several texts. Each text is hashed on its own, so that moving a character from one to
// the next changes the digest.
func digestOf(texts ...string) string {
	sum := sha256.New()
	for _, text := range texts {
		part := sha256.Sum256([]byte(text))
		sum.Write(part[:])
	}
	return hex.EncodeToString(sum.Sum(nil))
}
