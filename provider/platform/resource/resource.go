package resource

import (
	"errors"
	"math"
	"regexp"
	"strings"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

// resource has the settings of the resources to register.
type resource struct {
	token, version, downloadURL string
	terraform                   terraform
	properties                  document.Node
	// pattern matches whole names. nil accepts any name.
	pattern  *regexp.Regexp
	fold     bool
	maxBytes int
	place    string
	importID string
	// ownership is the path of the property that stores the ownership tag.
	ownership string
	// path returns the path of a setting as problems show it.
	path func(setting string) problem.Path

	replaceOnChanges, ignoreChanges, secretOutputs []string
	deleteBeforeReplace                            bool
}

// read reads the settings and reports what is wrong with them.
func read(r target.Request) resource {
	s := r.Settings
	d := resource{
		token:               r.Required("type", checkToken),
		version:             r.Named("version", checkVersion),
		downloadURL:         s.Known("pluginDownloadURL"),
		terraform:           readTerraform(r),
		properties:          s.Tree("properties"),
		pattern:             readPattern(r),
		fold:                s.ObjectOr("name", exact).Bool("fold", false),
		maxBytes:            s.Int("maxBytes", math.MaxInt),
		place:               s.Known("place"),
		importID:            s.Known("importId"),
		replaceOnChanges:    s.Strings("replaceOnChanges"),
		ignoreChanges:       s.Strings("ignoreChanges"),
		secretOutputs:       s.Strings("additionalSecretOutputs"),
		deleteBeforeReplace: s.Bool("deleteBeforeReplace", true),
	}
	if d.maxBytes < 1 {
		s.Problem("maxBytes", "must be at least 1")
	}
	if s.Has("ownership") {
		d.ownership = s.Object("ownership").Known("property")
	}
	d.path = s.Path
	if r.InRun { // report the user's own path: users do not see the payload
		d.path = problem.At("destination").Key("resource").Key
	}
	d.checkPlace(s, r)
	return d
}

// exact is the property of name that contains the exact name of the only secret.
const exact = "exact"

var token = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*:[^:\s]+:[^:\s]+$`)

// checkToken refuses a text that is not the type of a provider's resource.
func checkToken(text string) error {
	switch {
	case !token.MatchString(text):
		return errors.New("must be a resource type from the provider's schema, such as " +
			"gitlab:index/projectVariable:ProjectVariable")
	case strings.HasPrefix(text, "pulumi:"), strings.HasPrefix(text, "escsync:"):
		return errors.New("must be a resource of a provider that writes to a platform")
	}
	return nil
}

func checkVersion(text string) error {
	if _, err := semver.Parse(text); err != nil {
		return errors.New("must be the version of a plugin, such as 8.11.0")
	}
	return nil
}

func readPattern(r target.Request) *regexp.Regexp {
	name := r.Settings.ObjectOr("name", exact)
	text := name.Known("pattern")
	if text == "" {
		return nil
	}
	pattern, err := regexp.Compile(`^(?:` + text + `)$`)
	if err != nil {
		name.Problem("pattern", "must be a regular expression in Go syntax (https://pkg.go.dev/regexp/syntax)")
	}
	return pattern
}

// rules returns the limits on names and values from the settings.
func (d resource) rules() target.Rules {
	name := limit.Name{
		Pattern: d.pattern, MaxLength: math.MaxInt, Grammar: "it does not match name.pattern", Source: "destination.resource",
	}
	if d.pattern == nil {
		name.Pattern = regexp.MustCompile(`(?s)^.*$`)
	}
	return target.Rules{
		Bytes:           true, // checkPlaceholders refuses it if the properties cannot contain bytes
		Codec:           keyname.Codec{Separator: "_"},
		ExactName:       exact,
		CaseInsensitive: d.fold,
		Name:            name,
		Value:           limit.Value{MaxBytes: d.maxBytes, Empty: true, Source: "destination.resource.maxBytes"},
	}
}

// checkPlaceholders reports properties that would push all secrets as one resource, or a resource without a value.
func (d resource) checkPlaceholders(r target.Request, keys target.Keys) {
	s, inProperties, inID := r.Settings, used{}, used{}
	inProperties.readTree(d.properties, s.Path("properties"), r.Problems)
	document.CheckNumbers(s.Path("properties"), d.properties, digits, r.Problems)
	inID.read(d.importID, s.Path("importId"), r.Problems, nameOf, keyOf, keysOf, envOf, configOf)
	each := keys.Mapping == mapping.PerKey && !s.Unknown("mapping")
	switch {
	case s.Unknown("properties"):
	case !s.Has("properties"):
		s.Problem("properties", "required, but not given")
	case !inProperties.containsValue() && !inProperties[misspelt] && !d.properties.HasUnknown():
		s.Problem("properties", "must contain {value} somewhere, or nothing is pushed")
	case !inProperties.namesSecret() && !d.properties.HasUnknown():
		// The engine's resource is named after the secret: with another name it would be written, and then deleted.
		s.Problem("properties", "must contain {name} somewhere: only names are checked and unique")
	}
	if of := s.Object("keys"); each && of.Has("binary") && inProperties.containsText() {
		of.Problem("binary", "pushes bytes, which need {value:base64}: leave it out, so that the "+
			"base64 text is pushed as it is, or write {value:base64} for every value in properties")
	}
	if d.importID != "" && !inID.namesSecret() {
		s.Problem("importId", "must contain {name}: only names are checked and unique")
	}
	d.checkPaths(s, r.Problems)
	if d.ownership != "" {
		d.checkOwnership(s)
	}
	if d.ownership != "" && d.importID == "" && !s.Unknown("importId") {
		s.Problem("importId", "required with ownership, to read the tag back")
	}
}

func (d resource) pkg() string {
	pkg, _, _ := strings.Cut(d.token, ":")
	return pkg
}

// options returns the options for a resource with these properties, in addition to those that every secret gets.
func (d resource) options(filled document.Node) []pulumi.ResourceOption {
	opts := []pulumi.ResourceOption{
		pulumi.ReplaceOnChanges(d.replaceOnChanges),
		pulumi.IgnoreChanges(d.ignoreChanges),
		pulumi.AdditionalSecretOutputs(append(secretIn(filled), d.secretOutputs...)),
	}
	if d.version != "" && d.terraform == (terraform{}) {
		opts = append(opts, pulumi.Version(d.version))
	}
	if d.downloadURL != "" && d.terraform == (terraform{}) {
		opts = append(opts, pulumi.PluginDownloadURL(d.downloadURL))
	}
	if d.deleteBeforeReplace {
		opts = append(opts, pulumi.DeleteBeforeReplace(true))
	}
	return opts
}

// secretIn returns the names of the properties that contain a secret. The outputs of the same names contain it too.
func secretIn(filled document.Node) []string {
	var names []string
	for _, name := range filled.Keys() {
		secret := false
		leaves(filled.Fields[name], problem.Path{}, func(_ problem.Path, leaf document.Node) {
			secret = secret || leaf.Secret
		})
		if secret {
			names = append(names, name)
		}
	}
	return names
}
