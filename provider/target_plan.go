package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	comProvider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"

	"github.com/escsync/pulumi-escsync/provider/internal/inventory"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/schemacheck"
)

// pushPlan is everything that a target will register, made before anything is.
type pushPlan struct {
	request pushRequest
	policy  pushPolicy
	// items are the secrets, in order.
	items []pushItem
	// locate tells where the run pushes to, of which a target may have one only.
	locate locator
	// lookUp finds what exists on the platform under the names of the items; nil where the platform's provider has no
	// function for it. It runs before anything is registered.
	lookUp func(r *registration) (map[string]existing, error)
	// register makes the children.
	register func(r *registration) error
}

// pushItem is one secret, or one field of a secret that is shared.
type pushItem struct {
	// name is the exact name on the platform.
	name string
	// place is where on the platform, as much as is known of it: a vault, a repository, a namespace.
	place string
	// folded says that capitals do not count on the platform, in names and places. Then shape has the spelling: with
	// another one the provider makes a new resource and deletes the old, which are one secret.
	folded bool
	// object says that place is an object of the platform which goes as a whole, when nothing of it is pushed any more.
	object bool
	// shape is what cannot be changed about it once it exists.
	shape string
	// key is the key that it comes from.
	key string
	// kept says that the platform does not lose it with its key, whatever the deletion policy.
	kept bool
}

// existing is a secret that a look-up found.
type existing struct {
	// importID takes it over; "" where writing is enough to do so.
	importID string
	// whose is one of the inventory's Owned, Foreign and Unmarked.
	whose string
}

// pushPolicy is what may be deleted and taken over.
type pushPolicy struct {
	retain       bool
	retainKeys   []string
	adopt        Adopt
	maxDeletions inventory.Allowance
}

// platformPlanner makes the plan of one platform. False: a preview does not know enough to tell the keys. What is
// wrong is added to the problems of the request.
type platformPlanner func(r pushRequest) (pushPlan, bool)

// platforms has the planner of every arm of Destination.
var platforms = map[string]platformPlanner{
	"awsSecretsManager": planAwsSecretsManager,
	"awsParameterStore": planAwsParameterStore,
	"azureKeyVault":     planAzureKeyVault,
	"gcpSecretManager":  planGcpSecretManager,
	"githubSecrets":     planGithubSecrets,
	"vault":             planVault,
	"kubernetes":        planKubernetes,
}

// planned is a target component: infer gives it its schema, and Construct is ours. infer's own would decode the
// inputs with the SDK, which turns secrets inside free-form values to plain text.
type planned struct {
	infer.InferredComponent
	read requestReader
}

// describe returns a component that only has a schema, that of its inputs A and its state S.
func describe[A, S any, PS interface {
	*S
	pulumi.ComponentResource
}]() infer.InferredComponent {
	return infer.ComponentF(func(*pulumi.Context, string, A, ...pulumi.ResourceOption) (PS, error) {
		return nil, errors.New("this component is constructed by its planner")
	})
}

// targetState is the component itself.
type targetState struct {
	pulumi.ResourceState
}

const unknownKeys = "the keys are not known yet, so this preview cannot show what will be pushed. It may list " +
	"secrets as deleted that the update will keep"

// Construct plans, which needs no engine, and then registers the plan.
func (c planned) Construct(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
	var problems problem.List
	plan, known := c.plan(req, &problems)
	spec, err := packageSchema()
	if err != nil {
		return p.ConstructResponse{}, err
	}
	problems.AddMissing(schemacheck.Inputs(spec, string(req.Urn.Type()), req.Inputs, mayBeEmpty...))
	problems.Sort()
	if err := problems.Err(string(req.Urn.Type()), req.Inputs); err != nil {
		return p.ConstructResponse{}, err
	}
	if plan.request.warnings != nil {
		warn(ctx, *plan.request.warnings)
	}
	resp, err := p.ProgramConstruct(ctx, req, func(
		ctx *pulumi.Context, typ, name string, _ comProvider.ConstructInputs, opts pulumi.ResourceOption,
	) (*comProvider.ConstructResult, error) {
		component := &targetState{}
		if err := ctx.RegisterComponentResource(typ, name, component, opts); err != nil {
			return nil, fmt.Errorf("registering %s: %w", name, err)
		}
		if !known {
			if err := ctx.Log.Warn(unknownKeys, &pulumi.LogArgs{Resource: component}); err != nil {
				return nil, fmt.Errorf("logging: %w", err)
			}
			return finish(ctx, component, unknownOutputs())
		}
		r := &registration{ctx: ctx, component: component, name: name, plan: plan}
		if err := r.run(); err != nil {
			return nil, err
		}
		return finish(ctx, component, plan.outputs())
	})
	return resp, constructFailure(err)
}

