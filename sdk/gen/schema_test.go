package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The generators derive types with these endings from others, so such names would clash.
func TestNoTypeClashesWithGeneratedNames(t *testing.T) {
	t.Parallel()
	spec, err := readSchema(filepath.Join("..", "..", "schema.json"), testVersion)
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string]bool{}
	for token := range spec.Types {
		tokens[token] = true
	}
	for token := range spec.Resources {
		if tokens[token] {
			t.Errorf("%s is a resource and a type", token)
		}
		tokens[token] = true
	}
	for token := range tokens {
		name := token[strings.LastIndex(token, ":")+1:]
		for _, ending := range []string{"Args", "Input", "Output", "Array", "Map", "Ptr", "Result", "State"} {
			if strings.HasSuffix(name, ending) {
				t.Errorf("the type %s ends in %s, as generated types do: rename it", token, ending)
			}
		}
		// C# refuses a class with the name of a part of its namespace, Escsync.Pulumi.
		if name == "Escsync" || name == "Pulumi" || name == "Provider" {
			t.Errorf("the type %s has the name of a namespace or of the provider: rename it", token)
		}
	}
}

// keywords are those of Python and Java, in which a property's name becomes that of an argument or a method. In the
// other languages it becomes a field, which may have any name or begins with a capital.
const keywords = "and as assert async await break class continue def del elif else except finally for from global if import " +
	"in is lambda nonlocal not or pass raise return try while with yield abstract boolean byte case catch char const " +
	"default do double enum extends final float goto implements instanceof int interface long native new package private " +
	"protected public short static strictfp super switch synchronized this throw throws transient void volatile"

func TestNoPropertyHasAReservedName(t *testing.T) {
	t.Parallel()
	spec, err := readSchema(filepath.Join("..", "..", "schema.json"), testVersion)
	if err != nil {
		t.Fatal(err)
	}
	reserved := map[string]bool{}
	for _, word := range strings.Fields(keywords) {
		reserved[word] = true
	}
	check := func(where string, properties map[string]schema.PropertySpec) {
		for name, property := range properties {
			if reserved[name] {
				t.Errorf("%s.%s: the name is a keyword of Python or Java: rename it", where, name)
			}
			if property.Description == "" {
				t.Errorf("%s.%s has no description", where, name)
			}
		}
	}
	for token, resource := range spec.Resources {
		check(token, resource.InputProperties)
		check(token, resource.Properties)
	}
	for token, spec := range spec.Types {
		check(token, spec.Properties)
		if len(spec.Enum) == 0 && spec.Type != "object" {
			t.Errorf("%s is neither an object nor an enum", token)
		}
		for _, value := range spec.Enum {
			if value.Description == "" || value.Name == "" {
				t.Errorf("%s: the value %v needs a name and a description", token, value.Value)
			}
		}
	}
}
