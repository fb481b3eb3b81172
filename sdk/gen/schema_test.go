package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// Types named with these endings clash with the types that the generators make of others.
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
		// C# refuses a class named as a part of its namespace, Escsync.Pulumi.
		if name == "Escsync" || name == "Pulumi" || name == "Provider" {
			t.Errorf("the type %s has the name of a namespace or of the provider: rename it", token)
		}
	}
}

// Words that are reserved in one of the languages, as the name of a property there.
func TestNoPropertyHasAReservedName(t *testing.T) {
	t.Parallel()
	spec, err := readSchema(filepath.Join("..", "..", "schema.json"), testVersion)
	if err != nil {
		t.Fatal(err)
	}
	reserved := map[string]bool{}
	for _, word := range strings.Fields("and as assert async await break case catch class const continue def default del do " +
		"elif else enum except export extends false finally for from func function global go goto id if implements " +
		"import in instanceof interface internal is lambda map namespace new nil none nonlocal not null object or out " +
		"package params pass private protected public raise range return self static struct super switch this " +
		"throw true try type urn using var void while with yield") {
		reserved[word] = true
	}
	check := func(where string, properties map[string]schema.PropertySpec) {
		for name, property := range properties {
			if reserved[name] {
				t.Errorf("%s.%s: the name is reserved in a language", where, name)
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
