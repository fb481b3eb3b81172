package escsync

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// What a reference stands for counts as the reference, with the keys below it.
func TestAsWritten(t *testing.T) {
	t.Parallel()
	text := func(s string) document.Node { return document.Node{Kind: document.String, Text: s} }
	written := document.Node{Kind: document.Object, Fields: map[string]document.Node{
		"a": text("${db}"), "b": text("${other}"), "c": text("x-${db}"), "d": text("plain"),
	}}
	seen := map[string]bool{}
	for name, test := range map[string]struct {
		node     document.Node
		path     []string
		referred bool
	}{
		"a reference":         {written, []string{"a"}, true},
		"a key of it":         {written, []string{"a", "user"}, true},
		"another key of it":   {written, []string{"a", "size"}, true},
		"a key below":         {written, []string{"a", "user", "size"}, true},
		"the key of another":  {written, []string{"b", "user"}, true},
		"a text around it":    {written, []string{"c"}, false},
		"no reference":        {written, []string{"d"}, false},
		"the whole":           {text("${db.x}"), nil, true},
		"a key of the whole":  {text("${db.x}"), []string{"user"}, true},
		"nothing of the text": {document.Node{}, []string{"user"}, false},
	} {
		got, referred := asWritten(test.node, test.path)
		assert.Equal(t, test.referred, referred, name)
		assert.False(t, got.Unknown, name)
		assert.False(t, seen[got.Value], "%s is as another", name)
		seen[got.Value] = true
	}
}
