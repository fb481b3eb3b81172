package provider

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync"
	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/run"
)

// An editor shows nothing for a property without a description.
func TestEverythingInTheSchemaIsDescribed(t *testing.T) {
	t.Parallel()
	spec := specOf(t)

	all := func(where string, properties map[string]schema.PropertySpec) {
		for name, property := range properties {
			assert.NotEmpty(t, property.Description, "%s.%s", where, name)
		}
	}
	assert.NotEmpty(t, spec.Provider.Description)
	all("provider", spec.Provider.InputProperties)
	all("config", spec.Config.Variables)
	for token, resource := range spec.Resources {
		assert.NotEmpty(t, resource.Description, token)
		all(token, resource.InputProperties)
		all(token, resource.Properties)
	}
	for token, function := range spec.Functions {
		assert.NotEmpty(t, function.Description, token)
		all(token, function.Inputs.Properties)
		all(token, function.ReturnType.ObjectTypeSpec.Properties)
	}
	for token, typ := range spec.Types {
		assert.NotEmpty(t, typ.Description, token)
		all(token, typ.Properties)
		for _, value := range typ.Enum {
			assert.NotEmpty(t, value.Description, "%s %v", token, value.Value)
		}
	}
}

func TestInternalResourcesAreNotPublished(t *testing.T) {
	t.Parallel()
	spec := specOf(t)
	assert.Contains(t, spec.Resources, run.SyncRunToken)
	for _, token := range internal {
		assert.NotContains(t, spec.Resources, token)
		assert.NotContains(t, spec.Functions, token)
	}
}

// The generators and the Registry remove the other languages by Pulumi's own rule.
func TestEveryResourceAndFunctionHasAnExampleInEachLanguage(t *testing.T) {
	t.Parallel()
	spec := specOf(t)

	descriptions := map[string]string{}
	for token, resource := range spec.Resources {
		descriptions[token] = resource.Description
	}
	for token, function := range spec.Functions {
		descriptions[token] = function.Description
	}
	require.Contains(t, descriptions, escsync.Token)
	for token, description := range descriptions {
		for _, language := range []string{"typescript", "python", "go", "csharp", "java", "yaml"} {
			own := codegen.FilterExamples(description, language)
			assert.Contains(t, own, "\n```"+language+"\n", "%s in %s", token, language)
			assert.Equal(t, 2, strings.Count(own, "```"), "%s in %s: one program", token, language)
			assert.NotContains(t, own, "{{%", "%s in %s", token, language)
		}
	}
}

func TestAnEnumThatIsGoneIsNotDescribed(t *testing.T) {
	t.Parallel()
	_, err := describeAll(`{"name": "escsync"}`, platform.All)
	assert.ErrorContains(t, err, "remove its text")
}

// SDKs fill in a default in the schema. Below the first level, this makes the whole object one output, which is unknown
// if any part of it is. In the inputs of a provider, the default of a variable would be stored in the state.
func TestDefaultsAreWhereTheyChangeNothing(t *testing.T) {
	t.Parallel()
	spec := specOf(t)
	for token, typ := range spec.Types {
		for name, property := range typ.Properties {
			assert.Nil(t, property.Default, "%s.%s", token, name)
		}
	}
	for name, input := range spec.Provider.InputProperties {
		assert.Nil(t, input.DefaultInfo, "an input of a provider: %s", name)
		require.NotNil(t, spec.Config.Variables[name].DefaultInfo, name)
		for _, variable := range spec.Config.Variables[name].DefaultInfo.Environment {
			assert.Contains(t, input.Description, "`"+variable+"`", name)
		}
	}
}
