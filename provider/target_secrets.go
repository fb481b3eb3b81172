package provider

import (
	"slices"
	"strconv"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// platformRules are what differs between platforms in how a value becomes secrets with names.
type platformRules struct {
	defaultMapping string
	codec          keyname.Codec
	// fold says that names which differ in their case only are one name.
	fold  bool
	name  limit.Name
	value limit.Value
	count limit.Count
}

// pushedSecret is one secret on the platform.
type pushedSecret struct {
	// key is the path of the key in the value, such as `db.password` or `["a.b"].c`; "" where the whole value is one
	// secret. It names the child resource, so that a key's resource keeps its URN whatever else changes.
	key string
	// name is the exact name on the platform.
	name string
	at   problem.Path
	text document.Text
	// retained says that the secret is never deleted, whatever the deletion policy.
	retained bool
}

// keySettings are the settings that every destination has.
type keySettings struct {
	name, mapping, nested string
	naming                keyname.Naming
	filter                mapping.Filter
	// secret says that a part of the names is marked as a secret: no problem may quote a name.
	secret bool
}

// quote writes a name as problems may show it.
func (k keySettings) quote(name string) string {
	if k.secret {
		return "[secret]"
	}
	return strconv.Quote(name)
}

func (r pushRequest) keySettings(rules platformRules) keySettings {
	s := r.settings
	k := keySettings{
		name:    s.Known("name"),
		mapping: s.OneOf("mapping", r.defaultMapping(rules), mapping.JSON, mapping.PerKey, mapping.Single),
		nested:  s.OneOf("nested", mapping.Flatten, mapping.Flatten, mapping.NestedJSON),
		naming: keyname.Naming{
			Prefix:    s.Text("prefix"),
			Suffix:    s.Text("suffix"),
			Template:  s.Known("template"),
			Separator: s.Text("separator"),
		},
		filter: mapping.Filter{Include: s.Strings("include"), Exclude: s.Strings("exclude")},
	}
	k.secret = slices.ContainsFunc([]string{"name", "prefix", "suffix", "template", "separator"}, s.Secret)
	if err := k.naming.Check(); err != nil && s.Secret("template") {
		s.Problem("template", "is no template for names, and not quoted here as it is marked as a secret")
	} else if err != nil {
		s.Problem("template", "%s", err)
	}
	if k.filter.Include != nil && len(k.filter.Include) == 0 {
		s.Problem("include", "must have at least one pattern: without any, every key is pushed. Leave it out to have that")
	}
	return k
}

// defaultMapping is the platform's, but for a value without keys, which can only be one secret, and for the published
// pattern's own form, in which every platform gets one secret of JSON.
func (r pushRequest) defaultMapping(rules platformRules) string {
	switch {
	case r.value.IsScalar():
		return mapping.Single
	case r.published:
		return mapping.JSON
	}
	return rules.defaultMapping
}

// entries returns what is pushed, after the filters. False: a preview does not know the keys yet.
func (r pushRequest) entries(k keySettings) ([]mapping.Entry, bool) {
	r.warnOfIdlePatterns(k)
	value := k.filter.Apply(r.value)
	if value.Kind == document.Object && len(value.Fields) == 0 && len(r.value.Fields) > 0 && !r.mayGrow {
		r.problems.Add(r.valuePath, "has no key left after include and exclude: nothing is changed on the platform")
		return nil, true
	}
	return mapping.Entries(value, k.mapping, k.nested, r.valuePath, r.problems)
}

// secrets splits the value into secrets and checks their names, sizes and number. False: a preview does not know
// enough to tell the keys.
func (r pushRequest) secrets(rules platformRules) ([]pushedSecret, bool) {
	return r.secretsBy(r.keySettings(rules), rules)
}

// secretsBy is secrets for a platform that needs the settings of keys itself, which are read once.
func (r pushRequest) secretsBy(k keySettings, rules platformRules) ([]pushedSecret, bool) {
	if len(r.retainKeys) > 0 && r.makesOneSecret(k) {
		r.policy.Problem("retainKeys", "needs the mapping perKey: with %s there is one secret for all keys, which "+
			"deletionPolicy is about", k.mapping)
	}
	r.refuseUnused(k, rules.codec.Separator, r.settings.Has("name"))
	entries, known := r.entries(k)
	if r.settings.Deferred() || !known {
		r.checkBareName(k, rules)
		return nil, false
	}
	k.naming.Base = k.name
	retained := mapping.Matcher(r.retainKeys, r.value)
	secrets := make([]pushedSecret, 0, len(entries))
	for _, entry := range entries {
		name := k.name
		if k.mapping == mapping.PerKey {
			name = k.naming.Name(entry.Path, rules.codec)
		} else if name == "" {
			r.settings.Problem("name", "required with the mapping %s, but not given", k.mapping)
			return nil, true
		}
		if rules.codec.Upper { // also what is not made of a key: a look-up compares exactly
			name = strings.ToUpper(name)
		}
		secrets = append(secrets, pushedSecret{
			key: keyOf(entry.Path), name: name, at: entry.At, text: entry.Text,
			retained: retained(entry.Path),
		})
	}
	r.check(secrets, rules, k, "name")
	return secrets, true
}

// checkBareName checks the name of a secret, or the beginning of the names of all, where the rest of them is not known
// yet. What comes after it cannot make it a good one, but for a separator that the user chose.
func (r pushRequest) checkBareName(k keySettings, rules platformRules) {
	if k.name == "" || r.settings.Has("separator") {
		return
	}
	if err := rules.name.Check(k.name); err != nil {
		r.settings.Problem("name", "%s", err)
	}
}

// items returns the secrets for the inventory.
func items(secrets []pushedSecret, place, shape string) []pushItem {
	result := make([]pushItem, len(secrets))
	for i, s := range secrets {
		result[i] = pushItem{name: s.name, place: place, shape: shape, key: s.key, kept: s.retained}
	}
	return result
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
func (r pushRequest) check(secrets []pushedSecret, rules platformRules, k keySettings, nameSetting string) {
	keys, names := make([]string, len(secrets)), make([]string, len(secrets))
	for i, s := range secrets {
		keys[i], names[i] = s.key, s.name
		if err := rules.name.Check(s.name); err != nil {
			if k.mapping == mapping.PerKey {
				r.problems.Add(s.at, "the name %s, made of key %q, %s: rename it with template, or exclude it",
					k.quote(s.name), s.key, err)
			} else {
				r.settings.Problem(nameSetting, "%s", err)
			}
		}
		if !s.text.Unknown {
			if err := rules.value.Check(s.text.Value); err != nil {
				r.problems.Add(s.at, "%s", err)
			}
		}
	}
	for _, c := range keyname.Collisions(keys, names, rules.fold) {
		r.problems.Add(r.valuePath, "the keys %s all become the name %s: exclude all but one, or choose another separator",
			strings.Join(c.Keys, ", "), k.quote(c.Name))
	}
	if err := rules.count.Check(len(secrets)); err != nil {
		r.problems.Add(r.valuePath, "%s", err)
	}
}
