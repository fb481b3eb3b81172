package target

import (
	"slices"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform is everything that the rest of the provider knows about a platform.
type Platform struct {
	About
	// Package is the Pulumi package whose provider writes to the platform, such as `gcp`.
	Package string
	// Component creates the platform's component: ComponentOf[Destination].
	Component func(Platform, Schema) infer.InferredComponent
	// Plan turns a request into what is pushed, and adds errors to the problems of the request. It returns false if a
	// preview does not know enough to determine the keys.
	Plan func(Request) (Plan, bool)
	// Account returns the account from the configuration of the package's provider, or "" if it cannot be determined.
	// It is nil if every plan has its own Locate.
	Account func(account.Source) string
	// Ownership describes the tag, label or annotation that records the owning sync. It is zero if the platform cannot
	// store one.
	Ownership ownership.Tag
	// Parallelism limits how many resources a run handles at once, for platforms that would throttle more. 0 uses the
	// CLI's default.
	Parallelism int
	// PulumiConfig returns the configuration that an EscSync sets in its target stack for the package's default
	// provider. settings are the destination's, and adoptionPolicy is the input. It is nil if there is none to set.
	PulumiConfig func(settings property.Map, adoptionPolicy property.Value) map[string]property.Value
	// Hints recognize causes in the log of a failed run.
	Hints Hints
	// EnumTexts maps the schema names of Destination's enums to their descriptions, because the framework supports
	// descriptions only for enum values.
	EnumTexts map[string]string
}

// About has a platform's names.
type About struct {
	// Name is the property in EscSync's Destination and the platform's key in a payload: `vault`.
	Name string
	// Type is the prefix of the platform's schema types: `Vault` for VaultTarget.
	Type string
	// Title is the platform's name in documentation: `HashiCorp Vault`.
	Title string
	// Note is for users of the platform's target without EscSync; "" for none.
	Note string
}

// Schema returns the package's own schema. It must not be called before a component is constructed.
type Schema func() (*schema.PackageSpec, error)

// Platforms are all platforms of the provider.
type Platforms []Platform

// Named returns the platform with this name, and false if there is none.
func (p Platforms) Named(name string) (Platform, bool) {
	i := slices.IndexFunc(p, func(one Platform) bool { return one.Name == name })
	if i < 0 {
		return Platform{}, false
	}
	return p[i], true
}

// Hints are lower-case texts that identify causes in a log which the user can fix. Each text is sufficient on its
// own. They come from the source of the platform's provider and from the platform's API reference.
type Hints struct {
	// Denied: the credentials are valid but lack permission.
	Denied []string
	// Unauthenticated: there are no credentials, or they are invalid.
	Unauthenticated []string
	// Exists: the name is already used by something that this sync did not create.
	Exists []string
	// Throttled: the platform's rate limit was exceeded.
	Throttled []string
	// Own are causes specific to the platform.
	Own []Hint
}

// Hint is a cause of failed runs that the user can fix. Words are the lower-case texts that identify it.
type Hint struct {
	Words []string
	// Unless are lower-case texts with which another hint identifies the cause more precisely.
	Unless []string
	// Text says what the cause is and what to do, without a final period.
	Text string
}
