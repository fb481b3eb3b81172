package inputs

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/version"
)

func TestTags(t *testing.T) {
	t.Parallel()
	given := func(tags props) props { return props{keyPulumiTags: obj(tags)} }
	always := props{tagSync: str("acme/shop/dev/db"), tagVersion: str(version.Version)}
	source := props{keySource: obj(props{"repoUrl": str("https://x/y"), "branch": str("main")})}
	for name, test := range map[string]struct {
		in       props
		want     props
		problems string
	}{
		"none": {props{}, always, ""},
		"some": {
			given(props{"team:a_b-c.d": str("x/y z")}),
			props{tagSync: always[tagSync], tagVersion: always[tagVersion], "team:a_b-c.d": str("x/y z")}, "",
		},
		"a value to come": {
			given(props{"team": unknown}),
			props{tagSync: always[tagSync], tagVersion: always[tagVersion], "team": unknown}, "",
		},
		"another program": {source, props{tagSync: always[tagSync]}, ""},
		"unknown": {
			props{keyPulumiTags: unknown}, nil,
			"pulumiTags: must be known at preview: give its parts as outputs, not the whole",
		},
		"all that can be wrong": {
			given(props{
				"escsync:version": str("1"), "pulumi:project": str("p"), "a b": str("x"),
				strings.Repeat("n", 41): str("x"), "secret": str("hunter2").WithSecret(true),
				"empty": str(""), "long": str(strings.Repeat("v", 257)),
			}),
			nil,
			`pulumiTags.empty: must not be empty` + "\n" +
				`pulumiTags.long: must be at most 256 bytes long` + "\n" +
				`pulumiTags.` + strings.Repeat("n", 41) +
				`: the name must be 1 to 40 letters, digits, hyphens, underscores, periods or colons` + "\n" +
				`pulumiTags.secret: is secret, and a tag is shown to everybody who may see the stack: give a plain text` + "\n" +
				`pulumiTags["a b"]: the name must be 1 to 40 letters, digits, hyphens, underscores, periods or colons` + "\n" +
				`pulumiTags["escsync:version"]: must not begin with "escsync:": such tags are reserved` + "\n" +
				`pulumiTags["pulumi:project"]: must not begin with "pulumi:": such tags are reserved`,
		},
		"secret as a whole": {
			props{keyPulumiTags: obj(props{"team": str("a")}).WithSecret(true)}, nil,
			"pulumiTags: is secret, and a tag is shown to everybody who may see the stack: give a plain text",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			require.Equal(t, test.problems, completed.Problems.Text())
			if test.want != nil {
				assert.Equal(t, obj(test.want), completed.Inputs.Get(keyPulumiTags))
			}
		})
	}
}

// Nested components can make the ID longer than a tag's value may be.
func TestTagsOfALongID(t *testing.T) {
	t.Parallel()
	long := shop
	long.Resource = strings.Repeat("ü", 200)
	id := Complete(platform.All, minimal(props{}), long).Inputs.Get(keyPulumiTags).AsMap().Get(tagSync).AsString()
	assert.True(t, strings.HasPrefix(long.SyncID(), id))
	assert.InDelta(t, 256, len(id), 1)
}
