package escsync

import (
	"cmp"
	"context"
	"sync"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
	"github.com/escsync/pulumi-escsync/provider/escsync/schedule"
	"github.com/escsync/pulumi-escsync/provider/internal/construct"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/schemacheck"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// component constructs EscSync. The inferred component provides token and schema. Inputs are completed in their wire
// form, because the SDK's decoder loses nested secretness and turns nested unknowns into null.
type component struct {
	infer.InferredComponent
	platforms target.Platforms
	schema    target.Schema
	claims    *claims
	inquiries *inquiries
}

// Component returns the component EscSync, with one destination for each of the platforms.
func Component(platforms target.Platforms, schema target.Schema) infer.InferredComponent {
	return component{registering(facts{}), platforms, schema, &claims{}, &inquiries{}}
}

// registering returns a component that registers an EscSync with the given facts.
func registering(known facts) infer.InferredComponent {
	return infer.ComponentF(func(
		ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption,
	) (*EscSync, error) {
		return register(ctx, name, known, &args, opts...)
	})
}

// Construct checks and completes the inputs, then registers the component.
func (c component) Construct(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
	spec, err := c.schema()
	if err != nil {
		return p.ConstructResponse{}, err
	}
	origin := inputs.Origin{
		Organization: req.Organization,
		Project:      string(req.Urn.Project()),
		Stack:        string(req.Urn.Stack()),
		Resource:     req.Urn.Name(),
		Parents:      construct.ParentTypes(req),
	}
	origin.Former = formerIDs(req.Aliases, origin)
	completed := inputs.Complete(c.platforms, req.Inputs, origin)
	problems := schemacheck.Inputs(spec, Token, req.Inputs, mayBeEmpty...)
	problems.AddMissing(completed.Problems)
	problems = append(problems, checkProviders(req)...)
	platform, _ := c.platforms.Named(completed.Platform)
	planned := targetPlan{}
	var runsAs role
	if len(problems) == 0 {
		var found sync.WaitGroup
		found.Go(func() { runsAs, problems, err = c.inquiries.role(ctx, completed.Inputs, req.DryRun) })
		planned = c.inquiries.check(ctx, req, completed, platform)
		found.Wait()
	} else {
		planned = checkTarget(req, platform, served{})
	}
	problems.AddMissing(planned.problems) // if both report a property, the former is more specific
	problems.Sort()
	if len(problems) == 0 {
		problems = c.claims.add(req, completed.Inputs, origin.SyncID())
	}
	if len(problems) > 0 {
		err = problems.Err(Token, req.Inputs)
	}
	if err != nil {
		return p.ConstructResponse{}, err
	}
	construct.Warn(ctx, completed.Warnings)
	construct.Warn(ctx, planned.warnings)
	if req.Inputs.Get("source").IsNull() && version.ReleaseCommit == "" && c.inquiries.once(unreleased) {
		p.GetLogger(ctx).Warning(unreleased)
	}
	known := syncFacts(completed, platform, req)
	known.planned, known.role = planned.pushes, runsAs
	known.refused = refusedUpdate(ctx, req.DryRun)
	req.Inputs = completed.Inputs
	resp, err := registering(known).Construct(ctx, req)
	return resp, construct.Failure(err)
}

// unreleased is logged once per program, not once per sync.
const unreleased = "this build is not a release: syncs run the program of branch " + developmentBranch + " of " +
	version.Repository + ". Pin it with `source`"

// mayBeEmpty lists the properties, at any depth, for which an empty text has a meaning: those of the targets, the top
// of a repository, and a key without passphrase.
var mayBeEmpty = append([]string{"repoDir", "sshPassphrase"}, target.MayBeEmpty...)

// runsBuiltIn reports whether the target stack runs this package's program, from this repository or a mirror.
func runsBuiltIn(completed property.Map) bool {
	return completed.Get("source").AsMap().Get("project").Equals(property.New(inputs.TargetProject))
}

// syncFacts derives from the completed inputs which children there are.
func syncFacts(completed inputs.Result, platform target.Platform, req p.ConstructRequest) facts {
	in := completed.Inputs
	enabled := in.Get("initialSync").AsMap().Get("enabled")
	known := facts{
		cloudURL: cmp.Or(
			req.Config[config.MustMakeKey(version.Name, "apiUrl")], req.Config[config.MustMakeKey("pulumiservice", "apiUrl")]),
		initialSync: !enabled.IsBool() || enabled.AsBool(),
		custom:      completed.Platform == definition.Custom,
		parallelism: platform.Parallelism,
		hasSchedule: !in.Get("schedule").IsString() || in.Get("schedule").AsString() != schedule.Off,
		suspended:   in.Get("suspended").IsBool(),
		onChange:    in.Get("onChange").AsBool(),
		builtIn:     runsBuiltIn(in),
	}
	// Promise nothing about a user's program, or while the policy is unknown.
	policy := req.Inputs.Get("deletionPolicy")
	known.retains = known.builtIn &&
		(policy.IsNull() || policy.IsString() && policy.AsString() == string(target.DeletionPolicyRetain))
	if timeouts := req.CustomTimeouts; timeouts != nil {
		known.deleteTimeout = time.Duration(timeouts.Delete * float64(time.Second))
	}
	if teams := in.Get("teams"); teams.IsArray() {
		for _, team := range teams.AsArray().All {
			known.teams = append(known.teams, team.AsString())
		}
	}
	return known
}

// checkProviders refuses credentials that only the pulumiservice provider has. The escsync provider cannot read them,
// so it would start runs with somebody else's. Passing a token to the children as an input does not help: a destroy
// uses the token in the state, however old, and a renewed token is a change.
func checkProviders(req p.ConstructRequest) problem.List {
	var problems problem.List
	if _, own := req.Providers[version.Name]; own {
		return problems
	}
	if _, service := req.Providers["pulumiservice"]; service {
		problems.Add(problem.At("providers"), "an explicit pulumiservice provider is given, whose credentials cannot be "+
			"read here: give an escsync provider with the same apiUrl and accessToken as well")
		return problems
	}
	for _, name := range []string{"apiUrl", "accessToken"} {
		service, own := config.MustMakeKey("pulumiservice", name), config.MustMakeKey(version.Name, name)
		if req.Config[service] != "" && req.Config[own] == "" {
			problems.Add(problem.At("providers"), "%s is configured and %s is not, so the sync's runs would not use it: "+
				"set %s to the same value", service, own, own)
		}
	}
	return problems
}
