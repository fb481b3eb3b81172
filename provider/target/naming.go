package target

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// Keys are the settings that select the keys to push and name their secrets.
type Keys struct {
	// Name is the exact name of the only secret, for the mappings json and single; "" if it is not set.
	Name            string
	Mapping, Nested string
	Naming          keyname.Naming
	Filter          mapping.Filter
	// Rename maps Secret.Key to the exact name of the secret.
	Rename map[string]document.Node
	// Binary are patterns of keys whose text is base64 of the bytes to push.
	Binary []string
	// settings reads the property keys.
	settings *settings.Reader
	// secret is true if any setting that names are made of is secret. Problems must not quote a name then.
	secret bool
	// noTemplate is true if the template is invalid, so names made from it are not worth checking.
	noTemplate bool
}

// quote returns a name as problems may show it.
func (k Keys) quote(name string) string {
	if k.secret {
		return "[secret]"
	}
	return strconv.Quote(name)
}

// nameSetting is the setting with the exact name of the only secret.
type nameSetting struct {
	of   *settings.Reader
	name string
}

func (r Request) exactName(rules Rules) nameSetting {
	if rules.ExactName != "" {
		return nameSetting{r.Settings.ObjectOr("name", rules.ExactName), rules.ExactName}
	}
	return nameSetting{r.Settings, "name"}
}

// Keys reads the key settings. Call it once for a request.
func (r Request) Keys(rules Rules) Keys {
	fallback := r.defaultMapping(rules)
	path := ""
	if rules.Paths {
		path = r.Settings.Known("path")
	}
	k := r.keys(fallback, rules)
	k.Naming.Path, k.secret = path, k.secret || rules.Paths && r.Settings.Secret("path")
	return k
}

func (r Request) keys(defaultMapping string, rules Rules) Keys {
	s, of, name := r.Settings, r.Settings.Object("keys"), r.exactName(rules)
	k := Keys{
		Name:     name.of.Known(name.name),
		Mapping:  s.OneOf("mapping", defaultMapping, mapping.JSON, mapping.PerKey, mapping.Single),
		Nested:   of.OneOf("nested", mapping.Flatten, mapping.Flatten, mapping.NestedJSON),
		Naming:   keyname.Naming{Template: of.Known("template"), Separator: of.Text("separator")},
		Filter:   mapping.Filter{Include: of.Strings("include"), Exclude: of.Strings("exclude")},
		Rename:   of.Names("rename"),
		Binary:   of.Strings("binary"),
		settings: of,
	}
	k.secret = s.Secret("name") || name.of.Secret(name.name) ||
		slices.ContainsFunc([]string{"template", "separator", "rename"}, of.Secret)
	for _, name := range k.Rename {
		k.secret = k.secret || name.Secret
	}
	err := k.Naming.Check(rules.Codec)
	k.noTemplate = err != nil
	if err != nil && of.Secret("template") {
		of.Problem("template", "is not a template for names; it is not shown, as it is secret")
	} else if err != nil {
		of.Problem("template", "%s", err)
	}
	if k.Filter.Include != nil && len(k.Filter.Include) == 0 {
		of.Problem("include", "must have at least one pattern. To push every key, leave it out")
	}
	return k
}

// defaultMapping returns the mapping to use if none is set. It is chosen so that a value of another kind never gets
// another name. In the pattern form it is json.
func (r Request) defaultMapping(rules Rules) string {
	name := r.exactName(rules)
	switch {
	case rules.Paths && r.Settings.Has("path"):
		return mapping.PerKey
	case r.Value.IsScalar():
		return mapping.Single
	case r.PatternForm, name.of.Has(name.name), r.Value.Kind == document.List:
		return mapping.JSON
	}
	return mapping.PerKey
}

// checkBase reports an invalid name or path: an exact name although every key has its own secret, or a path that
// makes every name below it invalid. It returns false if checking the names of the keys would only repeat the
// problem.
func (r Request) checkBase(k Keys, rules Rules) bool {
	s, exact := r.Settings, r.exactName(rules)
	if s.Unknown("mapping") || k.Mapping != mapping.PerKey {
		return true
	}
	if k.Name != "" || exact.of.Has(exact.name) && exact.of.Unknown(exact.name) {
		instead, by := "", "perKey"
		switch {
		case !rules.Paths:
			text := "shop" + rules.Codec.Separator
			if rules.Codec.Upper {
				text = strings.ToUpper(text)
			}
			instead = ", and put text before every key with keys.template, such as " + text + "{key}"
		case k.Naming.Path == "":
			instead = ", and use path for what comes before every key"
		default:
			by, instead = "path", ", or leave out path to have one secret"
		}
		exact.of.Problem(exact.name, "is the name of one secret, but with %s every key becomes a secret: leave it "+
			"out%s", by, instead)
	}
	if k.Naming.Path == "" {
		return true
	}
	err := checkLevels(k.Naming.Path)
	if err == nil {
		if err = rules.Name.Check(k.Naming.Path + "/x"); err != nil {
			err = fmt.Errorf("a name below it %w", err)
		}
	}
	if err != nil {
		s.Problem("path", "%s", err)
	}
	return err == nil
}

// checkLevels refuses a path with an empty level.
func checkLevels(path string) error {
	if strings.HasSuffix(path, "/") || strings.Contains(path, "//") {
		return errors.New("must not end with a slash or contain two in a row: a level would have no name")
	}
	return nil
}

// checkBareName checks the name of the only secret when a preview does not know its value.
func (r Request) checkBareName(k Keys, rules Rules) {
	if k.Name == "" || k.Mapping == mapping.PerKey && !r.Settings.Unknown("mapping") {
		return
	}
	if err := rules.Name.Check(k.Name); err != nil {
		exact := r.exactName(rules)
		exact.of.Problem(exact.name, "%s", err)
	}
}
