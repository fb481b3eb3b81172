package target

import (
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

// Rules are the platform-specific rules for turning a value into named secrets.
type Rules struct {
	Codec keyname.Codec
	// Paths is true if names on the platform have levels, separated by slashes. The platform then has the setting path.
	Paths bool
	// Bytes is true if the platform stores bytes, so that a [document.Text] may be binary.
	Bytes bool
	// JSONFields is true if the mapping json makes every top-level key a named field of the secret.
	JSONFields bool
	// ExactName is the property of the setting name that contains the exact name, if name is an object. It is empty if
	// name is the exact name itself.
	ExactName string
	// CaseInsensitive is true if names that differ only in case are the same name.
	CaseInsensitive bool
	Name            limit.Name
	Value           limit.Value
	Count           limit.Count
}

// Secret is one secret on the platform.
type Secret struct {
	// Key is the path of the key in the value, such as `db.password` or `["a.b"].c`; "" if the whole value is one
	// secret.
	Key string
	// Path are the keys that Key is made of.
	Path []string
	// Name is the exact name on the platform.
	Name string
	At   problem.Path
	Text document.Text
	// Retained is true if the secret is never deleted, whatever the deletion policy.
	Retained bool
	// Owner is the ownership tag of another sync that has adopted the secret since it was last pushed. Its resource
	// leaves the state without being deleted.
	Owner string
	// released is the resource name of a secret that is no longer pushed, or "".
	released string
}

// kind returns the kind of the value if the default mapping depends on it, or "" if the inputs decide.
func (r Request) kind() string {
	switch {
	case r.Settings.Has("mapping"), r.Settings.Has("path"):
		return ""
	case r.Value.IsScalar():
		return inventory.KindText
	}
	return inventory.KindObject
}

// entries returns the entries to push, after the filters. It returns false if a preview does not know the keys yet.
func (r Request) entries(k Keys, rules Rules) ([]mapping.Entry, bool) {
	r.warnOfIdlePatterns(k)
	value := k.Filter.Apply(r.Value)
	document.CheckLeaves(r.ValuePath, value, r.origin(), r.Problems)
	payload.CheckReferences(r.ValuePath, value, r.References, r.Problems)
	if value.Kind == document.Object && len(value.Fields) == 0 && len(r.Value.Fields) > 0 && !r.MayGrow {
		r.Problems.Add(r.ValuePath, "has no key left after include and exclude: nothing was changed on the platform")
		return nil, true
	}
	if value.Kind != document.Object && value.Kind != document.Unknown && rules.Paths && k.Mapping == mapping.PerKey &&
		!r.Settings.Has("mapping") {
		r.Problems.Add(r.ValuePath, "is %s, but path needs an object with keys: use name instead of path",
			value.Kind)
		return nil, true
	}
	if k.Mapping == mapping.JSON && rules.JSONFields && !r.Settings.Deferred() {
		value = r.renameFields(k, value)
	}
	entries, known := mapping.Entries(value, k.Mapping, k.Nested, r.ValuePath, r.Problems)
	if !r.allowsBinary(k, rules) {
		return entries, known
	}
	return mapping.Decode(entries, mapping.Matcher(k.Binary, r.Value), r.Problems), known
}

// origin returns where the value came from. In a run or a definition, ESC has evaluated it.
func (r Request) origin() document.Origin {
	if r.InRun || r.PatternForm {
		return document.FromESC
	}
	return document.FromProgram
}

// Secrets splits the value into secrets and checks their names, sizes and number. It returns false if a preview does
// not know enough to determine the keys.
func (r Request) Secrets(rules Rules) ([]Secret, bool) {
	return r.SecretsBy(r.Keys(rules), rules)
}

// SecretsBy is Secrets for a platform that reads the key settings itself, because they must be read only once.
func (r Request) SecretsBy(k Keys, rules Rules) ([]Secret, bool) {
	if len(r.Policy.RetainKeys) > 0 && r.makesOneSecret(k) {
		r.PolicySettings.Problem("retainKeys", "needs the mapping perKey: with %s all keys are one secret, to which "+
			"deletionPolicy applies", k.Mapping)
	}
	r.refuseUnused(k, rules)
	validBase := r.checkBase(k, rules)
	secrets, known := r.split(k, rules, k.Name)
	if !known {
		r.checkBareName(k, rules)
		return nil, false
	}
	if k.Mapping != mapping.PerKey && k.Name == "" && len(secrets) > 0 {
		exact := r.exactName(rules)
		exact.of.Problem(exact.name, "required with the mapping %s, but not given", k.Mapping)
		return nil, true
	}
	r.check(secrets, rules, k, r.exactName(rules), validBase)
	return secrets, true
}

// split makes a secret or a field of every key. With the mapping json or single it makes one, called name. It returns
// false if a preview does not know enough to determine the keys.
func (r Request) split(k Keys, rules Rules, name string) ([]Secret, bool) {
	perKey := k.Mapping == mapping.PerKey && !r.Settings.Unknown("mapping")
	if perKey {
		r.checkNames(k, rules)
	}
	entries, known := r.entries(k, rules)
	if r.Settings.Deferred() || !known {
		return nil, false
	}
	retained := mapping.Matcher(r.Policy.RetainKeys, r.Value)
	secrets, keys := make([]Secret, len(entries)), make([]string, len(entries))
	for i, entry := range entries {
		keys[i] = keyOf(entry.Path)
		secrets[i] = Secret{
			Key: keys[i], Path: entry.Path, Name: name, At: entry.At, Text: entry.Text, Retained: retained(entry.Path),
		}
		if given, ok := k.renamed(keys[i]); ok && perKey {
			secrets[i].Name = given
		} else if perKey {
			secrets[i].Name = k.Naming.Name(entry.Path, rules.Codec)
		}
		if rules.Codec.Upper { // exact names too, because lookups are case-sensitive
			secrets[i].Name = strings.ToUpper(secrets[i].Name)
		}
	}
	if perKey {
		r.checkRenamed(k, keys)
	}
	return secrets, true
}

// keyOf returns a text for a path of keys. Different paths give different texts.
func keyOf(path []string) string {
	var p problem.Path
	for _, key := range path {
		p = p.Key(key)
	}
	return p.String()
}

// check reports names, texts and counts that the platform refuses. A name that was not made from a key came from the
// setting exact. If validBase is false, names made from keys are not checked.
func (r Request) check(secrets []Secret, rules Rules, k Keys, exact nameSetting, validBase bool) {
	keys, names := make([]string, len(secrets)), make([]string, len(secrets))
	for i, s := range secrets {
		keys[i], names[i] = s.Key, s.Name
		if k.Mapping == mapping.PerKey {
			r.checkNameOfKey(k, rules, s, validBase)
		} else if err := rules.Name.Check(s.Name); err != nil {
			exact.of.Problem(exact.name, "%s", err)
		}
		if !s.Text.Unknown {
			if err := rules.Value.Check(s.Text.Value); err != nil {
				r.Problems.Add(s.At, "%s", err)
			}
		}
	}
	if !k.noTemplate {
		r.refuseCollisions(k, keyname.Collisions(keys, names, rules.CaseInsensitive))
	}
	if err := rules.Count.Check(len(secrets)); err != nil {
		r.Problems.Add(r.ValuePath, "%s", err)
	}
}

// checkNameOfKey checks a name made from a key. Names in keys.rename are checked by checkNames.
func (r Request) checkNameOfKey(k Keys, rules Rules, s Secret, validBase bool) {
	if _, ok := k.renamed(s.Key); ok || !validBase || k.noTemplate {
		return
	}
	err := rules.Name.Check(s.Name)
	if err == nil && k.Naming.Path != "" {
		err = checkLevels(s.Name)
	}
	if err != nil {
		r.Problems.Add(s.At, "the name %s, made of key %q, %s: rename it with keys.rename or keys.template, or exclude it",
			k.quote(s.Name), s.Key, err)
	}
}
