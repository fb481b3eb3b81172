// Package schemacheck checks a resource's inputs against the package's own schema: required properties, unknown ones,
// types and enum values, at any depth. The framework makes none of these checks for component resources, so that a
// misspelled property would be silently ignored.
package schemacheck

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/nearest"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

const typeRefPrefix = "#/types/"

// Inputs reports everything in which inputs do not match the input properties of the resource with the given token.
// Unknown values match every type, and secretness is ignored. A reason never contains a given value.
//
// An empty text is refused: it is not a name, path or choice, and usually comes from an unset variable. It is allowed
// for properties named in mayBeEmpty, for values of dictionaries, and if the schema accepts any type.
func Inputs(spec *schema.PackageSpec, token string, inputs property.Map, mayBeEmpty ...string) problem.List {
	resource, ok := spec.Resources[token]
	if !ok {
		var problems problem.List
		problems.Add(problem.Path{}, "the schema has no resource %s", token)
		return problems
	}
	c := checker{spec: spec, mayBeEmpty: mayBeEmpty}
	c.object(problem.Path{}, resource.InputProperties, resource.RequiredInputs, inputs)
	return c.problems
}

type checker struct {
	spec       *schema.PackageSpec
	mayBeEmpty []string
	problems   problem.List
}

func (c *checker) object(
	path problem.Path, properties map[string]schema.PropertySpec, required []string, object property.Map,
) {
	for _, name := range required {
		if v := object.Get(name); v.IsNull() {
			c.problems.Add(path.Key(name), "required, but not given")
		}
	}
	for name, value := range object.AllStable {
		spec, ok := properties[name]
		switch {
		case ok && isEmpty(value) && isText(spec.TypeSpec) && !slices.Contains(c.mayBeEmpty, name):
			if slices.Contains(required, name) {
				c.problems.Add(path.Key(name), "must not be empty")
			} else {
				c.problems.Add(path.Key(name), "must not be empty: leave it out to use the default")
			}
		case ok:
			c.value(path.Key(name), spec.TypeSpec, value)
		case !value.IsNull():
			c.problems.Add(path.Key(name), "%s", c.unknownProperty(name, properties))
		}
	}
}

func (c *checker) value(path problem.Path, spec schema.TypeSpec, value property.Value) {
	if value.IsNull() || value.IsComputed() {
		return
	}
	if name, ok := strings.CutPrefix(spec.Ref, typeRefPrefix); ok {
		c.named(path, name, value)
		return
	}
	if spec.Ref != "" { // pulumi.json#/Any and the like accept everything
		return
	}
	switch spec.Type {
	case "string":
		if c.expect(path, "a string", value, value.IsString()) && strings.ContainsRune(value.AsString(), 0) {
			c.problems.Add(path, "must not contain a NUL byte: names, commands and environment variables cannot")
		}
	case "boolean":
		c.expect(path, "a boolean", value, value.IsBool())
	case "number":
		c.expect(path, "a number", value, value.IsNumber())
	case "integer":
		whole := value.IsNumber() && value.AsNumber() == float64(int64(value.AsNumber()))
		c.expect(path, "a whole number", value, whole)
	case "array":
		c.list(path, spec, value)
	case "object":
		c.dictionary(path, spec, value)
	}
}

func isEmpty(value property.Value) bool { return value.IsString() && value.AsString() == "" }

// isText reports whether a type is a text. The values of enums are checked elsewhere.
func isText(spec schema.TypeSpec) bool { return spec.Ref == "" && spec.Type == "string" }

func (c *checker) list(path problem.Path, spec schema.TypeSpec, value property.Value) {
	if !c.expect(path, "a list", value, value.IsArray()) || spec.Items == nil {
		return
	}
	for i, item := range value.AsArray().All {
		if item.IsNull() {
			c.problems.Add(path.Index(i), "must not be null")
			continue
		}
		if isEmpty(item) && isText(*spec.Items) {
			c.problems.Add(path.Index(i), "must not be empty")
			continue
		}
		c.value(path.Index(i), *spec.Items, item)
	}
}

func (c *checker) dictionary(path problem.Path, spec schema.TypeSpec, value property.Value) {
	if !c.expect(path, "an object", value, value.IsMap()) || spec.AdditionalProperties == nil {
		return
	}
	for key, item := range value.AsMap().AllStable {
		c.value(path.Key(key), *spec.AdditionalProperties, item)
	}
}

func (c *checker) named(path problem.Path, name string, value property.Value) {
	typ, ok := c.spec.Types[name]
	switch {
	case !ok:
		c.problems.Add(path, "the schema has no type %s", name)
	case len(typ.Enum) > 0:
		c.enum(path, typ, value)
	case c.expect(path, "an object", value, value.IsMap()):
		c.object(path, typ.Properties, typ.Required, value.AsMap())
	}
}

func (c *checker) enum(path problem.Path, typ schema.ComplexTypeSpec, value property.Value) {
	if !c.expect(path, "a string", value, value.IsString()) {
		return
	}
	allowed := make([]string, 0, len(typ.Enum))
	for _, e := range typ.Enum {
		allowed = append(allowed, fmt.Sprint(e.Value))
	}
	if !slices.Contains(allowed, value.AsString()) {
		c.problems.Add(path, "must be one of %s", strings.Join(allowed, ", "))
	}
}

func (c *checker) expect(path problem.Path, what string, value property.Value, ok bool) bool {
	if !ok {
		c.problems.Add(path, "must be %s, not %s", what, kind(value))
	}
	return ok
}

func kind(v property.Value) string {
	switch {
	case v.IsString():
		return "a string"
	case v.IsBool():
		return "a boolean"
	case v.IsNumber():
		return "a number"
	case v.IsArray():
		return "a list"
	case v.IsMap():
		return "an object"
	case v.IsAsset(), v.IsArchive():
		return "an asset"
	case v.IsResourceReference():
		return "a resource"
	default:
		return "another type"
	}
}

func (c *checker) unknownProperty(name string, properties map[string]schema.PropertySpec) string {
	known := make([]string, 0, len(properties))
	var nested []string
	for k, property := range properties {
		known = append(known, k)
		for inner := range c.spec.Types[strings.TrimPrefix(property.Ref, typeRefPrefix)].Properties {
			nested = append(nested, k+"."+inner)
		}
	}
	sort.Strings(known)
	sort.Strings(nested)
	if near := nearest.Name(name, known, nested...); near != "" {
		return fmt.Sprintf("there is no such property; did you mean %q?", near)
	}
	return "there is no such property; there are " + strings.Join(known, ", ")
}
