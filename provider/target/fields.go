package target

import (
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

// Fields splits the value into the fields of one object, for a platform whose secrets contain many keys. With the
// mapping json or single there is one field. Its name is the value of setting, or fallback if it is not set. Fields
// returns false if a preview does not know enough to determine the keys.
func (r Request) Fields(rules Rules, setting, fallback string) ([]Secret, bool) {
	k := r.keys(r.defaultOfFields(), rules)
	exact := nameSetting{r.Settings, setting}
	field := r.Settings.Known(setting)
	if field == "" {
		field = fallback
	}
	if len(r.Policy.RetainKeys) > 0 {
		r.PolicySettings.Problem("retainKeys", "has no effect here: all keys are in one object, which is written as "+
			"a whole. Leave it out")
	}
	r.refuseUnused(k, rules)
	if !r.InRun && r.MappingIsKnown() && k.Mapping == mapping.PerKey && field != fallback {
		r.Settings.Problem(setting, "has no effect with the mapping perKey, where every key has its own name in the "+
			"data: leave it out, or use json or single")
	}
	fields, known := r.split(k, rules, field)
	if !known {
		return nil, false
	}
	for i := range fields {
		// A field is always removed with its key, whatever the deletion policy, and a different key for the same field
		// deletes nothing.
		fields[i].Retained = true
	}
	r.check(fields, rules, k, exact, true)
	return fields, true
}

// defaultOfFields returns the default mapping. Unlike defaultMapping it ignores the name, which is the object's.
func (r Request) defaultOfFields() string {
	switch {
	case r.Value.IsScalar():
		return mapping.Single
	case r.PatternForm:
		return mapping.JSON
	}
	return mapping.PerKey
}
