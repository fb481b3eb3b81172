package platforms

import "context"

// Row is a destination that the tests take through its whole life, with its limits.
type Row struct {
	// Name is that of the row.
	Name string
	// Start starts the platform. Default: as the Server does.
	Start func(ctx context.Context) (Platform, error)
	// Destination is EscSync's property destination, as YAML in one line. Its mapping makes one secret of every key.
	Destination string
	// Deleting is Destination where the deletion policy is Delete. Default: Destination.
	Deleting string
	// Binary is Destination with the key keystore pushed as bytes. Default: the platform stores only text.
	Binary string
	// Identity returns the platform's identity of a key's secret.
	Identity func(key string) string
	// Shown is what messages call a key's secret. Default: its Identity.
	Shown func(key string) string
	// Stored returns what the platform stores for a value. Default: the value.
	Stored func(value string) string
	// Plugins returns the published plugins of the row's own provider, by the folders that the CLI installs them in.
	// Default: the stand-ins.
	Plugins func() (map[string]string, error)
	// Orphans begins the name of the processes that these plugins leave behind. Default: they leave none.
	Orphans string
	// Restoring is the command that restores a deleted secret, as EscSync's error names it, if the Limits have
	// NamesReserved.
	Restoring string
	// Pattern is the row for a definition in the pattern form.
	Pattern Pattern
	// Denial is what the run's log says when the platform refuses a write.
	Denial string
	// Elsewhere returns environment variables that lead a run to another account than the given ones, which are the
	// platform's Environment. AWS has none: there, the credentials of another account do it.
	Elsewhere func(environment []string) (map[string]string, error)
	// Edited and Deleted are what docs/destinations.md says about an edit by hand and about the return of a deleted
	// key. Defaults: the edit is repaired, and the secret is created again.
	Edited, Deleted string
	// Limits are what the platform, or its provider, cannot do.
	Limits Limits
}

// Named returns an Elsewhere with one variable, which names another account.
func Named(variable, name string) func([]string) (map[string]string, error) {
	return func([]string) (map[string]string, error) { return map[string]string{variable: name}, nil }
}

// Pattern is a destination for a definition in the pattern form, with the name of the secret and everything that is
// pushed in `values.sync.<platform>.{value,name}`.
type Pattern struct {
	// Platform is the key below values.sync, and that of the property destination.
	Platform string
	// Settings are those that the platform cannot do without, as YAML in one line.
	Settings string
	// Name is the name of the secret in the definition.
	Name string
	// Identity is the platform's identity of the secret.
	Identity string
}

// Limits are what a platform, or its provider, cannot do.
type Limits struct {
	// NoTag: the platform has no ownership tags. A retained secret is refused when its key comes back, until
	// adoptionPolicy is All.
	NoTag bool
	// EditsUnseen: the provider does not see a value that was edited on the platform. It stays until the value changes in
	// ESC.
	EditsUnseen bool
	// NamesReserved is what the platform says if a deleted secret reserves its name, so that no other can be created
	// until it is restored. The run after that adopts it.
	NamesReserved string
	// OneObject: all keys are in one object, which is written as a whole. A removed key is deleted under either
	// policy, and only the object itself is retained. The provider has no function to find it, and refuses it when
	// the sync is created again, until adoptionPolicy is All.
	OneObject bool
}
