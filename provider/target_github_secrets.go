package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// GithubSecretsTargetArgs are the inputs of GithubSecretsTarget.
type GithubSecretsTargetArgs struct {
	Destination GithubSecretsDestination `pulumi:"destination"`
	PushedValue
}

// Annotate documents the inputs.
func (t *GithubSecretsTargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Destination, "The place in GitHub.")
	t.annotate(a)
}

// GithubSecretsTarget pushes a value to GitHub from any stack.
type GithubSecretsTarget struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *GithubSecretsTarget) Annotate(a infer.Annotator) {
	a.Describe(&t, "Keeps a value equal in GitHub, from any stack and without Pulumi Deployments.")
	t.annotate(a)
}
