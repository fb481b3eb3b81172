package resource

import "github.com/escsync/pulumi-escsync/provider/target"

// checkUnasked refuses settings that need a lookup when the program passes its own provider. Only the engine knows
// that provider's configuration, so nothing can be looked up.
func (d resource) checkUnasked(r target.Request) {
	if !r.Caller.Provides(d.pkg()) {
		return
	}
	const instead = "if the program passes its own provider, because nothing is looked up then: leave it out, or " +
		"configure the provider through the stack's configuration"
	if r.Policy.AdoptionPolicy == target.AdoptNever {
		r.PolicySettings.Problem("adoptionPolicy", "cannot be Never "+instead)
	}
	if r.Settings.Has("ownership") {
		r.Settings.Problem("ownership", "has no effect "+instead)
	}
	r.Warnings.Add(r.Settings.Path("type"), "the program passes its own provider, so nothing is looked up: "+
		"existing secrets with a pushed name may be overwritten, whatever adoptionPolicy and importId say")
}
