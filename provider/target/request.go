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

// Request is what a target is asked to push: either the inputs of a platform's component, or a payload.
type Request struct {
	Platform Platform
	// URN is the URN of the component.
	URN urn.URN
	// Aliases are former URNs of the component.
	Aliases []urn.URN
	// SyncID identifies the sync. It is stored in the ownership tag.
	SyncID string
	// FormerIDs are sync IDs that the resource had under other names. Secrets tagged with them are owned by this sync
	// too.
	FormerIDs []string
	Value     document.Node
	// ValuePath is the path of the value in the inputs.
	ValuePath problem.Path
	// References are the references inside texts of the value, as ESC evaluated them. Only a run knows them.
	References []payload.Reference
	// Settings reads the destination's settings, and PolicySettings the inputs that make up Policy.
	Settings, PolicySettings *settings.Reader
	Policy                   Policy
	// Caller describes the calling stack.
	Caller Caller
	// Problems stop the target. Warnings are valid inputs that may be mistakes.
	Problems, Warnings *problem.List
	// PatternForm is true if the value has the pattern form, which supports only one JSON secret.
	PatternForm bool
	// InRun is true in a run, whose payload came from ESC, and false when a program's inputs are checked.
	InRun bool
	// MayGrow is true if the value may get more keys that are unknown at preview.
	MayGrow bool
}

// Caller is what a target knows about its stack.
type Caller struct {
	// Config returns a value of the stack's configuration, such as `vault:address`; "" if it is not set.
	Config func(key string) string
	// Configuration returns the stack's configuration of a package, by name.
	Configuration func(pkg string) map[string]string
	// Provides reports whether the caller passed a provider for the package.
	Provides func(pkg string) bool
}

// requestReader turns a component's inputs into a request. It returns false if a preview does not know enough of
// them.
type requestReader func(req p.ConstructRequest, problems *problem.List) (Request, bool)

// PolicyInputs are the inputs that control what may be removed and adopted.
var PolicyInputs = []string{"deletionPolicy", "retainKeys", "adoptionPolicy", "maxDeletions"}

// readInputs returns a reader for the inputs of a platform's component.
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
		// Any other kind is either unknown or reported by the type check. It has no settings to plan with.
		return request, destination.Kind == document.Object && !request.PolicySettings.Deferred()
	}
}

// NewRequest returns a component's request, without the value and its settings.
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
