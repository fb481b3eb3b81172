package provider

import (
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
)

// registration is what a platform registers its children with.
type registration struct {
	ctx       *pulumi.Context
	component pulumi.ComponentResource
	name      string
	plan      pushPlan
	provider  pulumi.ProviderResource
}

// logical returns the resource name of the child for a key: stable, whatever other keys there are.
func (r *registration) logical(key string) string {
	if key == "" {
		return r.name
	}
	return r.name + "/" + key
}

// options returns what every child gets.
func (r *registration) options(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	opts := []pulumi.ResourceOption{pulumi.Parent(r.component)}
	if r.plan.policy.retain {
		opts = append(opts, pulumi.RetainOnDelete(true))
	}
	if r.provider != nil {
		opts = append(opts, pulumi.Provider(r.provider))
	}
	return append(opts, more...)
}

// secretText is a text as an input: always secret, unknown where a preview does not know it.
func secretText(text document.Text) pulumi.StringOutput {
	if text.Unknown {
		return pulumi.ToSecret(unknownString()).(pulumi.StringOutput)
	}
	return pulumi.ToSecret(pulumi.String(text.Value)).(pulumi.StringOutput)
}

func unknownString() pulumi.StringOutput {
	return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
}

// passedString is a setting that is only passed on; nil where it is not given, so that the provider's default holds.
func passedString(node *document.Node) pulumi.StringPtrInput {
	switch {
	case node == nil:
		return nil
	case node.Kind == document.Unknown:
		return unknownString().ToStringPtrOutput()
	case node.Secret:
		return pulumi.ToSecret(pulumi.String(node.Text)).(pulumi.StringOutput).ToStringPtrOutput()
	}
	return pulumi.String(node.Text)
}

// passedStrings are tags or labels that are only passed on, together with the mark of ownership.
func passedStrings(nodes map[string]document.Node, mark map[string]string) pulumi.StringMap {
	result := pulumi.StringMap{}
	for key, node := range nodes {
		switch {
		case node.Kind == document.Unknown:
			result[key] = unknownString()
		case node.Secret:
			result[key] = pulumi.ToSecret(pulumi.String(node.Text)).(pulumi.StringOutput)
		default:
			result[key] = pulumi.String(node.Text)
		}
	}
	maps.Copy(result, pulumi.ToStringMap(mark))
	return result
}
