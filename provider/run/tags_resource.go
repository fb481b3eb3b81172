package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// TagsToken is the type of the resource that tags what a sync makes.
const TagsToken = "escsync:index:Tags" //nolint:gosec // a type, no credential

var _ interface {
	infer.CustomUpdate[TagsArgs, TagsArgs]
	infer.CustomRead[TagsArgs, TagsArgs]
} = (*Tags)(nil)

// TagsArgs are the inputs of Tags, and its state.
type TagsArgs struct {
	Organization string            `pulumi:"organization"`
	Project      string            `pulumi:"project"`
	Stack        string            `pulumi:"stack"`
	Environment  string            `pulumi:"environment"`
	Tags         map[string]string `pulumi:"tags"`
}

// Annotate describes the inputs.
func (a *TagsArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the environment and of the target stack.")
	an.Describe(&a.Project, "Project of the target stack.")
	an.Describe(&a.Stack, "Name of the target stack.")
	an.Describe(&a.Environment, "The environment, as `project/name`.")
	an.Describe(&a.Tags, "The tags of both, by name.")
}

func (a TagsArgs) stack() deployments.Stack {
	return deployments.Stack{Organization: a.Organization, Project: a.Project, Name: a.Stack}
}

func (a TagsArgs) environment() deployments.Environment {
	environment, _ := environmentOf(a.Organization, a.Environment)
	return environment
}

// TagsResource is a registered Tags.
type TagsResource struct{ pulumi.CustomResourceState }

// TagsInputs are what a component gives its Tags. Give the names as outputs of the stack and the environment, so that
// it comes after them.
type TagsInputs struct {
	Organization, Project, Stack pulumi.StringInput
	// Environment is project/name.
	Environment pulumi.StringInput
	Tags        pulumi.StringMapInput
}

// RegisterTags registers a Tags from within a component.
func RegisterTags(
	ctx *pulumi.Context, name string, in TagsInputs, opts ...pulumi.ResourceOption,
) (*TagsResource, error) {
	tags := &TagsResource{}
	err := ctx.RegisterResource(TagsToken, name, pulumi.Map{
		"organization": in.Organization, "project": in.Project, "stack": in.Stack, "environment": in.Environment,
		"tags": in.Tags,
	}, tags, construct.OwnProvider(opts...)...)
	return tags, err
}