func (c planned) plan(req p.ConstructRequest, problems *problem.List) (pushPlan, bool) {
	request, known := c.read(req, problems)
	if !known {
		return pushPlan{}, false
	}
	planner, ok := platforms[request.platform]
	if !ok {
		problems.Add(problem.At("payload"), "names the platform %q, which this version of the package does not have",
			request.platform)
		return pushPlan{}, false
	}
	policy := request.readPolicy()
	request.retainKeys = policy.retainKeys
	plan, known := planner(request)
	request.settings.Finish()
	plan.request, plan.policy = request, policy
	return plan, known && !request.settings.Deferred() && !request.policy.Deferred()
}

func (r pushRequest) readPolicy() pushPolicy {
	allowed, err := inventory.ParseAllowance(r.policy.Scalar("maxDeletions"))
	if err != nil {
		r.policy.Problem("maxDeletions", "%s", err)
	}
	deletion := r.policy.OneOf("deletionPolicy", string(DeletionPolicyRetain),
		string(DeletionPolicyRetain), string(DeletionPolicyDelete))
	return pushPolicy{
		retain:     deletion == string(DeletionPolicyRetain),
		retainKeys: r.policy.Strings("retainKeys"),
		adopt: Adopt(r.policy.OneOf("adopt", string(AdoptOwned),
			string(AdoptOwned), string(AdoptNever), string(AdoptAll))),
		maxDeletions: allowed,
	}
}

// deletable returns the identities of what the platform loses with its key, sorted.
func (p pushPlan) deletable() []string {
	ids := []string{}
	for _, item := range p.items {
		switch {
		case p.policy.retain:
		case item.object:
			ids = append(ids, p.request.platform+"/"+item.place+inventory.All)
		case !item.kept:
			ids = append(ids, p.identity(item))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// text changes with whatever decides about deletions.
func (p pushPolicy) text() string {
	if p.retain {
		return string(DeletionPolicyRetain)
	}
	return strings.Join(append([]string{string(DeletionPolicyDelete)}, p.retainKeys...), ", ")
}

// identity names an item among all items of all platforms.
func (p pushPlan) identity(item pushItem) string {
	id := item.name
	if item.place != "" {
		id = item.place + "/" + id
	}
	if item.folded {
		id = strings.ToLower(id)
	}
	return p.request.platform + "/" + id
}

func (p pushPlan) outputs() pulumi.Map {
	names := make(pulumi.StringArray, len(p.items))
	for i, item := range p.items {
		names[i] = pulumi.String(item.name)
	}
	return pulumi.Map{
		"platform": pulumi.String(p.request.platform),
		"syncId":   pulumi.String(p.request.syncID),
		"names":    names,
		"count":    pulumi.Int(len(names)),
	}
}

func unknownOutputs() pulumi.Map {
	unknown := pulumi.UnsafeUnknownOutput(nil)
	return pulumi.Map{"platform": unknown, "syncId": unknown, "names": unknown, "count": unknown}
}

func finish(
	ctx *pulumi.Context, component pulumi.ComponentResource, outputs pulumi.Map,
) (*comProvider.ConstructResult, error) {
	if err := ctx.RegisterResourceOutputs(component, outputs); err != nil {
		return nil, fmt.Errorf("registering outputs: %w", err)
	}
	return &comProvider.ConstructResult{URN: component.URN(), State: outputs}, nil
}
