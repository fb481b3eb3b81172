package platforms

import "context"

// Row is a destination whose whole life the tests cover, with its limits.
type Row struct {
	// Name is the name of the row.
	Name string
	// Start starts the platform. Default: the Server's.
	Start func(ctx context.Context) (Platform, error)
	// Destination is EscSync's property destination, as one line of YAML. Its mapping makes one secret of every key.
	Destination string
	// Deleting is Destination if the deletion policy is Delete. Default: Destination.
	Deleting string
	// Binary is Destination with the key keystore pushed as bytes. Default: the platform stores only text.
	Binary string
	// Identity returns the platform's identity of a key's secret.
	Identity func(key string) string
	// Shown returns the name of a key's secret in messages. Default: its Identity.
	Shown func(key string) string
	// Stored returns what the platform stores for a value. Default: the value.
	Stored func(value string) string
	// Plugins returns the published plugins of the row's own provider, by the folders in which the CLI installs them.
	// Default: the stand-ins.
	Plugins func() (map[string]string, error)
	// Orphans is the prefix of the names of processes that these plugins leave behind. Default: they leave none.
	Orphans string
	// Restoring is the command that restores a deleted secret, as EscSync's error names it, if the Limits have
	// NamesReserved.
	Restoring string
	// Pattern is the row for a definition in the pattern form.
	Pattern Pattern
	// Denial is part of the run's log if the platform refuses a write.
	Denial string
	// Elsewhere returns environment variables that lead a run to another account. Its argument is the platform's
	// Environment. AWS has no such variables: the credentials of another account are enough.
	Elsewhere func(environment []string) (map[string]string, error)
	// Edited and Deleted are the texts in docs/destinations.md about a manual edit and about the return of a deleted key.
	// Defaults: the edit is repaired, and the secret is created again.
	Edited, Deleted string
	// Limits are the limits of the platform or its provider.
	Limits Limits
}

// Named returns an Elsewhere with one variable, which names another account.
func Named(variable, name string) func([]string) (map[string]string, error) {
	return func([]string) (map[string]string, error) { return map[string]string{variable: name}, nil }
}

// Pattern is a destination for a definition in the pattern form. The definition contains the name of the secret and all
// values in `values.sync.<platform>.{value,name}`.
type Pattern struct {
	// Platform is the key below values.sync, and that of the property destination.
	Platform string
	// Settings are the settings that the platform requires, as one line of YAML.
	Settings string
	// Name is the name of the secret in the definition.
	Name string
	// Identity is the platform's identity of the secret.
	Identity string
}

// Limits lists what a platform, or its provider, cannot do.
type Limits struct {
	// NoTag: the platform has no ownership tags. A retained secret is refused when its key returns, unless adoptionPolicy
	// is All.
	NoTag bool
	// EditsUnseen: the provider does not detect an edited value. It stays until the value changes in ESC.
	EditsUnseen bool
	// NamesReserved is the platform's error if a deleted secret reserves its name. No other secret of that name can be
	// created until it is restored. The run after that adopts it.
	NamesReserved string
	// OneObject: all keys are in one object, which is replaced as a whole. A removed key is deleted under either policy,
	// and only the object itself is retained. The provider has no function to find it. When the sync is created again, the
	// object is refused unless adoptionPolicy is All.
	OneObject bool
}
