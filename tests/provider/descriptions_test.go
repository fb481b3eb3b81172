package provider_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/assert"
)

// saysDefault finds what a description says of an input that is left out, or when it must not be.
var saysDefault = regexp.MustCompile(`Default: [^ ].*\.|Required, unless `)

// oneOf is in the description of a type that has exactly one of its properties.
const oneOf = "Exactly one property is given."

// Every optional input says what happens without it, and every input says what it is.
func TestEveryOptionalInputSaysItsDefault(t *testing.T) {
	t.Parallel()
	spec := packageSchema(t)
	checked := 0
	check := func(path string, p schema.PropertySpec, required bool) {
		checked++
		assert.NotEmpty(t, p.Description, "%s has no description", path)
		if !required && p.Default == nil {
			assert.Regexp(t, saysDefault, p.Description, "%s does not say its default", path)
		}
	}
	seen := map[string]bool{}
	var walk func(path string, properties map[string]schema.PropertySpec, required []string)
	walk = func(path string, properties map[string]schema.PropertySpec, required []string) {
		for name, p := range properties {
			check(path+"."+name, p, slices.Contains(required, name))
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
			required := inner.Required
			if strings.Contains(inner.Description, oneOf) {
				required = slices.Collect(maps.Keys(inner.Properties))
			}
			walk(name, inner.Properties, required)
		}
	}
	for token, resource := range spec.Resources {
		walk(token, resource.InputProperties, resource.RequiredInputs)
	}
	for token, function := range spec.Functions {
		if function.Inputs != nil {
			walk(token, function.Inputs.Properties, function.Inputs.Required)
		}
	}
	walk("the configuration", spec.Config.Variables, spec.Config.Required)
	assert.Greater(t, checked, 250, "the schema was not read")
}
