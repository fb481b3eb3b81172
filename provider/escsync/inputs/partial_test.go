package inputs

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

// An unknown value must not prevent other checks: most first updates contain the password of a resource that does not
// exist yet.
func TestCompleteChecksWhatIsBesideTheUnknown(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		in   props
		want string
	}{
		"an interpolation": {
			props{"value": obj(props{"a": unknown, "b": str("x ${hunter2")})},
			"value.b: ESC interpolation: missing closing brace",
		},
		"a function": {
			props{"value": list(unknown.WithSecret(true), obj(props{"fn::toJSON": str("y")}))},
			`value[1]["fn::toJSON"]: a key cannot begin with "fn::"`,
		},
		"a secret container": {
			props{"value": obj(props{"a": unknown, "b": obj(props{"c": str("${hunter2}")}).WithSecret(true)})},
			"value.b: is secret as a whole and contains ${...} inside",
		},
		"configuration": {
			props{"value": unknown, "environmentValues": obj(props{
				"pulumiConfig": obj(props{"payload": str("hunter2"), "other": unknown}),
			})},
			"environmentValues.pulumiConfig.payload: is set by the sync: remove it here",
		},
		"a function of ESC": {
			props{"value": unknown, "environmentValues": obj(props{"a": obj(props{"fn::nothing": str("hunter2")})})},
			"environmentValues.a: ",
		},
		"a reference": {props{"value": list(unknown, str("${nope}"))}, `value[1]: unknown property "nope"`},
		"a definition": {
			props{
				"value": {}, "definition": str("values: {a: b}"),
				"destination": obj(props{"awsSecretsManager": obj(props{"region": unknown})}),
			},
			"definition.values: has no sync.awsSecretsManager block with the value to push",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			assert.Contains(t, completed.Problems.Text(), test.want)
			assert.NotContains(t, completed.Problems.Text(), "hunter2")
			assert.NotContains(t, completed.Problems.Text(), "unknown\n")
		})
	}
}

// An unknown value that may turn out valid is not a problem.
func TestCompleteAcceptsUnknowns(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]props{
		"imports":            {"imports": unknown, "value": str("${a.b}")},
		"an import":          {"imports": list(unknown), "value": str("${a.b}")},
		"environment values": {"environmentValues": unknown, "value": str("${a.b}")},
		"a login": {"value": str("${a.b}"), "environmentValues": obj(props{
			"a": obj(props{"fn::open::aws-login": unknown}), "b": obj(props{"fn::join": unknown}), "c": unknown,
		})},
		"a definition": {"value": {}, "definition": unknown},
		"a name":       {"destination": obj(props{"awsSecretsManager": obj(props{"name": unknown})})},
		"a policy":     {"maxDeletions": unknown, "retainKeys": unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(in), shop)
			assert.Empty(t, completed.Problems.Text())
			definition := completed.Inputs.Get("definition")
			assert.True(t, definition.IsComputed() && definition.Secret())
		})
	}
}

// undefined in a program arrives as null in an object, and means absent.
func TestCompleteReadsNullAsAbsent(t *testing.T) {
	t.Parallel()
	source := obj(props{
		"repoUrl": str("https://git.example.com/fork"), "branch": str("main"), "project": {}, "repoDir": {}, "commit": {},
		"repository": {}, "auth": {},
	})
	completed := Complete(platform.All, minimal(props{"source": source}), shop)
	assert.Empty(t, completed.Problems.Text())
	assert.True(t, obj(props{
		"repoUrl": str("https://git.example.com/fork"), "branch": str("main"), "project": str("escsync-target"),
		"repoDir": str("program"),
	}).Equals(completed.Inputs.Get("source")), "%#v", completed.Inputs.Get("source"))
}

// The format of a notification is plain in the schema, even if the list is secret.
func TestCompleteKeepsFormatsPlain(t *testing.T) {
	t.Parallel()
	address := str("https://hooks.slack.com/hunter2")
	given := property.New([]property.Value{obj(props{"url": address, "format": str("slack")})}).
		WithSecret(true).WithDependencies(newURN("r"))
	completed := Complete(platform.All, minimal(props{"notifications": given}), shop)
	assert.Empty(t, completed.Problems.Text())
	notification := completed.Inputs.Get("notifications").AsArray().Get(0).AsMap()
	assert.True(t, notification.Get("url").Secret())
	format := notification.Get("format")
	assert.Equal(t, "slack", format.AsString())
	assert.False(t, format.Secret())
	assert.Empty(t, format.Dependencies())
}
