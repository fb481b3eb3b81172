package target

import (
	"slices"
	"strconv"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

// Rules are what differs between platforms in how a value becomes secrets with names.
type Rules struct {
	DefaultMapping SecretMapping
	Codec          keyname.Codec
	// CaseInsensitive says that names which differ in their case only are one name.
	CaseInsensitive bool
	Name            limit.Name
	Value           limit.Value
	Count           limit.Count
}

// Secret is one secret on the platform.
type Secret struct {
	// Key is the path of the key in the value, such as `db.password` or `["a.b"].c`; "" where the whole value is one
	// secret. It names the child resource, so that a key's resource keeps its URN whatever else changes.
	Key string
	// Name is the exact name on the platform.
	Name string
	At   problem.Path
	Text document.Text
	// Retained says that the secret is never deleted, whatever the deletion policy.
	Retained bool
	// Owner is set where the secret is not pushed any more and belongs to another sync now, by its tag: its resource
	// leaves the state without a deletion.
	Owner string
}

// Keys are the settings that every destination has.
type Keys struct {
	Name, Mapping, Nested string
	Naming                keyname.Naming
	Filter                mapping.Filter
	// secret says that a part of the names is marked as a secret: no problem may quote a name.
	secret bool
}

// quote writes a name as problems may show it.
func (k Keys) quote(name string) string {
	if k.secret {
		return "[secret]"
	}
	return strconv.Quote(name)
}

// Keys reads the settings of the keys, once.
func (r Request) Keys(rules Rules) Keys {
	s := r.Settings
	k := Keys{
		Name:    s.Known("name"),
		Mapping: s.OneOf("mapping", r.defaultMapping(rules), mapping.JSON, mapping.PerKey, mapping.Single),
		Nested:  s.OneOf("nested", mapping.Flatten, mapping.Flatten, mapping.NestedJSON),
		Naming: keyname.Naming{
			Prefix:    s.Text("prefix"),
			Suffix:    s.Text("suffix"),
			Template:  s.Known("template"),
			Separator: s.Text("separator"),
		},
		Filter: mapping.Filter{Include: s.Strings("include"), Exclude: s.Strings("exclude")},
	}
	k.secret = slices.ContainsFunc([]string{"name", "prefix", "suffix", "template", "separator"}, s.Secret)
	if err := k.Naming.Check(); err != nil && s.Secret("template") {
		s.Problem("template", "is no template for names, and not quoted here as it is marked as a secret")
	} else if err != nil {
		s.Problem("template", "%s", err)
	}
	if k.Filter.Include != nil && len(k.Filter.Include) == 0 {
		s.Problem("include", "must have at least one pattern: without any, every key is pushed. Leave it out to have that")
	}
	return k
}

// defaultMapping is the platform's, but for a value without keys, which can only be one secret, and for the published
// pattern's own form, in which every platform gets one secret of JSON.
func (r Request) defaultMapping(rules Rules) string {
	switch {
	case r.Value.IsScalar():
		return mapping.Single
	case r.PatternForm:
		return mapping.JSON
	}
	return string(rules.DefaultMapping)
}

// entries returns what is pushed, after the filters. False: a preview does not know the keys yet.
func (r Request) entries(k Keys) ([]mapping.Entry, bool) {
	r.warnOfIdlePatterns(k)
	value := k.Filter.Apply(r.Value)
	if value.Kind == document.Object && len(value.Fields) == 0 && len(r.Value.Fields) > 0 && !r.MayGrow {
		r.Problems.Add(r.ValuePath, "has no key left after include and exclude: nothing is changed on the platform")
		return nil, true
	}
	return mapping.Entries(value, k.Mapping, k.Nested, r.ValuePath, r.Problems)
}

// Secrets splits the value into secrets and checks their names, sizes and number. False: a preview does not know
// enough to tell the keys.
func (r Request) Secrets(rules Rules) ([]Secret, bool) {
	return r.SecretsBy(r.Keys(rules), rules)
}

// SecretsBy is Secrets for a platform that needs the settings of keys itself, which are read once.
func (r Request) SecretsBy(k Keys, rules Rules) ([]Secret, bool) {
	if len(r.Policy.RetainKeys) > 0 && r.makesOneSecret(k) {
		r.PolicySettings.Problem("retainKeys", "needs the mapping perKey: with %s there is one secret for all keys, which "+
			"deletionPolicy is about", k.Mapping)
	}
	r.refuseUnused(k, rules.Codec.Separator, r.Settings.Has("name"))
	entries, known := r.entries(k)
	if r.Settings.Deferred() || !known {
		r.checkBareName(k, rules)
		return nil, false
	}
	k.Naming.Base = k.Name
	retained := mapping.Matcher(r.Policy.RetainKeys, r.Value)
	secrets := make([]Secret, 0, len(entries))
	for _, entry := range entries {
		name := k.Name
		if k.Mapping == mapping.PerKey {
			name = k.Naming.Name(entry.Path, rules.Codec)
		} else if name == "" {
			r.Settings.Problem("name", "required with the mapping %s, but not given", k.Mapping)
			return nil, true
		}
		if rules.Codec.Upper { // also what is not made of a key: a look-up compares exactly
			name = strings.ToUpper(name)
		}
		secrets = append(secrets, Secret{
			Key: keyOf(entry.Path), Name: name, At: entry.At, Text: entry.Text,
			Retained: retained(entry.Path),
		})
	}
	r.check(secrets, rules, k, "name")
	return secrets, true
}

// checkBareName checks the name of a secret, or the beginning of the names of all, where the rest of them is not known
// yet. What comes after it cannot make it a good one, but for a separator that the user chose.
func (r Request) checkBareName(k Keys, rules Rules) {
	if k.Name == "" || r.Settings.Has("separator") {
		return
	}
	if err := rules.Name.Check(k.Name); err != nil {
		r.Settings.Problem("name", "%s", err)
	}
}

// keyOf writes the path of a key so that no two paths are written the same.
func keyOf(path []string) string {
	var p problem.Path
	for _, key := range path {
		p = p.Key(key)
	}
	return p.String()
}

// check reports names, texts and numbers that the platform refuses. A name that was not made of a key came from the
// setting nameSetting.
func (r Request) check(secrets []Secret, rules Rules, k Keys, nameSetting string) {
	keys, names := make([]string, len(secrets)), make([]string, len(secrets))
	for i, s := range secrets {
		keys[i], names[i] = s.Key, s.Name
		if err := rules.Name.Check(s.Name); err != nil {
			if k.Mapping == mapping.PerKey {
				r.Problems.Add(s.At, "the name %s, made of key %q, %s: rename it with template, or exclude it",
					k.quote(s.Name), s.Key, err)
			} else {
				r.Settings.Problem(nameSetting, "%s", err)
			}
		}
		if !s.Text.Unknown {
			if err := rules.Value.Check(s.Text.Value); err != nil {
				r.Problems.Add(s.At, "%s", err)
			}
		}
	}
	for _, c := range keyname.Collisions(keys, names, rules.CaseInsensitive) {
		r.Problems.Add(r.ValuePath, "the keys %s all become the name %s: exclude all but one, or choose another separator",
			strings.Join(c.Keys, ", "), k.quote(c.Name))
	}
	if err := rules.Count.Check(len(secrets)); err != nil {
		r.Problems.Add(r.ValuePath, "%s", err)
	}
}
