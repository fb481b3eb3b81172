package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// GcpSecretManagerTargetArgs are the inputs of GcpSecretManagerTarget.
type GcpSecretManagerTargetArgs struct {
	Destination GcpSecretManagerDestination `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *GcpSecretManagerTargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "The place in GCP Secret Manager.")
	t.annotate(a)
}

// GcpSecretManagerTarget pushes a value to GCP Secret Manager from any stack.
type GcpSecretManagerTarget struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *GcpSecretManagerTarget) Annotate(a infer.Annotator) {
	a.Describe(&t, "Keeps a value equal in GCP Secret Manager, from any stack and without Pulumi Deployments.")
	t.annotate(a)
}
