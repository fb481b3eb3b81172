package target

import "github.com/escsync/pulumi-escsync/provider/target/mapping"

// allowsBinary reports whether keys may be pushed as bytes. It reports a problem if keys.binary is set but has no
// effect. A run refuses that too, because pushing the base64 text instead would not be what was asked for.
func (r Request) allowsBinary(k Keys, rules Rules) bool {
	switch {
	case !k.settings.Has("binary"):
		return false
	case !rules.Bytes:
		k.settings.Problem("binary", "pushes bytes, but the destination stores text: leave it out to push the base64 text, "+
			"and decode that where it is read")
		return false
	case r.makesOneSecret(k):
		instead := "leave it out to push the base64 text"
		if k.Mapping == mapping.Single {
			instead = "give the value as an object with one key"
		}
		k.settings.Problem("binary", "needs the mapping perKey: with %s keys are not pushed separately. Use perKey, "+
			"or %s", k.Mapping, instead)
		return false
	}
	return true
}
