package target

import (
	"maps"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// SecretText returns the text as an input. It is always secret, and unknown if the text is unknown at preview.
func SecretText(text document.Text) pulumi.StringOutput {
	if text.Unknown {
		return pulumi.ToSecret(unknownString()).(pulumi.StringOutput)
	}
	return pulumi.ToSecret(pulumi.String(text.Value)).(pulumi.StringOutput)
}

// SecretBase64 returns the base64 of the text as a secret input, for an input that accepts bytes.
func SecretBase64(text document.Text) pulumi.StringOutput {
	return SecretText(document.Text{Value: text.Base64(), Unknown: text.Unknown})
}

func unknownString() pulumi.StringOutput {
	return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
}

// PassedString returns a setting that is only passed on, or nil if it is not set, so that the provider's default
// applies.
func PassedString(node *document.Node) pulumi.StringPtrInput {
	if node == nil {
		return nil
	}
	return passedScalar(*node).ToStringPtrOutput()
}

// RequiredString returns a required setting that is only passed on. Planning must have checked that it is set.
func RequiredString(node *document.Node) pulumi.StringInput {
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

// PassedTree returns a setting of any kind and depth that is only passed on.
func PassedTree(node document.Node) pulumi.Input {
	var input pulumi.Input
	switch node.Kind {
	case document.Unknown:
		input = pulumi.UnsafeUnknownOutput(nil)
	case document.String:
		input = pulumi.String(node.Text)
	case document.Number:
		number, _ := strconv.ParseFloat(node.Text, 64) // already checked by document.CheckNumbers
		input = pulumi.Float64(number)
	case document.Bool:
		input = pulumi.Bool(node.Text == "true")
	case document.List:
		items := pulumi.Array{}
		for _, item := range node.Items {
			items = append(items, PassedTree(item))
		}
		input = items
	case document.Object:
		fields := pulumi.Map{}
		for key, field := range node.Fields {
			fields[key] = PassedTree(field)
		}
		input = fields
	case document.Null:
		return nil
	}
	if node.Secret {
		return pulumi.ToSecret(input)
	}
	return input
}

// PassedStrings returns tags or labels that are only passed on, merged with the ownership tag, which takes
// precedence.
func PassedStrings(nodes map[string]document.Node, own map[string]string) pulumi.StringMap {
	result := pulumi.StringMap{}
	for key, node := range nodes {
		result[key] = passedScalar(node)
	}
	maps.Copy(result, pulumi.ToStringMap(own))
	return result
}

// PassedMap is PassedStrings without an ownership tag. It returns nil if there are no entries.
func PassedMap(nodes map[string]document.Node) pulumi.StringMapInput {
	if len(nodes) == 0 {
		return nil
	}
	return PassedStrings(nodes, nil)
}
