package provider

import (
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
)

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
	if node == nil {
		return nil
	}
	return passedScalar(*node).ToStringPtrOutput()
}

// requiredString is a setting that is only passed on and that planning has found to be given.
func requiredString(node *document.Node) pulumi.StringInput {
	if node == nil {
		return pulumi.String("")
	}
	return passedScalar(*node)
}

func passedScalar(node document.Node) pulumi.StringOutput {
	switch {
	case node.Kind == document.Unknown:
		return unknownString()
	case node.Secret:
		return pulumi.ToSecret(pulumi.String(node.Text)).(pulumi.StringOutput)
	}
	return pulumi.String(node.Text).ToStringOutput()
}

// passedStrings are tags or labels that are only passed on, together with the mark of ownership, which wins.
func passedStrings(nodes map[string]document.Node, mark map[string]string) pulumi.StringMap {
	result := pulumi.StringMap{}
	for key, node := range nodes {
		result[key] = passedScalar(node)
	}
	maps.Copy(result, pulumi.ToStringMap(mark))
	return result
}

// passedMap is the same without a mark: nil where there is nothing.
func passedMap(nodes map[string]document.Node) pulumi.StringMapInput {
	if len(nodes) == 0 {
		return nil
	}
	return passedStrings(nodes, nil)
}
