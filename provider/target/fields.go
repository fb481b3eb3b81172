package target

import (
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

// Fields splits the value into the fields of one object, for a platform whose secrets hold many keys. With the mappings
// json and single there is one field, whose name is the setting nameSetting, or fallback.
func (r Request) Fields(rules Rules, nameSetting, fallback string) ([]Secret, bool) {
	k := r.Keys(rules)
	field := r.Settings.Known(nameSetting)
	if field == "" {
		field = fallback
	}
	if len(r.Policy.RetainKeys) > 0 {
		r.PolicySettings.Problem("retainKeys", "is for platforms with one secret for each key: here all keys are in one "+
			"object, which is written as a whole")
	}
	r.refuseUnused(k, rules.Codec.Separator, false)
	if !r.InRun && r.MappingIsKnown() && k.Mapping == mapping.PerKey && field != fallback {
		r.Settings.Problem(nameSetting, "has no effect with the mapping perKey, where every key has its own name in the "+
			"data: leave it out, or use json or single")
	}
	entries, known := r.entries(k)
	if r.Settings.Deferred() || !known {
		return nil, false
	}
	fields := make([]Secret, 0, len(entries))
	for _, entry := range entries {
		name := field
		if k.Mapping == mapping.PerKey {
			name = k.Naming.Name(entry.Path, rules.Codec)
		}
		// A field goes with its key under either policy, and a key of another name that becomes it deletes nothing.
		fields = append(fields, Secret{
			Key: keyOf(entry.Path), Name: name, At: entry.At, Text: entry.Text, Retained: true,
		})
	}
	r.check(fields, rules, k, nameSetting)
	return fields, true
}
