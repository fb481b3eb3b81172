package payload_test

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/payload"
)

func encode(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func TestDecode(t *testing.T) {
	t.Parallel()
	got, err := payload.Decode(encode(`{"seal":"1",
		"sync":{"vault":{"name":"a","value":{"n":12345678901234567890}}, "other":{}},
		"target":{"platform":"vault","syncId":"p/s/r","formerSyncIds":["p/s/a","p/s/b"],
			"deletionPolicy":"Delete","retainKeys":["db"],"maxDeletions":5,
			"settings":{"mount":"kv","metadata":{"team":["shop"]}},"secretSettings":["metadata","gone"]}}`) + "\n")
	require.NoError(t, err)
	assert.False(t, got.PatternForm)
	assert.Equal(t, "vault", got.Platform)
	assert.Equal(t, "p/s/r", got.SyncID)
	assert.Equal(t, []string{"p/s/a", "p/s/b"}, got.FormerSyncIDs)
	assert.Equal(t, `{"n":12345678901234567890}`, got.Value.JSON())
	assert.Equal(t, "kv", got.Settings["mount"].Text)
	assert.False(t, got.Settings["mount"].Secret)
	metadata := got.Settings["metadata"]
	assert.True(t, metadata.Secret && metadata.Fields["team"].Secret && metadata.Fields["team"].Items[0].Secret)
	assert.Equal(t, "a", got.SyncSettings["name"].Text)
	assert.NotContains(t, got.SyncSettings, "value")
	assert.Equal(t, "Delete", got.DeletionPolicy.Text)
	assert.Equal(t, `["db"]`, got.RetainKeys.JSON())
	assert.Equal(t, "5", got.MaxDeletions.Text)
}

func TestDecodeThePatternForm(t *testing.T) {
	t.Parallel()
	got, err := payload.Decode(encode(`{"sync":{"gcpSecretManager":{"name":"a","value":"text"}}}`))
	require.NoError(t, err)
	assert.True(t, got.PatternForm)
	assert.Equal(t, "gcpSecretManager", got.Platform)
	assert.Equal(t, "text", got.Value.Text)
}

func TestDecodeAUsersDefinition(t *testing.T) {
	t.Parallel()
	got, err := payload.Decode(encode(
		`{"sync":{"vault":{"name":"a","value":"text"}},"target":{"platform":"vault","published":true}}`))
	require.NoError(t, err)
	assert.True(t, got.PatternForm)
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	tests := []struct{ name, give, want string }{
		{"nothing", "", "is empty"},
		{"space", " \n", "is empty"},
		{"no base64", secret + "!", "is not base64"},
		{"no JSON", encode(secret), "does not decode to JSON"},
		{"a list", encode(`["hunter2"]`), "must decode to a JSON object, not a list"},
		{"null", encode(`null`), "must decode to a JSON object, not null"},
		{"no sync", encode(`{"seal":"hunter2"}`), "has no sync block"},
		{"empty text", encode(`{"sync":{"vault":{"value":""}}}`), "has an empty text as its value"},
		{"empty sync", encode(`{"sync":{}}`), "has no sync block"},
		{"null sync", encode(`{"sync":null}`), "has no sync block"},
		{"two platforms", encode(`{"sync":{"a":{},"b":{}}}`), "names 2 platforms under sync (a, b)"},
		{"other platform", encode(`{"sync":{"a":{"value":"hunter2"}},"target":{"platform":"b"}}`), "has no sync.b block"},
		{"block of text", encode(`{"sync":{"a":"hunter2"}}`), "has no sync.a block"},
		{"no value", encode(`{"sync":{"a":{"name":"x"}}}`), "has no value to push"},
		{"null value", encode(`{"sync":{"a":{"value":null}}}`), "has no value to push"},
		{"value without keys", encode(`{"sync":{"a":{"value":{}}}}`), "has a value without any key"},
		{"target of text", encode(`{"sync":{"a":{"value":1}},"target":"hunter2"}`), "has a target that is a string"},
		{"platform of number", encode(`{"sync":{"a":{"value":1}},"target":{"platform":5}}`), "target.platform"},
		{"references of text", encode(`{"sync":{"a":{"value":1}},"target":{"references":"hunter2"}}`), "target.references"},
		{"settings of text", encode(`{"sync":{"a":{"value":1}},"target":{"settings":"hunter2"}}`), "target.settings"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := payload.Decode(test.give)
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), secret)
		})
	}
}
