package target

import (
	"context"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/schemacheck"
)

// Described is implemented by each platform's Destination type.
type Described interface{ About() About }

// Args are the inputs of a platform's component.
type Args[D Described] struct {
	Destination D `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *Args[D]) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "Where and how to push to "+t.Destination.About().Title+".")
	t.describe(a)
}

// Component pushes a value to one platform. Its values are secret, the names of the secrets are not.
type Component[D Described] struct {
	pulumi.ResourceState

	Platform pulumi.StringOutput      `pulumi:"platform"`
	SyncID   pulumi.StringOutput      `pulumi:"syncId"`
	Names    pulumi.StringArrayOutput `pulumi:"names"`
	Count    pulumi.IntOutput         `pulumi:"count"`
}

// Annotate names and documents the component.
func (t *Component[D]) Annotate(a infer.Annotator) {
	var destination D
	about := destination.About()
	a.SetToken("index", tokens.TypeName(about.Type+"Target"))
	text := "Pushes a value to " + about.Title + ", from any stack and without Pulumi Deployments."
	if about.Name == "" {
		text = "Pushes the values of a payload to the platform that the payload names: the target half of an " +
			"EscSync. Every key is a resource of its own, so a preview shows what changes by key."
	}
	if about.Note != "" {
		text += "\n\n" + about.Note
	}
	a.Describe(&t, text)
	a.Describe(&t.Platform, "The platform that the values were pushed to.")
	a.Describe(&t.SyncID, "The value of the ownership tag, on platforms that have tags.")
	a.Describe(&t.Names, "The exact names of the secrets on the platform.")
	a.Describe(&t.Count, "The number of secrets.")
}

// Components returns the components that push values: Target, and one for each platform.
func Components(platforms Platforms, schema Schema) []infer.InferredComponent {
	components := []infer.InferredComponent{payloadComponent(platforms, schema)}
	for _, platform := range platforms {
		components = append(components, platform.Component(platform, schema))
	}
	return components
}

// Resources returns the custom resources that the components register.
func Resources() []infer.InferredResource {
	return []infer.InferredResource{infer.Resource(&Inventory{}), infer.Resource(&Release{}), infer.Resource(&Outcome{})}
}

// ComponentOf returns the component of the platform with destination D.
func ComponentOf[D Described](platform Platform, schema Schema) infer.InferredComponent {
	return component[Args[D], D]{registering[Args[D], D](push{}), readInputs(platform), schema}
}

// component plans from the raw inputs and then has infer construct the plan. It does not use the decoded inputs,
// because the SDK's decoder turns secrets inside free-form values into plain text. A are the inputs, from which infer
// derives the schema.
type component[A any, D Described] struct {
	infer.InferredComponent
	read   requestReader
	schema Schema
}

// Construct plans, which needs no engine, and then registers the plan.
func (c component[A, D]) Construct(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
	var problems problem.List
	request, known := c.read(req, &problems)
	todo := push{request: request}
	if known {
		todo.plan, todo.known = todo.request.Plan()
	}
	spec, err := c.schema()
	if err != nil {
		return p.ConstructResponse{}, err
	}
	problems.AddMissing(schemacheck.Inputs(spec, string(req.Urn.Type()), req.Inputs, MayBeEmpty...))
	problems.Sort()
	if err := problems.Err(string(req.Urn.Type()), req.Inputs); err != nil {
		todo.request.report(ctx, problems.Lines())
		return p.ConstructResponse{}, err
	}
	if todo.request.Warnings != nil {
		construct.Warn(ctx, *todo.request.Warnings)
	}
	req.Inputs = property.Map{} // the plan has everything that it needs from them
	resp, err := registering[A, D](todo).Construct(ctx, req)
	return resp, construct.Failure(err)
}

// MayBeEmpty are the properties of targets, at any depth, for which an empty text is meaningful: the platform's own
// separator, or no description.
var MayBeEmpty = []string{"separator", "description"}

// push is what one target registers.
type push struct {
	request Request
	plan    Plan
	// known is false if a preview does not know enough to plan.
	known bool
}

const unknownKeys = "the keys are not known yet, so this preview cannot show what will be pushed. It may list " +
	"secrets as deleted that the update will keep"

// registering returns a component that registers todo.
func registering[A any, D Described](todo push) infer.InferredComponent {
	return infer.ComponentF(func(
		ctx *pulumi.Context, name string, _ A, opts ...pulumi.ResourceOption,
	) (*Component[D], error) {
		component := &Component[D]{}
		if err := ctx.RegisterComponentResource(p.GetTypeToken(ctx.Context()), name, component, opts...); err != nil {
			return nil, fmt.Errorf("registering %s: %w", name, err)
		}
		if !todo.known {
			if err := ctx.Log.Warn(unknownKeys, &pulumi.LogArgs{Resource: component}); err != nil {
				return nil, fmt.Errorf("logging: %w", err)
			}
			component.setUnknown()
			return component, nil
		}
		r := &Registration{Ctx: ctx, Component: component, Name: name, Request: todo.request, plan: todo.plan}
		if err := r.run(); err != nil {
			return nil, err
		}
		component.set(todo)
		return component, nil
	})
}

func (t *Component[D]) set(todo push) {
	names := make(pulumi.StringArray, len(todo.plan.Items))
	for i, item := range todo.plan.Items {
		names[i] = pulumi.String(item.Name)
	}
	t.Platform = pulumi.String(todo.request.Platform.Name).ToStringOutput()
	t.SyncID = pulumi.String(todo.request.SyncID).ToStringOutput()
	t.Names = names.ToStringArrayOutput()
	t.Count = pulumi.Int(len(names)).ToIntOutput()
}

func (t *Component[D]) setUnknown() {
	unknown := pulumi.UnsafeUnknownOutput(nil)
	t.Platform, t.SyncID = unknownString(), unknownString()
	t.Names = unknown.ApplyT(func(any) []string { return nil }).(pulumi.StringArrayOutput)
	t.Count = unknown.ApplyT(func(any) int { return 0 }).(pulumi.IntOutput)
}
