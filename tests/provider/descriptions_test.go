package provider_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/assert"
)

// Every input has a description, which mentions a default only if there is one.
func TestEveryInputIsDescribed(t *testing.T) {
	t.Parallel()
	spec := packageSchema(t)
	checked := 0
	check := func(path string, p schema.PropertySpec) {
		checked++
		assert.NotEmpty(t, p.Description, "%s has no description", path)
		assert.NotContains(t, p.Description, "Default: none", path)
	}
	seen := map[string]bool{}
	var walk func(path string, properties map[string]schema.PropertySpec)
	walk = func(path string, properties map[string]schema.PropertySpec) {
		for name, p := range properties {
			check(path+"."+name, p)
			typ := p.TypeSpec
			if typ.Items != nil {
				typ = *typ.Items
			}
			name, isType := strings.CutPrefix(typ.Ref, "#/types/")
			inner := spec.Types[name]
			if !isType || seen[name] || len(inner.Enum) > 0 {
				continue
			}
			seen[name] = true
			walk(name, inner.Properties)
		}
	}
	for token, resource := range spec.Resources {
		walk(token, resource.InputProperties)
	}
	for token, function := range spec.Functions {
		if function.Inputs != nil {
			walk(token, function.Inputs.Properties)
		}
	}
	walk("the configuration", spec.Config.Variables)
	assert.Greater(t, checked, 200, "the schema was not read")
}
