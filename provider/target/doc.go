// Package target is what platforms are written against, and the components that push values to them: Target, which
// takes a payload from an EscSync, and one for each platform.
//
// # How to write a platform
//
// A platform is a folder below provider/platform, one line in platform.All, and one field in escsync.Destination. The
// folder has a value of type Platform, which is all that the rest of the provider knows of it:
//
//	platform.go     Platform: names, the Pulumi package, the ownership tag, hints for failed runs
//	destination.go  Destination: the inputs, with their documentation
//	limits.go       what the platform takes: names, sizes, numbers, each with the page that says so
//	target.go       plan, lookUp and register
//
// Destination is a struct that embeds KeySettings and has a method About. Its Annotate begins with SetToken("index",
// "XDestination"), and so does that of each enum, so that short names in Go do not change the schema. ComponentOf makes
// the component XTarget of it. Describe every enum in Platform.EnumTexts.
//
// # From a request to secrets
//
// Plan is pure. It gets a Request and returns a Plan; it adds what is wrong to the problems of the request, all of
// it, with the path of the property, and never a value. It runs in three cases: when a program with an EscSync is
// previewed, when a platform's own component is constructed, and in a run (Request.InRun). In the first two, anything
// may be unknown. Read settings by Request.Settings, which defers the plan where an unknown one is needed, and
// reports those that nothing has asked for. So read every setting, whatever was wrong before.
//
//	secrets, known := r.Secrets(rules)      // names, sizes, collisions: by Rules
//	region := r.Named("region", check)      // a setting that planning needs
//	description := s.InputText("description") // a setting that is only passed on
//	tags := r.Tags("tags", tagLimit, r.Platform.Ownership.Key)
//
// Rules.Paths gives a platform the setting path, whose field is Destination's own. Rules.Bytes gives it the setting
// keys.binary: a Text may then be binary, and SecretBase64 makes an input of it. Request.Fields takes the place of
// Request.Secrets for a platform that holds many keys in one object.
//
// An Item of the plan is one secret. What cannot be changed about it once it exists (a type, a replication, the
// spelling of a name where capitals do not count) goes into Item.Immutable: the inventory then refuses a run that
// would change it, before anything is deleted. Item.Location is what tells two secrets of one name apart within the
// account.
//
// # In the run
//
// The kernel locates, looks up, registers the inventory and then calls Register. The inventory is the deletion limit:
// it refuses a run that would remove too many secrets, overwrite one of another owner, or push to another account
// than before. Every child depends on it, so use the options of the Registration for all children:
//
//   - Adopting for the resource that stands for a secret. It imports what Lookup found, if that may be adopted.
//   - OptionsOf for another resource of the same secret, such as its version.
//   - Options for what is of no secret.
//
// Logical names the resource after the secret. Set Plan.Unplaced where Location may be given in several ways.
//
// Lookup finds what exists under the names of the plan, and whose it is (Registration.Owner). LookupEach asks for each
// name by itself; the words by which the provider says that there is nothing are given to it, and any other error stops
// the run, since going on could overwrite what exists. LookupListed does so as well, but for what a list of the
// platform's says is ours.
//
// What Lookup finds wrong with what is pushed is Refused: the run stops before the first write.
//
// What the platform says of a secret only once it is written, such as a replica that failed, goes to Settled: the run
// fails with it after the last write.
//
// Values are registered by SecretText, settings that are only passed on by PassedString and its like, and tags together
// with Registration.OwnershipTag. Nothing else makes an input of a value.
//
// Account says from the provider's configuration where a run pushes to, without credentials. Where only the platform
// can tell, Plan.Locate asks it.
//
// # What a platform is held to
//
// The tables of package platform run over all platforms; add a row. The folder's own tests have what is its own: its
// limits (package limittest), its settings, what it registers (package targettest). The component needs an example in
// provider/internal/usage/programs. Its rows in end-to-end tests, demo and documentation stand in a folder of
// tests/platforms, with one line in tests/platforms/all. The stand-in plugin is described in tests/plugins/README.md,
// and all files that a platform takes in docs/architecture.md.
package target
