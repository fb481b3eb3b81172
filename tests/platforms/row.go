package platforms

import "context"

// Row is a destination that the tests take through its whole life, and what holds for it.
type Row struct {
	// Name is that of the row.
	Name string
	// Start starts the platform. Default: as the Server does.
	Start func(ctx context.Context) (Platform, error)
	// Destination is EscSync's property destination, as YAML in one line. Its mapping makes one secret of every key.
	Destination string
	// Deleting is Destination where the deletion policy is Delete. Default: Destination.
	Deleting string
	// Binary is Destination where the key keystore is pushed as bytes. Default: the platform holds text only.
	Binary string
	// Identity returns the platform's identity of a key's secret.
	Identity func(key string) string
	// Told is what messages call a key's secret. Default: its Identity.
	Told func(key string) string
	// Stored returns what the platform holds for a value. Default: the value.
	Stored func(value string) string
	// Plugins returns the published plugins that the row's own provider is, by the folders that the CLI installs them in.
	// Default: the stand-ins do.
	Plugins func() (map[string]string, error)
	// Orphans begins the name of the processes that these plugins leave behind. Default: they leave none.
	Orphans string
	// Restoring is the command that restores a deleted secret, which the error of EscSync names, where the Limits have
	// NamesKept.
	Restoring string
	// Published is the row for a definition in the published pattern's own form.
	Published Published
	// Denial is what the run's log says where the platform refuses a write.
	Denial string
	// Elsewhere returns the environment variables that lead a run to another place than the given ones, which are the
	// platform's Environment. AWS has none: another account's credentials do it there.
	Elsewhere func(environment []string) (map[string]string, error)
	// Edited and Deleted are what docs/destinations.md says of an edit by hand and of the return of a deleted key.
	// Defaults: the edit is repaired, and the secret made anew.
	Edited, Deleted string
	// Limits are what the platform, or its provider, cannot do.
	Limits Limits
}

// Named is an Elsewhere of which one variable is the name of another place.
func Named(variable, name string) func([]string) (map[string]string, error) {
	return func([]string) (map[string]string, error) { return map[string]string{variable: name}, nil }
}

// Published is a destination for a definition in the published pattern's own form, with the name of the secret, and all
// that is pushed, in `values.sync.<platform>.{value,name}`.
type Published struct {
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
	// NoMark: the platform holds no mark of ownership. A retained secret is refused when its key comes back, until
	// adoptionPolicy is All.
	NoMark bool
	// EqualOnly: what exists is taken over if it has the value that it is to have. Another one is refused, also with the
	// adoptionPolicy All.
	EqualOnly bool
	// EditsUnseen: the provider does not see a value that was edited on the platform. It stays until the value changes in
	// ESC.
	EditsUnseen bool
	// NamesKept is what the platform says where a deleted secret keeps its name, under which none can be made until it is
	// restored. The run after that takes it over.
	NamesKept string
	// OneObject: all keys are in one object, which is written as a whole: a removed key is gone under either policy, and
	// only the object itself is retained. The provider has no function to find it, and refuses it when the sync is made
	// again, until adoptionPolicy is All.
	OneObject bool
}
