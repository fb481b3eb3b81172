package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/asset"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

// inputsOf parses inputs in YAML. It supports three tags: !secret, !unknown for a value unknown at preview, and !asset.
func inputsOf(t *testing.T, text string) property.Map {
	t.Helper()
	var document yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(text), &document))
	if len(document.Content) == 0 {
		return property.Map{}
	}
	return valueOf(t, document.Content[0]).AsMap()
}

func valueOf(t *testing.T, node *yaml.Node) property.Value {
	t.Helper()
	switch node.Tag {
	case "!unknown":
		return property.New(property.Computed)
	case "!asset":
		text, err := asset.FromText(node.Value)
		require.NoError(t, err)
		return property.New(text)
	case "!secret":
		plain := *node
		plain.Tag = ""
		return valueOf(t, &plain).WithSecret(true)
	}
	switch node.Kind { //nolint:exhaustive // everything else is a scalar
	case yaml.MappingNode:
		object := map[string]property.Value{}
		for i := 0; i < len(node.Content); i += 2 {
			object[node.Content[i].Value] = valueOf(t, node.Content[i+1])
		}
		return property.New(object)
	case yaml.SequenceNode:
		list := make([]property.Value, 0, len(node.Content))
		for _, item := range node.Content {
			list = append(list, valueOf(t, item))
		}
		return property.New(list)
	}
	return scalarOf(t, node)
}

func scalarOf(t *testing.T, node *yaml.Node) property.Value {
	t.Helper()
	var value any
	require.NoError(t, node.Decode(&value))
	switch v := value.(type) {
	case nil:
		return property.Value{}
	case bool:
		return property.New(v)
	case int:
		return property.New(float64(v))
	case float64:
		return property.New(v)
	case string:
		return property.New(v)
	}
	require.Failf(t, "no value for this", "%s", node.Value)
	return property.Value{}
}
