package target

import (
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/payload"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// Token is the type of the component in the built-in target program.
const Token = "escsync:index:Target" //nolint:gosec // a type, no credential

// PayloadArgs are the inputs of Target.
type PayloadArgs struct {
	Payload pulumi.StringInput `pulumi:"payload" provider:"secret"`
}

// Annotate documents the inputs.
func (t *PayloadArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Payload, "What to push and where: the base64 of the JSON that the environment of an EscSync hands "+
		"to its target stack as the configuration value `payload`.")
}

// anyPlatform stands for the platform that the payload names.
type anyPlatform struct{}

// About returns no names, because Target has no platform of its own.
func (anyPlatform) About() About { return About{} }

func payloadComponent(platforms Platforms, schema Schema) infer.InferredComponent {
	return component[PayloadArgs, anyPlatform]{
		registering[PayloadArgs, anyPlatform](push{}), readPayload(platforms), schema,
	}
}

// readPayload returns a reader for the inputs of Target.
func readPayload(platforms Platforms) requestReader {
	return func(req p.ConstructRequest, problems *problem.List) (Request, bool) {
		at := problem.At("payload")
		refused := Request{InRun: true}
		input := req.Inputs.Get("payload")
		switch {
		case input.IsComputed():
			return Request{}, false
		case !input.IsString():
			problems.Add(at, "must be a string: the payload of the environment's pulumiConfig")
			return refused, false
		}
		decoded, err := payload.Decode(input.AsString())
		if err != nil {
			problems.Add(at, "%s", err)
			return refused, false
		}
		platform, ok := platforms.Named(decoded.Platform)
		if !ok {
			problems.Add(at, "names the platform %q, which this version of the package does not support", decoded.Platform)
			return refused, false
		}
		return requestOf(decoded, NewRequest(req, platform, problems)), true
	}
}

// requestOf completes the request with the payload.
func requestOf(decoded payload.Payload, request Request) Request {
	if decoded.SyncID != "" {
		request.SyncID = decoded.SyncID
	}
	request.FormerIDs = decoded.FormerSyncIDs
	request.PatternForm, request.InRun = decoded.PatternForm, true
	at := problem.At("payload")
	sync := at.Key("sync").Key(decoded.Platform)
	target := at.Key("target")
	request.Value, request.ValuePath = decoded.Value, sync.Key("value")
	request.References = decoded.References
	request.Settings = settings.NewReader(request.Problems,
		settings.Layer{Path: target.Key("settings"), Fields: decoded.Settings},
		settings.Layer{Path: sync, Fields: decoded.SyncSettings})
	request.PolicySettings = settings.NewReader(request.Problems,
		settings.Layer{Path: target, Fields: map[string]document.Node{
			"deletionPolicy": decoded.DeletionPolicy,
			"retainKeys":     decoded.RetainKeys,
			"adoptionPolicy": decoded.AdoptionPolicy,
			"maxDeletions":   decoded.MaxDeletions,
		}})
	return request
}
