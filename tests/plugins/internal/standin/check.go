package standin

import (
	"fmt"
	"os"
	"sort"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// checker compares values with the schema, collects all failures, fills in defaults, and marks secrets. Paths are in
// Pulumi's property path syntax. A reason never contains a value.
type checker struct {
	types    map[string]schema.ComplexTypeSpec
	failures []p.CheckFailure
	// config reports whether this is a provider's configuration, whose values may be text, and which may have the engine's
	// keys.
	config bool
	// noDefaults disables defaults.
	noDefaults bool
}

func (c *checker) fail(path, format string, args ...any) {
	c.failures = append(c.failures, p.CheckFailure{Property: path, Reason: fmt.Sprintf(format, args...)})
}

// object checks the top level of a resource's, function's or provider's inputs.
func (c *checker) object(
	inputs property.Map, specs map[string]schema.PropertySpec, required []string,
) property.Map {
	return c.fields("", inputs, specs, required)
}

func (c *checker) fields(
	path string, inputs property.Map, specs map[string]schema.PropertySpec, required []string,
) property.Map {
	out := map[string]property.Value{}
	for key, value := range inputs.AllStable {
		spec, known := specs[key]
		switch {
		case value.IsNull():
		case !known && c.config:
			out[key] = value
		case !known:
			c.fail(join(path, key), "unrecognized property '%s'", key)
		default:
			checked := c.value(join(path, key), value, spec.TypeSpec)
			if spec.Secret {
				checked = checked.WithSecret(true)
			}
			out[key] = checked
		}
	}
	for _, key := range sortedKeys(specs) {
		if _, set := out[key]; set {
			continue
		}
		if value, ok := defaultOf(specs[key]); ok && !c.noDefaults {
			out[key] = value.WithSecret(specs[key].Secret)
		}
	}
	for _, key := range required {
		if _, set := out[key]; !set {
			c.fail(join(path, key), "missing required property '%s'", key)
		}
	}
	return property.NewMap(out)
}

// value checks one value. It keeps secret and unknown values as they are.
func (c *checker) value(path string, v property.Value, spec schema.TypeSpec) property.Value {
	if v.IsComputed() || v.IsNull() || c.config {
		return v
	}
	switch {
	case strings.HasPrefix(spec.Ref, "#/types/"):
		return c.reference(path, v, strings.TrimPrefix(spec.Ref, "#/types/"))
	case spec.Ref == "pulumi.json#/Asset":
		// Providers accept text instead of an asset.
		c.expect(path, "asset", v.IsAsset() || v.IsString())
	case spec.Ref != "":
		return v
	case spec.Type == "array":
		return c.array(path, v, spec)
	case spec.Type == "object":
		return c.mapping(path, v, spec)
	case spec.Type == "string":
		c.expect(path, "string", v.IsString())
	case spec.Type == "boolean":
		c.expect(path, "boolean", v.IsBool())
	case spec.Type == "integer":
		c.expect(path, "integer", v.IsNumber() && v.AsNumber() == float64(int64(v.AsNumber())))
	case spec.Type == "number":
		c.expect(path, "number", v.IsNumber())
	}
	return v
}

func (c *checker) expect(path, kind string, ok bool) {
	if !ok {
		c.fail(path, "expected a value of type %s", kind)
	}
}

func (c *checker) reference(path string, v property.Value, token string) property.Value {
	spec, ok := c.types[token]
	switch {
	case !ok:
		c.fail(path, "the schema has no type %s", token)
		return v
	case len(spec.Enum) > 0:
		// Like in the published providers, the service checks unknown members of an enum.
		return c.value(path, v, schema.TypeSpec{Type: spec.Type})
	case !v.IsMap():
		c.expect(path, "object", false)
		return v
	}
	return property.WithGoValue(v, c.fields(path, v.AsMap(), spec.Properties, spec.Required))
}

func (c *checker) array(path string, v property.Value, spec schema.TypeSpec) property.Value {
	if !v.IsArray() {
		c.expect(path, "array", false)
		return v
	}
	var items []property.Value
	for i, item := range v.AsArray().All {
		if spec.Items != nil {
			item = c.value(fmt.Sprintf("%s[%d]", path, i), item, *spec.Items)
		}
		items = append(items, item)
	}
	return property.WithGoValue(v, property.NewArray(items))
}

func (c *checker) mapping(path string, v property.Value, spec schema.TypeSpec) property.Value {
	if !v.IsMap() {
		c.expect(path, "object", false)
		return v
	}
	entries := map[string]property.Value{}
	for key, entry := range v.AsMap().AllStable {
		if spec.AdditionalProperties != nil {
			entry = c.value(join(path, key), entry, *spec.AdditionalProperties)
		}
		entries[key] = entry
	}
	return property.WithGoValue(v, property.NewMap(entries))
}

// defaultOf returns the default of a property, first from the environment, like the SDKs.
func defaultOf(spec schema.PropertySpec) (property.Value, bool) {
	if spec.DefaultInfo != nil {
		for _, name := range spec.DefaultInfo.Environment {
			if text := os.Getenv(name); text != "" && spec.Type == "string" {
				return property.New(text), true
			}
		}
	}
	if spec.Default == nil {
		return property.Value{}, false
	}
	return fromPlain(spec.Default), true
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
