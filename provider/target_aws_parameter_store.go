package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// AwsParameterStoreTargetArgs are the inputs of AwsParameterStoreTarget.
type AwsParameterStoreTargetArgs struct {
	Destination AwsParameterStoreDestination `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *AwsParameterStoreTargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "The place in AWS Systems Manager Parameter Store.")
	t.annotate(a)
}

// AwsParameterStoreTarget pushes a value to AWS Systems Manager Parameter Store from any stack.
type AwsParameterStoreTarget struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *AwsParameterStoreTarget) Annotate(a infer.Annotator) {
	a.Describe(&t, "Keeps a value equal in AWS Systems Manager Parameter Store, from any stack and without Pulumi "+
		"Deployments.")
	t.annotate(a)
}
