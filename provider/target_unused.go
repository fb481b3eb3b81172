package provider

import (
	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// perKeySettings are about the names and secrets that single keys get.
var perKeySettings = []string{"prefix", "suffix", "template", "separator", "nested"}

// refuseUnused reports the settings of keys that the mapping has no use for: they would be ignored in silence. What is
// the default anyway promises nothing. hasBase says that a name comes before every key.
//
// A run takes them: what a preview could not know, as an import brought it, must not stop a sync that would have done
// no harm.
func (r pushRequest) refuseUnused(k keySettings, defaultSeparator string, hasBase bool) {
	if r.running {
		return
	}
	which := "the mapping " + k.mapping
	if !r.settings.Has("mapping") {
		which += " (the default of this value)"
	}
	if r.makesOneSecret(k) {
		defaults := map[string]string{"nested": mapping.Flatten, "separator": defaultSeparator}
		for _, setting := range perKeySettings {
			text := r.settings.Text(setting)
			if r.settings.Unknown(setting) && r.settings.Has(setting) || text != "" && text != defaults[setting] {
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

// warnOfIdlePatterns tells of patterns that match no key. One that is misspelled lets a key be pushed that should not
// be, or the other way round. It is no problem, as keys come and go. While keys are not known, nothing is told.
func (r pushRequest) warnOfIdlePatterns(k keySettings) {
	if r.value.Kind != document.Object || r.mayGrow || r.value.HasUnknown() {
		return
	}
	tell := func(at problem.Path, patterns []string) {
		for _, i := range mapping.Idle(patterns, r.value) {
			r.warnings.Add(at.Index(i), "matches no key: check that it is spelled as the keys are")
		}
	}
	tell(r.settings.Path("include"), k.filter.Include)
	tell(r.settings.Path("exclude"), k.filter.Exclude)
	tell(r.policy.Path("retainKeys"), r.retainKeys)
}
