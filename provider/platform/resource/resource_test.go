package resource

import (
	"maps"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestProblemsAreReportedAtOnce(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		more  object
		value any
		want  []string
	}{
		"nothing given": {object{"type": nil, "properties": nil}, object{"a": "1"}, []string{
			"destination.properties: required, but not given", "destination.type: required, but not given",
		}},
		"everything wrong": {object{
			"type": "gitlab:ProjectVariable", "version": "latest", "properties": object{"a": "{nam}"}, "importId": "x:{value}",
			"name": object{"pattern": "["}, "maxBytes": 0, "place": "{env.A}/{GITLAB}", "ownership": object{"property": "a[0]"},
		}, object{"a": "1"}, []string{
			"destination.importId: has the unknown placeholder {value}; the known ones are {name}, {key}, {keys...}, " +
				"{env.NAME}, {config.package:name}. Write {{value}} for the literal text",
			"destination.maxBytes: must be at least 1",
			"destination.name.pattern: must be a regular expression in Go syntax (https://pkg.go.dev/regexp/syntax)",
			"destination.ownership.property: must be the path of a property, such as tags.managedBy",
			"destination.place: has the unknown placeholder {GITLAB}; the known ones are {env.NAME}, " +
				"{config.package:name}. Write {{GITLAB}} for the literal text",
			"destination.properties.a: has the unknown placeholder {nam}; the known ones are {name}, {key}, {keys...}, " +
				"{value}, {value:text}, {value:json}, {value:base64}. Write {{nam}} for the literal text",
			"destination.type: must be a resource type from the provider's schema, such as " +
				"gitlab:index/projectVariable:ProjectVariable",
			"destination.version: must be the version of a plugin, such as 8.11.0",
			"value.a: has 1 bytes, and the platform accepts at most 0 (destination.resource.maxBytes)",
		}},
		"bytes in a text": {object{"keys": object{"binary": []any{"*.jks"}}}, object{"a.jks": "/u3+7Q=="}, []string{
			"destination.keys.binary: pushes bytes, which need {value:base64}: leave it out, so that the base64 " +
				"text is pushed as it is, or write {value:base64} for every value in properties",
		}},
		"no base64": {object{
			"properties": object{"key": "{name}", "value": "{value:base64}"}, "keys": object{"binary": []any{"a"}},
		}, object{"a": "hunter2"}, []string{
			"value.a: is not base64: it must have the standard alphabet with + and /, padding and no spaces; or leave it out " +
				"of keys.binary",
		}},
		"one resource for all keys": {object{"properties": object{"v": "{value}"}}, object{"a": "1"}, []string{
			"destination.properties: must contain {name} somewhere: only names are checked and unique",
		}},
		"one secret without its name": {object{
			"properties": object{"k": "app", "v": "{value}"}, "importId": "app", "name": object{"exact": "app"},
		}, "1", []string{
			"destination.importId: must contain {name}: only names are checked and unique",
			"destination.properties: must contain {name} somewhere: only names are checked and unique",
		}},
		"keys in place of names": {object{
			"properties": object{"path": "shop/{keys...}", "k": "{key}", "v": "{value}"}, "importId": "{key}",
		}, object{"a": object{"b": "1"}}, []string{
			"destination.importId: must contain {name}: only names are checked and unique",
			"destination.properties: must contain {name} somewhere: only names are checked and unique",
		}},
		"keys of a map that become one": {object{
			"properties": object{"data": []any{object{"{name}": "{value}", "type": "opaque", "key": "{name}"}}},
		}, object{"key": "1", "type": "2", "x": "3"}, []string{
			`destination.properties.data[0]: has the keys "key" and "{name}", which both become "key" for the secret key: ` +
				"rename one of them, or the secret in keys.rename",
			`destination.properties.data[0]: has the keys "type" and "{name}", which both become "type" for the secret type: ` +
				"rename one of them, or the secret in keys.rename",
		}},
		"a mark that a name would be": {object{
			"properties": object{"tags": object{"{name}": "{value}"}}, "importId": "{name}",
			"ownership": object{"property": "tags.by"},
		}, object{"by": "1"}, []string{
			`destination.properties.tags: has the keys "by" and "{name}", which both become "by" for the secret by: rename ` +
				"one of them, or the secret in keys.rename",
		}},
		"no value": {object{"properties": object{"v": "{name}"}, "importId": "x"}, object{"a": "1"}, []string{
			"destination.importId: must contain {name}: only names are checked and unique",
			"destination.properties: must contain {value} somewhere, or nothing is pushed",
		}},
		"names and sizes": {object{"name": object{"pattern": "[a-z]{1,3}"}, "maxBytes": 2}, object{"a": "123", "b-b": "1"},
			[]string{
				"value.a: has 3 bytes, and the platform accepts at most 2 (destination.resource.maxBytes)",
				`value.b-b: the name "b-b", made of key "b-b", is not allowed: it does not match name.pattern ` +
					"(destination.resource): rename it with keys.rename or keys.template, or exclude it",
			}},
		"collisions": {object{"name": object{"fold": true}}, object{"a": "1", "A": "2"}, []string{
			`value: the keys A, a all become the name "A": exclude all but one, or give the others a name in keys.rename`,
		}},
		"a name for every key": {object{"name": object{"exact": "x"}, "mapping": "perKey"}, object{"a": "1"}, []string{
			"destination.name.exact: is the name of one secret, but with perKey every key becomes a secret: leave it " +
				"out, and put text before every key with keys.template, such as shop_{key}",
		}},
		"no name for one": {object{"mapping": "json"}, object{"a": "1"}, []string{
			"destination.name.exact: required with the mapping json, but not given",
		}},
		"a mark that is given": {object{
			"properties": object{"k": "{name}", "v": "{value}", "tags": object{"by": "me"}},
			"ownership":  object{"property": "tags.by"},
		}, object{"a": "1"}, []string{
			"destination.importId: required with ownership, to read the tag back",
			"destination.ownership.property: is in properties too: leave it out there, because the sync sets it",
		}},
		"a mark below a text": {object{"importId": "{name}", "ownership": object{"property": "value.by"}}, object{"a": "1"},
			[]string{"destination.ownership.property: lies below value, which is a string in properties"}},
		"a provider of Terraform": {object{
			"version": nil, "terraformProvider": object{"source": "tfe", "version": "~> 0.7"},
		}, object{"a": "1"}, []string{
			"destination.terraformProvider.source: must be the source of a Terraform provider, such as hashicorp/tfe",
			"destination.terraformProvider.version: must be the version of a plugin, such as 8.11.0",
			"destination.version: required with terraformProvider: the version of the plugin terraform-provider",
		}},
		"a setting that does not exist": {object{"propertys": object{}}, object{"a": "1"}, []string{
			`destination.propertys: there is no such setting; did you mean "properties"?`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			destination := variable(test.more)
			maps.DeleteFunc(destination, func(_ string, value any) bool { return value == nil })
			run := construct(t, targettest.Case{Type: "ResourceTarget", Preview: true, Inputs: map[string]property.Value{
				"destination": props(t, destination), "value": props(t, test.value),
			}})
			assert.Equal(t, test.want, run.Problems(t))
			assert.Empty(t, run.Children)
		})
	}
}

