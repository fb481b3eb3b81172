package escsync

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// The digest of an interpolated text changes with everything that it refers to, also indirectly, and with nothing else.
func TestDigestOfReferences(t *testing.T) {
	t.Parallel()
	text := func(s string) document.Node { return document.Node{Kind: document.String, Text: s} }
	object := func(fields map[string]document.Node) document.Node {
		return document.Node{Kind: document.Object, Fields: fields}
	}
	values := func(user, other string) references {
		return references{imports: document.Text{Value: "[a/b]"}, values: object(map[string]document.Node{
			"db":  object(map[string]document.Node{"user": text(user), "other": text(other)}),
			"via": text("v-${db.user}"),
		})}
	}
	of := func(r references, written string) digest {
		return r.digest(document.Text{Unknown: true, Written: written})
	}
	for written, changes := range map[string]bool{
		`"n-${db.user}"`: true, `"n-${via}"`: true, `"${db}"`: true, `"n-${db.none}"`: true,
		`"n-${db.other}"`: false, `"n-${imported.user}"`: false,
	} {
		assert.Equal(t, changes, of(values("a", "x"), written) != of(values("b", "x"), written), written)
	}
	imported := references{imports: document.Text{Value: "[a/c]"}}
	assert.NotEqual(t, of(values("a", "x"), "${imported.user}"), of(imported, "${imported.user}"))
	assert.True(t, of(values("a", "x"), "").unknown, "a text of which the program has nothing")
}

// keys.binary decodes the text, so the pushed bytes and their digest differ.
func TestDigestOfBytes(t *testing.T) {
	t.Parallel()
	for _, text := range []document.Text{{Value: "AAEC"}, {Unknown: true, Written: `"${db.store}"`}} {
		bytes, err := text.Decoded()
		require.NoError(t, err)
		assert.NotEqual(t, references{}.digest(text), references{}.digest(bytes))
		assert.False(t, references{}.digest(bytes).unknown, "what is written is known")
	}
}

// Only a single reference, a value below one, and a function can become keys that the program does not know.
func TestSoleReference(t *testing.T) {
	t.Parallel()
	for text, sole := range map[string]bool{
		"${db}": true, " ${db.user} ": true, "${db}\x00user": true, "n-${db}": false, "${a}${b}": false, "${a} b": false,
		"\x00fn::open::x: {}\n": true, "fn::${a}": false,
	} {
		written := document.Node{Kind: document.Unknown, Text: text}.Render().Written
		assert.Equal(t, sole, soleReference.MatchString(written), written)
	}
}
