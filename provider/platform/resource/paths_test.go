package resource

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestWhatMayBeIgnored(t *testing.T) {
	t.Parallel()
	const reaches = "destination.ignoreChanges[0]: reaches a placeholder or the ownership tag, so that a change in ESC " +
		"would never be pushed: name only properties that hold none of them"
	for path, want := range map[string]string{
		"other": "", "tags.a": "", `more["{y}"]`: "", "list[1]": "", "value2": "",
		"*": reaches, `["*"]`: reaches, "key": reaches, "list": reaches, "list[0].v": reaches, "list[*].v.deeper": reaches,
		"tags": reaches, `tags["by"]`: reaches, "data.any": reaches, "path[7]": reaches,
		"a[": "destination.ignoreChanges[0]: must be the path of a property, such as tags.managedBy",
	} {
		run := construct(t, targettest.Case{Type: "ResourceTarget", Preview: true, Providers: gitlab,
			Inputs: map[string]property.Value{"value": props(t, object{"a": "1"}), "destination": props(t, variable(object{
				"properties": object{
					"key": "{name}", "tags": object{"a": "b"}, "list": []any{object{"v": "{value}"}, 1},
					"data": object{"{name}-x": 1}, "more": object{"{{y}}": 2}, "path": []any{"a", "{keys...}"},
				},
				"importId": "{name}", "ownership": object{"property": "tags.by"}, "ignoreChanges": []any{path},
			}))}})
		if want == "" {
			assert.NoError(t, run.Err, path)
		} else {
			assert.Equal(t, []string{want}, run.Problems(t), path)
		}
	}
}
