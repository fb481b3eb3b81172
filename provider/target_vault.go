package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// VaultTargetArgs are the inputs of VaultTarget.
type VaultTargetArgs struct {
	Destination VaultDestination `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *VaultTargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "The place in HashiCorp Vault.")
	t.annotate(a)
}

// VaultTarget pushes a value to HashiCorp Vault from any stack.
type VaultTarget struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *VaultTarget) Annotate(a infer.Annotator) {
	a.Describe(&t, "Keeps a value equal in HashiCorp Vault, from any stack and without Pulumi Deployments.")
	t.annotate(a)
}
