package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

var _ interface {
	infer.CustomCheck[TeardownArgs]
	infer.CustomUpdate[TeardownArgs, TeardownState]
	infer.CustomRead[TeardownArgs, TeardownState]
	infer.CustomDelete[TeardownState]
} = (*Teardown)(nil)

// teardownResource is a registered Teardown.
type teardownResource struct {
	pulumi.CustomResourceState

	Organization pulumi.StringOutput `pulumi:"organization"`
	Project      pulumi.StringOutput `pulumi:"project"`
	Stack        pulumi.StringOutput `pulumi:"stack"`
}

// teardownInputs are what a component gives its Teardown. Nil means the default. Give the names as outputs of the stack
// and of the settings, so that it comes after them.
type teardownInputs struct {
	Organization, Project, Stack pulumi.StringInput
	// Environment is project/name.
	Environment pulumi.StringPtrInput
	// APIURL and AccessToken are as for syncRunInputs.
	APIURL, AccessToken pulumi.StringPtrInput
}

// registerTeardown registers a Teardown from within a component.
func registerTeardown(
	ctx *pulumi.Context, name string, in teardownInputs, opts ...pulumi.ResourceOption,
) (*teardownResource, error) {
	inputs := pulumi.Map{"organization": in.Organization, "project": in.Project, "stack": in.Stack}
	if in.Environment != nil {
		inputs["environment"] = in.Environment
	}
	setCloudInputs(inputs, in.APIURL, in.AccessToken)
	teardown := &teardownResource{}
	err := ctx.RegisterResource(TeardownToken, name, inputs, teardown, ownProvider(opts)...)
	return teardown, err
}
