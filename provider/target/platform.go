package target

import (
	"slices"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform is everything that is a platform's. The rest of the provider knows a platform by this alone.
type Platform struct {
	About
	// Package is the Pulumi package whose provider writes to the platform, such as `gcp`.
	Package string
	// Component makes the component of the platform: ComponentOf[Destination].
	Component func(Platform, Schema) infer.InferredComponent
	// Plan turns a request into what is pushed. False: a preview does not know enough to tell the keys. What is wrong is
	// added to the problems of the request.
	Plan func(Request) (Plan, bool)
	// Account reads from the configuration of the package's provider where a run pushes to; "" where it does not say.
	// Nil where every plan has a Locate of its own.
	Account func(account.Source) string
	// Ownership is the tag, label or annotation that says which sync a secret belongs to. Zero where the platform can
	// hold none.
	Ownership ownership.Tag
	// Parallelism is how many resources a run handles at once, where the platform would throttle more; 0 leaves it to the
	// CLI.
	Parallelism int
	// PulumiConfig is the configuration that an EscSync gives the package's provider in its target stack, where it is the
	// default one. The settings are those of the destination, adoptionPolicy is the input of that name. Nil for none.
	PulumiConfig func(settings property.Map, adoptionPolicy property.Value) map[string]property.Value
	// Hints are what a failed run's log shows.
	Hints Hints
	// EnumTexts describe the enums of Destination by their names in the schema, as the framework takes descriptions of
	// their values only.
	EnumTexts map[string]string
}

// About is how a platform is called.
type About struct {
	// Name is the arm of EscSync's Destination, and the platform's key in a payload: `vault`.
	Name string
	// Type is what the names of the platform's types in the schema begin with: `Vault` for VaultTarget.
	Type string
	// Title is the platform's name in texts: `HashiCorp Vault`.
	Title string
	// Note is for whoever uses the platform's target without EscSync; "" for none.
	Note string
}

// Schema returns the package's own schema. It is called while a component is constructed, never before.
type Schema func() (*schema.PackageSpec, error)

// Platforms are all platforms that the provider has.
type Platforms []Platform

// Named returns the platform of that name.
func (p Platforms) Named(name string) (Platform, bool) {
	i := slices.IndexFunc(p, func(one Platform) bool { return one.Name == name })
	if i < 0 {
		return Platform{}, false
	}
	return p[i], true
}

// Hints are the words, in lower case, by which a log shows what its user can fix. Each by itself tells the cause. They
// are those of the sources of the platform's provider and of the platform's API reference.
type Hints struct {
	// Denied: the credentials are valid and may not do it.
	Denied []string
	// Unauthenticated: there are no credentials, or they are not valid.
	Unauthenticated []string
	// Exists: the name is taken, by what this sync did not make.
	Exists []string
	// Throttled: the platform's rate limit.
	Throttled []string
	// Own are causes that no other platform has.
	Own []Hint
}

// Hint is something that fails runs and that its user can fix.
type Hint struct {
	Words []string
	// Unless are words, in lower case too, with which another hint names the cause more exactly.
	Unless []string
	// Text names the cause and what to do, without a full stop.
	Text string
}
