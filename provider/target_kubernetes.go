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
	a.Describe(&t, "Keeps a value equal in Kubernetes, from any stack and without Pulumi Deployments.\n\n"+
		kubernetesProviderText)
	t.annotate(a)
}

// kubernetesProviderText tells whoever uses a target without EscSync, which sets the same for its own runs (see
// pulumiConfig in internal/syncplan), what the Kubernetes provider has to be told.
const kubernetesProviderText = "In a stack of your own the Kubernetes provider deletes the object and makes it anew " +
	"when a value changes, unless it is told to change objects in place: `pulumi config set " +
	"kubernetes:enableSecretMutable true`, and `kubernetes:enableConfigMapMutable` for the kind `ConfigMap`. With " +
	"`adopt: All` it also needs `kubernetes:upsertExistingObjects`. An explicit provider takes them as inputs of the " +
	"same names. An `EscSync` sets them for its own runs."
