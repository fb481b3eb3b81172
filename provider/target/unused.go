package target

import (
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

// perKeySettings are about the names and secrets that single keys get.
var perKeySettings = []string{"prefix", "suffix", "template", "separator", "nested"}

// refuseUnused reports the settings of keys that the mapping has no use for: they would be ignored in silence. What is
// the default anyway promises nothing. hasBase says that a name comes before every key.
//
// A run takes them: what a preview could not know, as an import brought it, must not stop a sync that would have done
// no harm.
func (r Request) refuseUnused(k Keys, defaultSeparator string, hasBase bool) {
	if r.InRun {
		return
	}
	which := "the mapping " + k.Mapping
	if !r.Settings.Has("mapping") {
		which += " (the default of this value)"
	}
	if r.makesOneSecret(k) {
		defaults := map[string]string{"nested": mapping.Flatten, "separator": defaultSeparator}
		for _, setting := range perKeySettings {
			text := r.Settings.Text(setting)
			if r.Settings.Unknown(setting) && r.Settings.Has(setting) || text != "" && text != defaults[setting] {
				r.Settings.Problem(setting, "has no effect with %s, which makes one secret under the name that is given: "+
					"use perKey, or leave it out", which)
			}
		}
	} else if k.Mapping == mapping.PerKey && k.Nested == mapping.NestedJSON && !hasBase && r.Settings.Has("separator") {
		r.Settings.Problem("separator", "has no effect with nested json and no name before the keys: there is nothing to "+
			"join. Leave it out")
	}
	if k.Mapping != mapping.Single || !r.MappingIsKnown() {
		return
	}
	for _, setting := range []string{"include", "exclude"} {
		if r.Settings.Has(setting) {
			r.Settings.Problem(setting, "has no effect with %s, which is for a value without keys: leave it out", which)
		}
	}
}

// makesOneSecret says whether the mapping is json or single. No value has perKey by default where another has not.
func (r Request) makesOneSecret(k Keys) bool {
	return !r.Settings.Unknown("mapping") && k.Mapping != mapping.PerKey
}

// MappingIsKnown says whether the mapping is settled: a preview may know neither the setting nor the value, on whose
// kind the default depends.
func (r Request) MappingIsKnown() bool {
	if r.Settings.Has("mapping") {
		return !r.Settings.Unknown("mapping")
	}
	return !r.Settings.Unknown("mapping") && r.Value.Kind != document.Unknown
}

// warnOfIdlePatterns tells of patterns that match no key. One that is misspelled lets a key be pushed that should not
// be, or the other way round. It is no problem, as keys come and go. While keys are not known, nothing is told.
func (r Request) warnOfIdlePatterns(k Keys) {
	if r.Value.Kind != document.Object || r.MayGrow || r.Value.HasUnknown() {
		return
	}
	tell := func(at problem.Path, patterns []string) {
		for _, i := range mapping.Idle(patterns, r.Value) {
			r.Warnings.Add(at.Index(i), "matches no key: check that it is spelled as the keys are")
		}
	}
	tell(r.Settings.Path("include"), k.Filter.Include)
	tell(r.Settings.Path("exclude"), k.Filter.Exclude)
	tell(r.PolicySettings.Path("retainKeys"), r.Policy.RetainKeys)
}
