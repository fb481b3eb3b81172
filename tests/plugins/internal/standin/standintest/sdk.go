package standintest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Binds requires that Pulumi's own binder accepts the plugin's schema.
func Binds(t *testing.T, plugin standin.Plugin) {
	t.Helper()
	spec, err := plugin.PackageSpec()
	require.NoError(t, err)
	_, err = schema.ImportSpec(spec, nil, schema.NewNullLoader(), schema.ValidationOptions{AllowDanglingReferences: false})
	require.NoError(t, err)
}

// SameInputs compares the inputs of a resource in the plugin's schema with the arguments of its published Go SDK:
// names, types, and which are required. The stand-in may omit the inputs in leftOut.
func SameInputs(t *testing.T, plugin standin.Plugin, token string, args pulumi.Input, leftOut ...string) {
	t.Helper()
	spec, err := plugin.PackageSpec()
	require.NoError(t, err)
	resource, ok := spec.Resources[token]
	require.True(t, ok, "the schema has no resource %s", token)
	c := comparison{types: spec.Types}
	c.fields(token, resource.InputProperties, resource.RequiredInputs, args.ElementType(), leftOut)
	for _, difference := range c.differences {
		assert.Fail(t, difference)
	}
}

type comparison struct {
	types       map[string]schema.ComplexTypeSpec
	differences []string
	path        []reflect.Type
}

func (c *comparison) differ(format string, args ...any) {
	c.differences = append(c.differences, fmt.Sprintf(format, args...))
}

func (c *comparison) fields(
	at string, specs map[string]schema.PropertySpec, required []string, args reflect.Type, leftOut []string,
) {
	if args.Kind() == reflect.Pointer {
		args = args.Elem()
	}
	if slices.Contains(c.path, args) {
		return
	}
	c.path = append(c.path, args)
	defer func() { c.path = c.path[:len(c.path)-1] }()
	inSDK := map[string]bool{}
	for field := range args.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("pulumi"), ",")
		inSDK[name] = true
		spec, ok := specs[name]
		switch {
		case slices.Contains(leftOut, name):
			continue
		case !ok:
			c.differ("%s: the SDK has %s, the schema has not", at, name)
			continue
		}
		switch field.Type.Kind() {
		case reflect.Pointer:
			if slices.Contains(required, name) {
				c.differ("%s.%s: optional in the SDK, required in the schema", at, name)
			}
		case reflect.String, reflect.Bool, reflect.Int, reflect.Float64, reflect.Struct:
			if !slices.Contains(required, name) {
				c.differ("%s.%s: required in the SDK, optional in the schema", at, name)
			}
		default:
			// A slice, a map and an interface do not show whether they are required.
		}
		c.value(at+"."+name, spec.TypeSpec, field.Type)
	}
	for name := range specs {
		if !inSDK[name] {
			c.differ("%s: the schema has %s, the SDK has not", at, name)
		}
	}
}

func (c *comparison) value(at string, spec schema.TypeSpec, args reflect.Type) {
	if args.Kind() == reflect.Pointer {
		args = args.Elem()
	}
	switch {
	case strings.HasPrefix(spec.Ref, "#/types/"):
		referred := c.types[strings.TrimPrefix(spec.Ref, "#/types/")]
		if len(referred.Enum) > 0 {
			spec = schema.TypeSpec{Type: referred.Type}
			break
		}
		if args.Kind() != reflect.Struct {
			c.differ("%s: an object in the schema, a %s in the SDK", at, args)
			return
		}
		c.fields(at, referred.Properties, referred.Required, args, nil)
		return
	case spec.Ref != "":
		if args.Kind() != reflect.Interface {
			c.differ("%s: %s in the schema, a %s in the SDK", at, spec.Ref, args)
		}
		return
	}
	wanted := map[string]reflect.Kind{
		"string": reflect.String, "boolean": reflect.Bool, "integer": reflect.Int, "number": reflect.Float64,
		"array": reflect.Slice, "object": reflect.Map,
	}[spec.Type]
	if args.Kind() != wanted {
		c.differ("%s: a %s in the schema, a %s in the SDK", at, spec.Type, args)
		return
	}
	switch {
	case spec.Type == "array" && spec.Items != nil:
		c.value(at+"[]", *spec.Items, args.Elem())
	case spec.Type == "object" && spec.AdditionalProperties != nil:
		c.value(at+"{}", *spec.AdditionalProperties, args.Elem())
	}
}
