package target

import (
	"slices"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// Request is what a target is asked to push, whichever way it came.
type Request struct {
	Platform Platform
	// URN is that of the component.
	URN urn.URN
	// Aliases are what the component was called before.
	Aliases []urn.URN
	// SyncID identifies the sync: what the ownership tag holds.
	SyncID string
	// FormerIDs are what the tag holds on secrets that are its own, too: those under other names of its resource.
	FormerIDs []string
	Value     document.Node
	// ValuePath is where the value stands in the inputs.
	ValuePath problem.Path
	// References are those inside texts of the value, as ESC has evaluated them; only a run knows them.
	References []payload.Reference
	// Settings are those of the destination, PolicySettings those that Policy is read from.
	Settings, PolicySettings *settings.Reader
	Policy                   Policy
	// Caller is who asked.
	Caller Caller
	// Problems stop the target. Warnings are what works but may not be meant.
	Problems, Warnings *problem.List
	// PatternForm says that the value has the published pattern's own form, which knows one secret of JSON only.
	PatternForm bool
	// InRun says that a payload came from ESC, so that this is the run itself and no check of a program's inputs.
	InRun bool
	// MayGrow says that the value may turn out to have more keys, which a preview does not know.
	MayGrow bool
}

// Caller is what a target knows of the stack that it is in.
type Caller struct {
	// Config reads the stack's configuration, such as `vault:address`; "" for none.
	Config func(key string) string
	// Configuration is the stack's configuration of a package, by name.
	Configuration func(pkg string) map[string]string
	// Provides says whether the caller passed a provider for the package.
	Provides func(pkg string) bool
}

// requestReader turns a component's inputs into a request, and false if a preview does not know enough of them.
type requestReader func(req p.ConstructRequest, problems *problem.List) (Request, bool)

// PolicyInputs are the inputs that say what may be removed and adopted.
var PolicyInputs = []string{"deletionPolicy", "retainKeys", "adoptionPolicy", "maxDeletions"}

// readInputs reads the inputs of the component of one platform.
func readInputs(platform Platform) requestReader {
	return func(req p.ConstructRequest, problems *problem.List) (Request, bool) {
		request := NewRequest(req, platform, problems)
		request.ValuePath = problem.At("value")
		request.Value = document.FromProperty(request.ValuePath, req.Inputs.Get("value"), problems)
		destination := document.FromProperty(problem.At("destination"), req.Inputs.Get("destination"), problems)
		request.Settings = settings.NewReader(problems,
			settings.Layer{Path: problem.At("destination"), Fields: destination.Fields})
		fields := map[string]document.Node{}
		for _, name := range slices.Concat(PolicyInputs, []string{"syncId"}) {
			fields[name] = document.FromProperty(problem.At(name), req.Inputs.Get(name), problems)
		}
		request.PolicySettings = settings.NewReader(problems, settings.Layer{Fields: fields})
		if id := request.PolicySettings.Known("syncId"); id != "" {
			request.SyncID = id
		}
		if err := payload.CheckValue(request.Value); err != nil {
			problems.Add(request.ValuePath, "%s", err)
		}
		// Any other kind has no settings to plan with: unknown, or reported by the check of types.
		return request, destination.Kind == document.Object && !request.PolicySettings.Deferred()
	}
}

// NewRequest returns a request of a component, without what is to be pushed and how.
func NewRequest(req p.ConstructRequest, platform Platform, problems *problem.List) Request {
	return Request{
		Platform: platform,
		URN:      req.Urn,
		Aliases:  req.Aliases,
		SyncID: ownership.Program(
			string(req.Urn.Project()), string(req.Urn.Stack()), construct.ParentTypes(req), req.Urn.Name()),
		Caller: Caller{
			Config: func(key string) string {
				for k, v := range req.Config {
					if k.String() == key {
						return v
					}
				}
				return ""
			},
			Configuration: func(pkg string) map[string]string {
				of := map[string]string{}
				for k, v := range req.Config {
					if k.Namespace() == pkg {
						of[k.Name()] = v
					}
				}
				return of
			},
			Provides: func(pkg string) bool {
				for name := range req.Providers {
					if string(name) == pkg {
						return true
					}
				}
				return false
			},
		},
		Problems: problems,
		Warnings: &problem.List{},
	}
}
