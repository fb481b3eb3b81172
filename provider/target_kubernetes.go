package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// KubernetesTargetArgs are the inputs of KubernetesTarget.
type KubernetesTargetArgs struct {
	Destination KubernetesDestination `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *KubernetesTargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "The place in Kubernetes.")
	t.annotate(a)
}

// KubernetesTarget pushes a value to Kubernetes from any stack.
type KubernetesTarget struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *KubernetesTarget) Annotate(a infer.Annotator) {
	a.Describe(&t, "Keeps a value equal in Kubernetes, from any stack and without Pulumi Deployments.")
	t.annotate(a)
}
