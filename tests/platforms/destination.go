package platforms

import "context"

// Destination describes one of EscSync's destinations for the tests, the demo and the documentation.
type Destination struct {
	// Name is the platform's name, as in EscSync's property destination.
	Name string
	// Server stands in for the platform. Several destinations may share one.
	Server *Server
	// Rows are tested through the whole life of a sync.
	Rows []Row
	// Pushes are the mappings and scopes that no row covers. Their names are unique among all destinations. Their server
	// starts as for the first row.
	Pushes map[string]Push
	// Demo is what the demo pushes.
	Demo Demo
	// Beyond is the error of a preview of the component's schema example once it has checked all inputs and needs the
	// missing platform. Empty if it needs no platform.
	Beyond string
	// Docs is the destination's part of the documentation's tables.
	Docs Docs
}

// Server describes how to start a platform.
type Server struct {
	// About says, as a clause, what the platform is here and whether it is the real one.
	About string
	// Proof is the same for a table of the documentation.
	Proof string
	// Built reports whether the server takes long to build, so that only `make test-servers` builds it.
	Built bool
	// Start starts the platform, with all permissions for programs. The caller must close it.
	Start func(ctx context.Context) (Platform, error)
}

// Push is a target component in a user's own program, with the secrets that it makes of a value.
type Push struct {
	// Destination is its property destination, as JSON.
	Destination string
	// Key is the only key to push, as text. Default: all.
	Key string
	// Identity is the identity of the single secret, which contains the value of Key, or all values as JSON.
	Identity string
	// Each returns the identity of a key's secret, if each key has its own. Default: all keys share that of Identity.
	Each func(key string) string
	// Stored returns what the platform stores for the value of a key. Default: the value.
	Stored func(value string) string
}

// Demo is what the demo pushes: the value of examples/yaml.
type Demo struct {
	// Settings are the destination's settings, as one line of YAML.
	Settings string
	// Secret is the identity of the single secret that contains the whole value.
	Secret string
	// Keys are the identities of the secrets of its three keys, in order, if each key has its own.
	Keys []string
}

// Below returns a function that puts a prefix before each key.
func Below(prefix string) func(key string) string {
	return func(key string) string { return prefix + key }
}
