package platforms

import "context"

// Destination is what the tests, the demo and the documentation know of one of EscSync's destinations.
type Destination struct {
	// Name is that of the platform, as in EscSync's property destination.
	Name string
	// Server is what stands in for the platform. Several destinations may have one.
	Server *Server
	// Rows are taken through the whole life.
	Rows []Row
	// Pushes are the mappings and scopes that no row has, each by a name of its own among all destinations. Their server
	// is as the first row starts it.
	Pushes map[string]Push
	// Demo is what the demo pushes.
	Demo Demo
	// Beyond is what a preview of the component's example in the schema fails with where the next step would be the
	// platform, which is not there: by then all inputs have been checked. Empty: it needs no platform.
	Beyond string
	// Docs is what the documentation's tables say.
	Docs Docs
}

// Server is how a platform is started.
type Server struct {
	// About says what the platform is here, and whether that is the real thing, as a clause.
	About string
	// Proof is the same in a table of the documentation.
	Proof string
	// Built says that the server is a program which takes long to build: only `make test-servers` has it.
	Built bool
	// Start starts the platform, on which programs may do everything. The caller must close it.
	Start func(ctx context.Context) (Platform, error)
}

// Push is a target component in a program of its user's own, and what it makes of a value.
type Push struct {
	// Destination is its property destination, as JSON.
	Destination string
	// Key is the one whose value is pushed alone, as text. Default: all.
	Key string
	// Identity is that of the one secret, which holds the value of Key, or all values as JSON.
	Identity string
	// Each returns the identity of a key's secret, where there is one for each. Default: there is the one of Identity.
	Each func(key string) string
	// Stored returns what the platform holds for the value of a key. Default: the value.
	Stored func(value string) string
}

// Demo is what the demo pushes: the value of examples/yaml.
type Demo struct {
	// Settings are those of the destination, as YAML in one line.
	Settings string
	// Secret is the identity of the one secret that holds the whole value.
	Secret string
	// Keys are the identities of the secrets of its three keys, in their order, where there is one for each.
	Keys []string
}

// Below returns the identities of keys below a prefix.
func Below(prefix string) func(key string) string {
	return func(key string) string { return prefix + key }
}
