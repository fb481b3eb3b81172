// Package inputs turns the inputs of an EscSync, as the engine sent them, into what its children need: every check
// is made, every default is applied, and the environment's definition is rendered. It is pure.
package inputs

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/walk"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// The inputs of EscSync that this package reads or writes, by their names in the schema.
const (
	keyOrganization       = "organization"
	keyEnvironmentProject = "environmentProject"
	keyName               = "name"
	keyEnvironmentName    = "environmentName"
	keyStackName          = "stackName"
	keyImports            = "imports"
	keyValue              = "value"
	keyDefinition         = "definition"
	keyEnvironmentValues  = "environmentValues"
	keyDestination        = "destination"
	keySchedule           = "schedule"
	keyOnChange           = "onChange"
	keySuspended          = "suspended"
	keyInitialSync        = "initialSync"
	keyDriftSchedule      = "driftSchedule"
	keyNotifications      = "notifications"
	keySource             = "source"
	keyDeployment         = "deployment"
	keyTeams              = "teams"
	keyPulumiTags         = "pulumiTags"
	keyDeletionPolicy     = "deletionPolicy"
	keyRetainKeys         = "retainKeys"
	keyAdoptionPolicy     = "adoptionPolicy"
	keyMaxDeletions       = "maxDeletions"
)

const (
	// DefaultProject is the ESC project of an environment that names none.
	DefaultProject = "escsync"
	// TargetProject is the project of the built-in target program. It is not the package's own name: project and
	// package would share one configuration namespace, and the provider would be sent the payload in plain text.
	TargetProject = "escsync-target"
	// TargetFolder is the folder of the built-in target program in its repository.
	TargetFolder = "program"
	// diyOrganization is what a backend without organizations says (sdk: tokens and the DIY backends).
	diyOrganization = "organization"
)

// Origin is where an EscSync was declared.
type Origin struct {
	// Organization, Project and Stack are those of the running program.
	Organization, Project, Stack string
	// Resource is the name of the EscSync resource.
	Resource string
	// Parents are the types of the components that it is in, outermost first, `$` between two, as in its URN. Empty for
	// a resource of the program itself.
	Parents string
	// Former are the ids that the sync had before, by the aliases of its resource.
	Former []string
}

// SyncID identifies a sync for as long as its resource keeps its name, whatever environment and stack are called. After
// a rename with an alias it is another one, and the old one is among Former.
// Resources of one name below components of different types are different syncs, as they are to Pulumi.
func (o Origin) SyncID() string {
	return o.Organization + "/" + ownership.Program(o.Project, o.Stack, o.Parents, o.Resource)
}

// Result is the outcome.
type Result struct {
	// Inputs are the inputs with defaults applied. `definition` is the rendered definition, as a secret, and unknown
	// if anything in it is; what went into it is removed. Objects are plain, their leaves carry secretness.
	Inputs property.Map
	// Platform is the key of the destination.
	Platform string
	// Problems are failures: with any, Inputs is not to be used. Warnings are to be shown.
	Problems, Warnings problem.List
}

type completer struct {
	platforms target.Platforms
	origin    Origin
	in        property.Map
	out       map[string]property.Value
	platform  string
	result    Result
}

// Complete checks the inputs of an EscSync and completes them. The checks against the schema (required properties,
// unknown ones, types) are made elsewhere; an input of a wrong type counts as absent here.
func Complete(platforms target.Platforms, inputs property.Map, origin Origin) Result {
	c := &completer{platforms: platforms, origin: origin, in: inputs, out: map[string]property.Value{}}
	c.destination()
	c.source()
	c.names()
	c.trigger()
	c.watch()
	c.deployment()
	c.teams()
	c.tags()
	c.definition()
	c.result.Inputs = property.NewMap(c.out)
	c.result.Platform = c.platform
	c.result.Problems.Sort()
	c.result.Warnings.Sort()
	return c.result
}

func (c *completer) fail(path problem.Path, format string, args ...any) {
	c.result.Problems.Add(path, format, args...)
}

func (c *completer) warn(path problem.Path, format string, args ...any) {
	c.result.Warnings.Add(path, format, args...)
}

// text returns a string input: whether it is given, and its value if that is known.
func text(object property.Map, key string) (value string, known, given bool) {
	v := object.Get(key)
	switch {
	case v.IsString():
		return v.AsString(), true, true
	case v.IsComputed():
		return "", false, true
	default:
		return "", false, false
	}
}

// object returns an object input, empty if there is none.
func object(m property.Map, key string) property.Map {
	if v := m.Get(key); v.IsMap() {
		return v.AsMap()
	}
	return property.Map{}
}

// dependencies returns every resource that a value depends on, at any depth.
func dependencies(values ...property.Value) []urn.URN {
	var all []urn.URN
	for _, value := range values {
		for v := range walk.All(value) {
			all = append(all, v.Dependencies()...)
		}
	}
	return all
}

// pushDown moves the secretness and the dependencies of containers to their leaves. The SDK's decoder refuses a typed
// object that is secret as a whole.
func pushDown(v property.Value) property.Value {
	return walk.Map(v, func(v property.Value) (property.Value, bool) {
		if !v.IsMap() && !v.IsArray() {
			return v, false
		}
		secret, from := v.Secret(), v.Dependencies()
		return walk.Children(v.WithSecret(false).WithDependencies(nil), func(item property.Value) property.Value {
			return item.WithSecret(secret || item.Secret()).WithDependencies(slices.Concat(from, item.Dependencies()))
		}), true
	})
}
