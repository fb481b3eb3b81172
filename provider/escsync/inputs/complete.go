// Package inputs checks and completes the inputs of an EscSync as the engine sent them: it applies every default, and
// renders the environment's definition. It is pure.
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

// Schema names of the inputs that this package reads or writes.
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
	// DefaultProject is the default ESC project.
	DefaultProject = "escsync"
	// TargetProject is the project of the built-in target program. It differs from the package's name: with the same name
	// they would share a configuration namespace, and the provider would receive the payload in plain text.
	TargetProject = "escsync-target"
	// TargetFolder is the folder of the built-in target program in its repository.
	TargetFolder = "program"
	// diyOrganization is the organization that a backend without organizations reports.
	diyOrganization = "organization"
)

// Origin is where an EscSync was declared.
type Origin struct {
	// Organization, Project and Stack are those of the running program.
	Organization, Project, Stack string
	// Resource is the name of the EscSync resource.
	Resource string
	// Parents are the types of the enclosing components as in the URN: outermost first, separated by `$`. Empty for a
	// resource at the top level.
	Parents string
	// Former are the IDs that the aliases of the resource gave the sync before.
	Former []string
}

// SyncID returns the sync's ID. It is stable as long as the resource keeps its name, whatever the environment and the
// stack are called. A rename with an alias changes it, and the old ID is then in Former. Resources with the same name
// below components of different types are different syncs, as they are for Pulumi.
func (o Origin) SyncID() string {
	return o.Organization + "/" + ownership.Program(o.Project, o.Stack, o.Parents, o.Resource)
}

// Result contains the completed inputs.
type Result struct {
	// Inputs are the inputs with defaults applied. `definition` is the rendered definition as a secret, or unknown if any
	// part of it is. The inputs that it is made of are removed. Secretness is only on leaves, not on objects and lists.
	Inputs property.Map
	// Platform is the key of the destination.
	Platform string
	// Problems are failures: if there are any, Inputs must not be used. Warnings are for the user.
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

// Complete checks and completes the inputs of an EscSync. It does not check them against the schema (required and
// unknown properties, types): an input of the wrong type counts as absent here.
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

// text returns a string input: its value, whether it is known, and whether it is given.
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

// object returns an object input, or an empty one.
func object(m property.Map, key string) property.Map {
	if v := m.Get(key); v.IsMap() {
		return v.AsMap()
	}
	return property.Map{}
}

// dependencies returns all resources that the values depend on, at any depth.
func dependencies(values ...property.Value) []urn.URN {
	var all []urn.URN
	for _, value := range values {
		for v := range walk.All(value) {
			all = append(all, v.Dependencies()...)
		}
	}
	return all
}

// pushDown moves the secretness and the dependencies of objects and lists to their leaves, because the SDK's decoder
// refuses a typed object that is secret as a whole.
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
