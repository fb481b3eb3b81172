// Package target contains everything that platforms have in common, and the components that push values to them:
// Target, which accepts a payload from an EscSync, and one component for each platform.
//
// # How to write a platform
//
// A platform is a folder below provider/platform, one line in platform.All, and one field in escsync.Destination. The
// folder exports a value of type Platform. The rest of the provider knows nothing else about it:
//
//	platform.go     Platform: names, the Pulumi package, the ownership tag, hints for failed runs
//	destination.go  Destination: the inputs, with their documentation
//	limits.go       what the platform accepts: names, sizes, counts, each with the page that documents it
//	target.go       plan, lookUp and register
//
// Destination is a struct that embeds KeySettings and has a method About. Its Annotate method begins with
// SetToken("index", "XDestination"), and so does that of each enum, so that short names in Go do not change the
// schema. ComponentOf turns it into the component XTarget. Describe every enum in Platform.EnumTexts.
//
// # From a request to secrets
//
// Plan is pure. It receives a Request and returns a Plan. It adds every problem to the problems of the request, with
// the path of the property and never with a value. It runs in three cases: when a program with an EscSync is
// previewed, when a platform's own component is constructed, and in a run (Request.InRun). In the first two, any
// input may be unknown. Read settings through Request.Settings. It defers the plan if a required setting is unknown,
// and reports every setting that was never read. So read all settings, even after a problem.
//
//	secrets, known := r.Secrets(rules)      // names, sizes, collisions: by Rules
//	region := r.Named("region", check)      // a setting that planning needs
//	description := s.InputText("description") // a setting that is only passed on
//	tags := r.Tags("tags", tagLimit, r.Platform.Ownership.Key)
//
// Rules.Paths adds the setting path to a platform; the Destination struct declares the field. Rules.Bytes adds the
// setting keys.binary: a Text may then be binary, and SecretBase64 turns it into an input. A platform that stores
// many keys in one object uses Request.Fields instead of Request.Secrets.
//
// An Item of the plan is one secret. Item.Immutable has what cannot be changed once the secret exists: its type, its
// replication, or the case of its name on a case-insensitive platform. The inventory refuses a run that would change
// it, before anything is deleted. Item.Location distinguishes secrets of the same name within the account.
//
// # In the run
//
// Registration.run determines the account, looks up what exists, registers the inventory and then calls Register. The
// inventory enforces the deletion limit. It refuses a run that would remove too many secrets, overwrite a secret of
// another owner, or push to another account than before. Every child depends on it, so use the options of the
// Registration for all children:
//
//   - Adopting for the resource that represents a secret. It imports what Lookup found, if that may be adopted.
//   - OptionsOf for another resource of the same secret, such as its version.
//   - Options for a resource that belongs to no secret.
//
// Logical names the resource after the secret. Set Plan.Unplaced if Location can be written in several ways.
//
// Lookup finds what exists under the planned names, and who owns it (Registration.WithOwnershipTag). LookupEach looks
// up each name separately. It is given the error texts that mean "not found"; any other error stops the run, because
// continuing could overwrite what exists. LookupListed does the same, but skips the lookup for what a list from the
// platform already shows as ours.
//
// If Lookup finds something wrong with what would be pushed, it returns a Refused error, and the run stops before the
// first write.
//
// Some errors, such as a failed replica, are only reported after a secret is written. Pass these to Settled: the run
// then fails after the last write.
//
// Values are registered by SecretText, settings that are only passed on by PassedString and its variants, and tags
// together with Registration.OwnershipTag. Nothing else turns a value into an input.
//
// Platform.Account returns the account that a run pushes to, without credentials, from the provider's configuration.
// If only the platform knows it, Plan.Locate asks the platform.
//
// # How a platform is tested
//
// The tables of package platform cover all platforms; add a row. The folder's own tests cover what is specific to it:
// its limits (package limittest), its settings, and what it registers (package targettest). The component needs an
// example in provider/internal/usage/programs. Its rows for end-to-end tests, the demo and the documentation are in a
// folder of tests/platforms, with one line in tests/platforms/all. The stand-in plugin is described in
// tests/plugins/README.md. docs/architecture.md lists all the files that a platform needs.
package target
