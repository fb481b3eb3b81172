package target

import (
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

// namingSettings are the properties of keys that configure the names and number of secrets.
var namingSettings = []string{"template", "separator", "nested"}

// refuseUnused reports key settings that the mapping would silently ignore. A setting with its default value is not
// reported, because ignoring it changes nothing.
//
// A run accepts them: an imported value may only show then which mapping applies, and stopping a sync that would do
// no harm helps nobody.
func (r Request) refuseUnused(k Keys, rules Rules) {
	if r.InRun {
		return
	}
	which := "the mapping " + k.Mapping
	if !r.Settings.Has("mapping") {
		which += " (the default)"
	}
	if r.makesOneSecret(k) {
		r.refuseNaming(k, rules, which)
	} else if k.Mapping == mapping.PerKey && k.Nested == mapping.NestedJSON && k.settings.Has("separator") {
		k.settings.Problem("separator", "has no effect with nested json: there is nothing to join. Leave it out")
	}
	if k.Mapping != mapping.Single || !r.MappingIsKnown() {
		return
	}
	for _, setting := range []string{"include", "exclude"} {
		if k.settings.Has(setting) {
			k.settings.Problem(setting, "has no effect with %s, which is for a value without keys: leave it out", which)
		}
	}
}

// refuseNaming is refuseUnused for the naming settings, when the mapping makes one secret.
func (r Request) refuseNaming(k Keys, rules Rules, which string) {
	const reason = "has no effect with %s, which makes one secret with the given name: use perKey, or leave it " +
		"out"
	if rules.Paths && r.Settings.Has("path") {
		r.Settings.Problem("path", reason, which)
	}
	defaults := map[string]string{"nested": mapping.Flatten, "separator": rules.Codec.Separator}
	for _, setting := range namingSettings {
		text := k.settings.Text(setting)
		if k.settings.Unknown(setting) && k.settings.Has(setting) || text != "" && text != defaults[setting] {
			k.settings.Problem(setting, reason, which)
		}
	}
	if k.settings.Has("rename") && (!rules.JSONFields || k.Mapping != mapping.JSON) {
		k.settings.Problem("rename", reason, which)
	}
}

// makesOneSecret reports whether the mapping is known to be json or single.
func (r Request) makesOneSecret(k Keys) bool {
	return !r.Settings.Unknown("mapping") && k.Mapping != mapping.PerKey
}

// MappingIsKnown reports whether the mapping is known. A preview may know neither the setting nor the value, on whose
// kind the default depends.
func (r Request) MappingIsKnown() bool {
	if r.Settings.Has("mapping") {
		return !r.Settings.Unknown("mapping")
	}
	return !r.Settings.Unknown("mapping") && r.Value.Kind != document.Unknown
}

// warnOfIdlePatterns warns of patterns that match no key. A misspelled pattern could push a key that it should
// exclude, or the other way round. It is only a warning, because keys come and go. It is silent while any key is
// unknown.
func (r Request) warnOfIdlePatterns(k Keys) {
	if r.Value.Kind != document.Object || r.MayGrow || r.Value.HasUnknown() {
		return
	}
	warn := func(at problem.Path, patterns []string) {
		for _, i := range mapping.Idle(patterns, r.Value) {
			r.Warnings.Add(at.Index(i), "matches no key: check its spelling")
		}
	}
	warn(k.settings.Path("include"), k.Filter.Include)
	warn(k.settings.Path("exclude"), k.Filter.Exclude)
	warn(k.settings.Path("binary"), k.Binary)
	warn(r.PolicySettings.Path("retainKeys"), r.Policy.RetainKeys)
}
