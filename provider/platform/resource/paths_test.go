package resource

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestAtProperty(t *testing.T) {
	t.Parallel()
	for property, want := range map[string]string{
		"": "p", "value": "p.value", "keys[0].path": "p.keys[0].path", `data["a.b"]`: `p.data["a.b"]`, "[": `p["["]`,
	} {
		assert.Equal(t, want, atProperty(problem.At("p"), property).String(), property)
	}
}

func TestWhatMayBeIgnored(t *testing.T) {
	t.Parallel()
	const reaches = "destination.ignoreChanges[0]: covers a placeholder or the ownership tag, so a change in ESC " +
		"would never be pushed: list only properties without them"
	for path, want := range map[string]string{
		"other": "", "tags.a": "", `more["{y}"]`: "", "list[1]": "", "value2": "",
		"*": reaches, `["*"]`: reaches, "key": reaches, "list": reaches, "list[0].v": reaches, "list[*].v.deeper": reaches,
		"tags": reaches, `tags["by"]`: reaches, "data.any": reaches, "path[7]": reaches,
		"a[": "destination.ignoreChanges[0]: must be the path of a property, such as tags.managedBy",
	} {
		var problems problem.List
		d := resource{ownership: "tags.by", ignoreChanges: []string{path}, properties: tree(t, `{
			"key": "{name}", "tags": {"a": "b"}, "list": [{"v": "{value}"}, 1], "data": {"{name}-x": 1}, "more": {"{{y}}": 2},
			"path": ["a", "{keys...}"]}`)}
		d.checkPaths(settings.NewReader(&problems, settings.Layer{Path: problem.At("destination")}), &problems)
		assert.Equal(t, want, problems.Text(), path)
	}
}

// A change that replaces every secret would bypass the deletion limit, so the inventory refuses it.
func TestWhatReplacesIsFixed(t *testing.T) {
	t.Parallel()
	replaced := func(fold bool, project property.Value) targettest.Run {
		destination := props(t, variable(object{
			"name": object{"fold": fold}, "replaceOnChanges": []any{"project", "key", "value", "at[*].zone", "data"},
		})).AsMap()
		destination = destination.Set("properties", property.New(destination.Get("properties").AsMap().
			Set("project", project).Set("data", props(t, object{"a": object{"b": true}, "{name}": "{value}"})).
			Set("at", props(t, []any{object{"zone": 1}, object{"zone": "x", "other": 2}}))))
		return construct(t, targettest.Case{Type: "ResourceTarget", Preview: true, Providers: gitlab,
			Inputs: map[string]property.Value{
				"destination": property.New(destination), "value": props(t, object{"A": "1"}),
			}})
	}
	const identity = "resource/A"
	fixed := func(run targettest.Run, identity string) string {
		return run.Inventory.Input("secrets").AsMap().Get(identity).AsString()
	}
	acme := fixed(replaced(false, property.New("acme/shop")), identity)
	assert.Regexp(t, `^type gitlab:index/projectVariable:ProjectVariable, project, at\[\*\]\.zone, data of fingerprint `+
		`[0-9a-f]{8}$`, acme)
	insensitive := replaced(true, property.New("acme/shop").WithSecret(true))
	assert.Equal(t, "the spelling A, "+acme, fixed(insensitive, strings.ToLower(identity)), "of secrets as well")
	assert.Equal(t, outputs(object{strings.ToLower(identity): "A"}), insensitive.Inventory.Input("names").AsMap())
	assert.Equal(t, replaced(false, property.New("acme/shop")).Listed(), insensitive.Listed(),
		"name.fold is not in the names of the engine's resources, which would delete the old ones")
	assert.NotEqual(t, acme, fixed(replaced(false, property.New("acme/other")), identity))
	run := replaced(false, property.New(property.Computed))
	assert.Empty(t, run.Children, "a preview that does not know it cannot tell")
}
