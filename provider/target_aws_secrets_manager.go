package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// AwsSecretsManagerTargetArgs are the inputs of AwsSecretsManagerTarget.
type AwsSecretsManagerTargetArgs struct {
	Destination AwsSecretsManagerDestination `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *AwsSecretsManagerTargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "The place in AWS Secrets Manager.")
	t.annotate(a)
}

// AwsSecretsManagerTarget pushes a value to AWS Secrets Manager from any stack.
type AwsSecretsManagerTarget struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *AwsSecretsManagerTarget) Annotate(a infer.Annotator) {
	a.Describe(&t, "Keeps a value equal in AWS Secrets Manager, from any stack and without Pulumi Deployments.")
	t.annotate(a)
}
