package resource

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// At preview, the object that the tag goes into may be unknown.
func TestOwnershipInWhatIsUnknown(t *testing.T) {
	t.Parallel()
	var problems problem.List
	given, err := document.FromJSON([]byte(`{"ownership":{"property":"tags.by"}}`))
	require.NoError(t, err)
	s := settings.NewReader(&problems, settings.Layer{Path: problem.At("d"), Fields: given.Fields})
	d := resource{ownership: "tags.by", properties: document.Node{Kind: document.Object, Fields: map[string]document.Node{
		"tags": {Kind: document.Unknown},
	}}}
	d.checkOwnership(s)
	assert.Empty(t, problems.Lines())
}

func TestPut(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`{}`:                              `{"tags":{"by":"me"}}`,
		`{"a":1,"tags":{"b":"c"}}`:        `{"a":1,"tags":{"b":"c","by":"me"}}`,
		`{"tags":null}`:                   `{"tags":{"by":"me"}}`,
		`{"tags":{"by":"you","c":[1,2]}}`: `{"tags":{"by":"me","c":[1,2]}}`,
	} {
		before := tree(t, given)
		assert.Equal(t, want, put(before, keysIn("tags.by"), "me").JSON())
		assert.Equal(t, given, before.JSON(), "what was given stays")
	}
	unknown := document.Node{Kind: document.Unknown}
	assert.Equal(t, unknown, put(unknown, keysIn("tags.by"), "me"), "nothing is said of what is not known")
	assert.Equal(t, []string{"data", "a.b"}, keysIn(`data["a.b"]`))
	for _, path := range []string{"", "a[0]", "a.", `a["*"]`, "["} {
		assert.Empty(t, keysIn(path), path)
	}
}
