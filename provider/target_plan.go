package provider

import (
	"context"
	"errors"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	comProvider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// pushPlan is everything that a target will register, made before anything is.
type pushPlan struct {
	request pushRequest
	policy  pushPolicy
	// names are the exact names on the platform.
	names []string
	// register makes the children; every option in opts goes to every one of them.
	register func(r *registration) error
}

// pushPolicy is what may be deleted and taken over.
type pushPolicy struct {
	retain bool
	adopt  Adopt
}

// platformPlanner makes the plan of one platform. False: a preview does not know enough to tell the keys. What is
// wrong is added to the problems of the request.
type platformPlanner func(r pushRequest) (pushPlan, bool)

// platforms has the planner of every arm of Destination.
var platforms = map[string]platformPlanner{
	"awsSecretsManager": planAwsSecretsManager,
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

// Construct plans, which needs no engine, and then registers the plan.
func (c planned) Construct(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
	var problems problem.List
	plan, known := c.plan(req, &problems)
	problems.Sort()
	if err := problems.Err(string(req.Urn.Type()), req.Inputs); err != nil {
		return p.ConstructResponse{}, err
	}
	return p.ProgramConstruct(ctx, req, func(
		ctx *pulumi.Context, typ, name string, _ comProvider.ConstructInputs, opts pulumi.ResourceOption,
	) (*comProvider.ConstructResult, error) {
		component := &targetState{}
		if err := ctx.RegisterComponentResource(typ, name, component, opts); err != nil {
			return nil, fmt.Errorf("registering %s: %w", name, err)
		}
		if !known {
			if err := ctx.Log.Warn("the values are not known yet, so the preview cannot show which keys will change",
				&pulumi.LogArgs{Resource: component}); err != nil {
				return nil, fmt.Errorf("logging: %w", err)
			}
			return finish(ctx, component, unknownOutputs())
		}
		r := &registration{ctx: ctx, component: component, name: name, plan: plan}
		if err := plan.register(r); err != nil {
			return nil, err
		}
		return finish(ctx, component, plan.outputs())
	})
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
	policy := pushPolicy{
		retain: request.policy.OneOf("deletionPolicy", string(DeletionPolicyRetain),
			string(DeletionPolicyRetain), string(DeletionPolicyDelete)) == string(DeletionPolicyRetain),
		adopt: Adopt(request.policy.OneOf("adopt", string(AdoptOwned),
			string(AdoptOwned), string(AdoptNever), string(AdoptAll))),
	}
	plan, known := planner(request)
	request.settings.Finish()
	plan.request, plan.policy = request, policy
	return plan, known
}

func (p pushPlan) outputs() pulumi.Map {
	return pulumi.Map{
		"platform": pulumi.String(p.request.platform),
		"syncId":   pulumi.String(p.request.syncID),
		"names":    pulumi.ToStringArray(p.names),
		"count":    pulumi.Int(len(p.names)),
	}
}

func unknownOutputs() pulumi.Map {
	unknown := pulumi.UnsafeUnknownOutput(nil)
	return pulumi.Map{"platform": unknown, "syncId": unknown, "names": unknown, "count": unknown}
}

func finish(ctx *pulumi.Context, component pulumi.ComponentResource, outputs pulumi.Map) (*comProvider.ConstructResult, error) {
	if err := ctx.RegisterResourceOutputs(component, outputs); err != nil {
		return nil, fmt.Errorf("registering outputs: %w", err)
	}
	return &comProvider.ConstructResult{URN: component.URN(), State: outputs}, nil
}
