package run

import (
	"cmp"
	"strings"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Pushed describes what a run pushes, for previews. It is empty if the program does not know the names.
type Pushed struct {
	Secrets   map[string]string `pulumi:"secrets,optional" provider:"secret"`
	Within    string            `pulumi:"within,optional"`
	Deletable []string          `pulumi:"deletable,optional"`
	// CaseInsensitive applies to the names in Secrets and Deletable.
	CaseInsensitive bool `pulumi:"caseInsensitive,optional"`
}

func (s *Pushed) describeInputs(an infer.Annotator) {
	an.Describe(&s.Secrets, "What previews show of a run: a digest of each secret and its settings, by its name on the "+
		"platform. A change does not start a run; one of `triggers` does.")
	an.Describe(&s.Within, "Where the names in `secrets` are: the platform, such as `vault`, or the platform and the "+
		"object that contains all of them, such as `kubernetes/ns/app`. Without it, a preview shows no names.")
	an.Describe(&s.Deletable, "The names in `secrets` that are deleted from the platform when they are no longer "+
		"pushed. An object that contains all of them is listed as `…/*`.")
	an.Describe(&s.CaseInsensitive, "Whether the platform ignores case in names, so that `DB` and `db` are one secret. "+
		"Default: false.")
}

func (s *Pushed) describeOutputs(an infer.Annotator) {
	an.Describe(&s.Secrets, "The input `secrets` as of the last run that succeeded or was not awaited.")
	an.Describe(&s.Within, "The input `within` as of that run.")
	an.Describe(&s.Deletable, "The input `deletable` as of that run.")
	an.Describe(&s.CaseInsensitive, "The input `caseInsensitive` as of that run.")
}

// pushed is Pushed as it arrives over the wire, so a digest may be unknown.
type pushed struct {
	secrets         property.Map
	within          string
	deletable       map[string]bool
	caseInsensitive bool
}

// pushedOf parses the inputs or the state. It returns nil if the names are unknown.
func pushedOf(properties property.Map) *pushed {
	within, secrets := properties.Get("within"), properties.Get("secrets")
	if !within.IsString() || within.AsString() == "" || secrets.IsComputed() {
		return nil
	}
	found := &pushed{
		secrets: mapOf(secrets), within: within.AsString(), deletable: map[string]bool{},
		caseInsensitive: isTrue(properties.Get("caseInsensitive")),
	}
	if deletable := properties.Get("deletable"); deletable.IsArray() {
		for _, name := range deletable.AsArray().All {
			if name.IsString() {
				found.deletable[name.AsString()] = true
			}
		}
	}
	return found
}

// spelledAs returns s with the names spelled as in other, if both are case-insensitive.
func (s *pushed) spelledAs(other *pushed) *pushed {
	if !s.caseInsensitive || !other.caseInsensitive {
		return s
	}
	spelling := map[string]string{}
	for name := range other.secrets.AllStable {
		spelling[strings.ToLower(name)] = name
	}
	found := &pushed{within: s.within, deletable: map[string]bool{}}
	secrets := map[string]property.Value{}
	for name, value := range s.secrets.All {
		as := cmp.Or(spelling[strings.ToLower(name)], name)
		secrets[as], found.deletable[as] = value, s.deletable[name]
	}
	found.secrets = property.NewMap(secrets)
	return found
}
