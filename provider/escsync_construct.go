package provider

import (
	"cmp"
	"context"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	comProvider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/schedule"
	"github.com/escsync/pulumi-escsync/provider/internal/schemacheck"
	"github.com/escsync/pulumi-escsync/provider/internal/syncplan"
)

// plannedEscSync constructs EscSync. The inferred component gives token and schema; the inputs are planned as they came
// over the wire, because the SDK's decoder drops nested secretness and makes nested unknowns null.
type plannedEscSync struct {
	infer.InferredComponent
	claims *claims
}

func escSyncComponent() infer.InferredComponent {
	return plannedEscSync{describe[EscSyncArgs, EscSync](), &claims{}}
}

// Construct checks and plans the inputs, then registers the component.
func (c plannedEscSync) Construct(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
	spec, err := packageSchema()
	if err != nil {
		return p.ConstructResponse{}, err
	}
	origin := syncplan.Origin{
		Organization: req.Organization,
		Project:      string(req.Urn.Project()),
		Stack:        string(req.Urn.Stack()),
		Resource:     req.Urn.Name(),
		Parents:      parentTypes(req),
	}
	origin.Former = formerIDs(req.Aliases, origin)
	plan := syncplan.Plan(req.Inputs, origin)
	problems := schemacheck.Inputs(spec, EscSyncToken, req.Inputs, mayBeEmpty...)
	problems.AddMissing(plan.Problems)
	problems = append(problems, checkProviders(req)...)
	unfit, doubtful := checkTarget(req, plan.Platform)
	problems.AddMissing(unfit) // of two reasons for a property, that of the plan is nearer
	problems.Sort()
	if len(problems) == 0 {
		problems = c.claims.add(req, plan.Inputs, origin.SyncID())
	}
	if err := problems.Err(EscSyncToken, req.Inputs); err != nil {
		return p.ConstructResponse{}, err
	}
	warn(ctx, plan.Warnings)
	warn(ctx, doubtful)
	if req.Inputs.Get("source").IsNull() && ReleaseCommit == "" {
		p.GetLogger(ctx).Warningf("this build is no release: syncs run the program at branch %s of %s. Pin it with `source`",
			developmentBranch, Repository)
	}
	req.Inputs = plan.Inputs
	resp, err := p.ProgramConstruct(ctx, req, func(
		ctx *pulumi.Context, _, name string, inputs comProvider.ConstructInputs, opts pulumi.ResourceOption,
	) (*comProvider.ConstructResult, error) {
		args := &EscSyncArgs{}
		if err := inputs.CopyTo(args); err != nil {
			return nil, fmt.Errorf("reading the planned inputs of %s: %w", name, err)
		}
		sync, err := newEscSync(ctx, name, syncFacts(plan, req), args, opts)
		if err != nil {
			return nil, err
		}
		if err := ctx.RegisterResourceOutputs(sync, sync.outputs()); err != nil {
			return nil, fmt.Errorf("registering the outputs of %s: %w", name, err)
		}
		return comProvider.NewConstructResult(sync)
	})
	return resp, constructFailure(err)
}

// mayBeEmpty are the properties of EscSync and of the targets, at any depth, that mean something as an empty text: no
// text before, between or after, no description, the top of a repository, no passphrase.
var mayBeEmpty = []string{"prefix", "separator", "suffix", "description", "repoDir", "sshPassphrase"}

// parentTypes are the types of the components that a resource is in, as its URN has them; empty at the top. The URN of
// the request is no help: the framework puts the innermost type only into it.
func parentTypes(req p.ConstructRequest) string {
	if req.Parent == "" || req.Parent.Type() == resource.RootStackType {
		return ""
	}
	return string(req.Parent.QualifiedType())
}

// syncFacts reads off a plan what decides which children there are.
func syncFacts(plan syncplan.Result, req p.ConstructRequest) escSyncFacts {
	in := plan.Inputs
	enabled := in.Get("initialSync").AsMap().Get("enabled")
	facts := escSyncFacts{
		cloudURL: cmp.Or(
			req.Config[config.MustMakeKey(Name, "apiUrl")], req.Config[config.MustMakeKey("pulumiservice", "apiUrl")]),
		initialSync: !enabled.IsBool() || enabled.AsBool(),
		apiURL:      req.Config[config.MustMakeKey("pulumiservice", "apiUrl")],
		accessToken: req.Config[config.MustMakeKey("pulumiservice", "accessToken")],
		platform:    plan.Platform,
		hasSchedule: !in.Get("schedule").IsString() || in.Get("schedule").AsString() != schedule.Off,
		onChange:    in.Get("onChange").AsBool(),
		builtIn:     in.Get("source").AsMap().Get("project").Equals(property.New(syncplan.TargetProject)),
	}
	if teams := in.Get("teams"); teams.IsArray() {
		for _, team := range teams.AsArray().All {
			facts.teams = append(facts.teams, team.AsString())
		}
	}
	return facts
}

// checkProviders refuses an explicit pulumiservice provider alone: its credentials cannot be read, and the runs that
// the sync starts would be those of somebody else.
func checkProviders(req p.ConstructRequest) problem.List {
	var problems problem.List
	_, service := req.Providers["pulumiservice"]
	if _, own := req.Providers[Name]; service && !own {
		problems.Add(problem.At("providers"), "an explicit pulumiservice provider is given, whose credentials cannot be "+
			"read here: give an escsync provider with the same apiUrl and accessToken as well")
	}
	return problems
}

func warn(ctx context.Context, warnings problem.List) {
	for _, w := range warnings {
		p.GetLogger(ctx).Warning(w.String())
	}
}
