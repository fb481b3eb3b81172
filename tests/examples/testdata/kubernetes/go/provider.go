// Package kubernetes stands in for Pulumi's SDK for Kubernetes. It contains what the example of KubernetesTarget needs
// to compile.
package kubernetes

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// Provider is an explicit provider.
type Provider struct{ pulumi.ProviderResourceState }

// ProviderArgs are its inputs.
type ProviderArgs struct{ EnableSecretMutable pulumi.BoolPtrInput }

// NewProvider registers nothing: the example is compiled, not run.
func NewProvider(*pulumi.Context, string, *ProviderArgs, ...pulumi.ResourceOption) (*Provider, error) {
	return nil, nil
}
