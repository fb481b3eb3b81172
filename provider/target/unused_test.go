package target

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// A pattern that matches no key only causes a warning, because keys come and go.
func TestIdlePatterns(t *testing.T) {
	t.Parallel()
	const idle = ": matches no key: check its spelling"
	value := func(t *testing.T) document.Node {
		return node(t, map[string]any{"db": map[string]any{"user": "u", "pass": "p"}})
	}
	request := func(t *testing.T, destination map[string]any) Request {
		problems := &problem.List{}
		fields := node(t, destination).Fields
		return Request{
			Value: value(t), Problems: problems, Warnings: &problem.List{},
			Policy:         Policy{RetainKeys: []string{"db.user", "dbs.*"}},
			Settings:       settings.NewReader(problems, settings.Layer{Path: problem.At("destination"), Fields: fields}),
			PolicySettings: settings.NewReader(problems, settings.Layer{}),
		}
	}
	destination := map[string]any{"keys": map[string]any{
		"include": []any{"d?", "cache", "db.user"}, "exclude": []any{"db.pasword"},
		"binary": []any{"*.jks", "db.user"},
	}}
	reported := func(r Request) []string {
		r.entries(r.Keys(Rules{}), Rules{})
		var lines []string
		for _, w := range *r.Warnings {
			lines = append(lines, w.String())
		}
		return lines
	}
	assert.Equal(t, []string{
		"destination.keys.include[1]" + idle, "destination.keys.exclude[0]" + idle,
		"destination.keys.binary[0]" + idle, "retainKeys[1]" + idle,
	}, reported(request(t, destination)))

	open := request(t, destination)
	open.MayGrow = true
	assert.Empty(t, reported(open), "an import may have more keys")
	unknown := request(t, destination)
	unknown.Value.Fields["cache"] = document.Node{Kind: document.Unknown}
	assert.Empty(t, reported(unknown), "an unknown may have keys")
	text := request(t, destination)
	text.Value = document.Node{Kind: document.String, Text: "x"}
	assert.Empty(t, reported(text), "a text has no keys")
}

// node returns a value in JSON form as a Node.
func node(t *testing.T, value any) document.Node {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	result, err := document.FromJSON(text)
	require.NoError(t, err)
	return result
}
