package provider

import (
	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
)

// perKeySettings are about the names and secrets that single keys get.
var perKeySettings = []string{"prefix", "suffix", "template", "separator", "nested"}

// refuseUnused reports the settings of keys that the mapping has no use for: they would be ignored in silence. hasBase
// says that a name comes before every key.
func (r pushRequest) refuseUnused(k keySettings, hasBase bool) {
	which := "the mapping " + k.mapping
	if !r.settings.Has("mapping") {
		which += " (the default of this value)"
	}
	if r.makesOneSecret(k) {
		for _, setting := range perKeySettings {
			// An empty prefix changes nothing anyway.
			if r.settings.Unknown(setting) && r.settings.Has(setting) || r.settings.Text(setting) != "" {
				r.settings.Problem(setting, "has no effect with %s, which makes one secret under the name that is given: "+
					"use perKey, or leave it out", which)
			}
		}
	} else if k.mapping == mapping.PerKey && k.nested == mapping.NestedJSON && !hasBase && r.settings.Has("separator") {
		r.settings.Problem("separator", "has no effect with nested json and no name before the keys: there is nothing to "+
			"join. Leave it out")
	}
	if k.mapping != mapping.Single || !r.mappingIsKnown() {
		return
	}
	for _, setting := range []string{"include", "exclude"} {
		if r.settings.Has(setting) {
			r.settings.Problem(setting, "has no effect with %s, which is for a value without keys: leave it out", which)
		}
	}
}

// makesOneSecret says whether the mapping is json or single. No value has perKey by default where another has not.
func (r pushRequest) makesOneSecret(k keySettings) bool {
	return !r.settings.Unknown("mapping") && k.mapping != mapping.PerKey
}

// mappingIsKnown says whether the mapping is settled: a preview may know neither the setting nor the value, on whose
// kind the default depends.
func (r pushRequest) mappingIsKnown() bool {
	if r.settings.Has("mapping") {
		return !r.settings.Unknown("mapping")
	}
	return !r.settings.Unknown("mapping") && r.value.Kind != document.Unknown
}

const retainedAnyway = "has no effect: deletionPolicy is not given, and its default Retain deletes nothing. Set " +
	"deletionPolicy to Delete, or to Retain if this is for later, or leave this out"

// needsDelete reports a setting about deletions where nothing is deleted, and nobody has said so: the default is easily
// overlooked. A payload that was made by hand cannot say it.
func (r pushRequest) needsDelete(setting string) {
	if r.settings.Has(setting) && !r.policy.Has("deletionPolicy") && !r.handmade {
		r.settings.Problem(setting, retainedAnyway)
	}
}
