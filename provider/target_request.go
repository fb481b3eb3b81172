package provider

import (
	"slices"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
	"github.com/escsync/pulumi-escsync/provider/internal/payload"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/settings"
)

// pushRequest is what a target is asked to push, whichever way it came.
type pushRequest struct {
	// platform is the name of the arm of Destination.
	platform string
	// syncID is the mark of ownership.
	syncID string
	// formerIDs are marks that count as its own: those that it had under other names of its resource.
	formerIDs []string
	value     document.Node
	// valuePath is where the value stands in the inputs.
	valuePath problem.Path
	settings  *settings.Reader
	policy    *settings.Reader
	// config reads the stack's configuration, and providers says for which packages the caller passed a provider.
	config    func(key string) string
	providers func(pkg string) bool
	problems  *problem.List
	// warnings are what works but may not be meant.
	warnings *problem.List
	// retainKeys are patterns of keys whose secrets are never deleted.
	retainKeys []string
	// mayGrow says that the value may turn out to have more keys, which a preview does not know.
	mayGrow bool
	// published says that the value has the published pattern's own form, which knows one secret of JSON only.
	published bool
	// running says that a payload came from ESC, so that this is the run itself and no check of a program's inputs.
	running bool
}

// requestReader turns a component's inputs into a request, and false if a preview does not know enough of them.
type requestReader func(req p.ConstructRequest, problems *problem.List) (pushRequest, bool)

// policyInputs are the inputs that say what may be removed and taken over.
var policyInputs = []string{"deletionPolicy", "retainKeys", "adopt", "maxDeletions"}

// readPayload reads the inputs of Target.
func readPayload(req p.ConstructRequest, problems *problem.List) (pushRequest, bool) {
	at := problem.At("payload")
	input := req.Inputs.Get("payload")
	switch {
	case input.IsComputed():
		return pushRequest{}, false
	case !input.IsString():
		problems.Add(at, "must be a string: the payload of the environment's pulumiConfig")
		return pushRequest{}, false
	}
	decoded, err := payload.Decode(input.AsString())
	if err != nil {
		problems.Add(at, "%s", err)
		return pushRequest{}, false
	}
	request := newRequest(req, decoded.Platform, problems)
	if decoded.SyncID != "" {
		request.syncID = decoded.SyncID
	}
	request.formerIDs = decoded.FormerSyncIDs
	request.published, request.running = decoded.Published, true
	sync := at.Key("sync").Key(decoded.Platform)
	target := at.Key("target")
	request.value, request.valuePath = decoded.Value, sync.Key("value")
	request.settings = settings.NewReader(problems,
		settings.Layer{Path: target.Key("settings"), Fields: decoded.Settings},
		settings.Layer{Path: sync, Fields: decoded.SyncSettings})
	request.policy = settings.NewReader(problems, settings.Layer{Path: target, Fields: map[string]document.Node{
		"deletionPolicy": decoded.DeletionPolicy,
		"retainKeys":     decoded.RetainKeys,
		"adopt":          decoded.Adopt,
		"maxDeletions":   decoded.MaxDeletions,
	}})
	return request, true
}

// readInputs reads the inputs of the component of one platform.
func readInputs(platform string) requestReader {
	return func(req p.ConstructRequest, problems *problem.List) (pushRequest, bool) {
		request := newRequest(req, platform, problems)
		request.valuePath = problem.At("value")
		request.value = document.FromProperty(request.valuePath, req.Inputs.Get("value"), problems)
		destination := document.FromProperty(problem.At("destination"), req.Inputs.Get("destination"), problems)
		if destination.Kind != document.Object && destination.Kind != document.Unknown {
			problems.Add(problem.At("destination"), "must be an object, not %s", destination.Kind)
		}
		request.settings = settings.NewReader(problems,
			settings.Layer{Path: problem.At("destination"), Fields: destination.Fields})
		fields := map[string]document.Node{}
		for _, name := range slices.Concat(policyInputs, []string{"syncId"}) {
			fields[name] = document.FromProperty(problem.At(name), req.Inputs.Get(name), problems)
		}
		request.policy = settings.NewReader(problems, settings.Layer{Fields: fields})
		if id := request.policy.Known("syncId"); id != "" {
			request.syncID = id
		}
		if err := payload.CheckValue(request.value); err != nil {
			problems.Add(request.valuePath, "%s", err)
		}
		return request, destination.Kind != document.Unknown && !request.policy.Deferred()
	}
}

func newRequest(req p.ConstructRequest, platform string, problems *problem.List) pushRequest {
	return pushRequest{
		platform: platform,
		syncID: ownership.Program(
			string(req.Urn.Project()), string(req.Urn.Stack()), parentTypes(req), req.Urn.Name()),
		config: func(key string) string {
			for k, v := range req.Config {
				if k.String() == key {
					return v
				}
			}
			return ""
		},
		providers: func(pkg string) bool {
			for name := range req.Providers {
				if string(name) == pkg {
					return true
				}
			}
			return false
		},
		problems: problems,
		warnings: &problem.List{},
	}
}
