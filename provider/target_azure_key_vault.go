package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// AzureKeyVaultTargetArgs are the inputs of AzureKeyVaultTarget.
type AzureKeyVaultTargetArgs struct {
	Destination AzureKeyVaultDestination `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *AzureKeyVaultTargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "The place in Azure Key Vault.")
	t.annotate(a)
}

// AzureKeyVaultTarget pushes a value to Azure Key Vault from any stack.
type AzureKeyVaultTarget struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *AzureKeyVaultTarget) Annotate(a infer.Annotator) {
	a.Describe(&t, "Keeps a value equal in Azure Key Vault, from any stack and without Pulumi Deployments.")
	t.annotate(a)
}