// gitlab is a provider that the program passes, so no plugin is started.
var gitlab = map[tokens.Package]p.ProviderReference{"gitlab": {
	Urn: "urn:pulumi:dev::shop::pulumi:providers:gitlab::mine", ID: "1",
}}

func TestWhatAPreviewDoesNotKnow(t *testing.T) {
	t.Parallel()
	computed := property.New(property.Computed)
	for name, test := range map[string]struct {
		setting string
		value   property.Value
		pushed  bool
	}{
		"a property": {"properties", property.New(map[string]property.Value{
			"project": computed, "key": property.New("{name}"), "value": property.New("{value}"),
		}), true},
		"all properties": {"properties", computed, false},
		"the type":       {"type", computed, false},
		"the place":      {"place", computed, false},
		"the id":         {"importId", computed, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			destination := props(t, variable(nil)).AsMap().Set(test.setting, test.value)
			run := construct(t, targettest.Case{
				Type: "ResourceTarget", Preview: true, Providers: gitlab, Inputs: map[string]property.Value{
					"destination": property.New(destination),
					"value":       property.New(map[string]property.Value{"a": computed}),
				},
			})
			require.NoError(t, run.Err)
			require.Equal(t, test.pushed, len(run.Children) == 1)
			if test.pushed {
				child := run.Child(t, "gitlab:index/projectVariable:ProjectVariable", "a")
				assert.Equal(t, property.New("a"), child.Input("key"))
				assert.Equal(t, computed.WithSecret(true), child.Input("value"))
				assert.Equal(t, computed, child.Input("project"))
			}
		})
	}
}
