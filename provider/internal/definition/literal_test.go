package definition

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
)

func TestReadBlock(t *testing.T) {
	t.Parallel()
	block := ReadBlock(`
values:
  sync:
    vault:
      name: a$$b
      on: True
      size: 7
      date: 2001-01-01
      none: ~
      list: [x, '${y}']
      secret: {fn::secret: hunter2}
      ciphertext: {fn::secret: {ciphertext: x}}
      result: {fn::toBase64: x}
      key: {'a${b}': 1}
      escaped: $${x}
      value: {a: b}
`, "vault")
	assert.Equal(t, "definition.values.sync.vault", block.Path.String())
	assert.False(t, block.Open)
	unknown := document.Node{Kind: document.Unknown}
	text := func(s string) document.Node { return document.Node{Kind: document.String, Text: s} }
	assert.Equal(t, map[string]document.Node{
		"name":       text("a$b"),
		"on":         {Kind: document.Bool, Text: "true"},
		"size":       {Kind: document.Number, Text: "7"},
		"date":       unknown,
		"none":       {},
		"list":       {Kind: document.List, Items: []document.Node{text("x"), unknown}},
		"secret":     {Kind: document.String, Text: "hunter2", Secret: true},
		"ciphertext": unknown,
		"result":     unknown,
		"key":        unknown,
		"escaped":    unknown,
		"value":      {Kind: document.Object, Fields: map[string]document.Node{"a": text("b")}},
	}, block.Node.Fields)
}

func TestReadBlockFindsNone(t *testing.T) {
	t.Parallel()
	for source, open := range map[string]bool{
		"":                                false,
		"[":                               false,
		"- a":                             false,
		"imports: [a/b]":                  true,
		"values: {sync: '${x}'}":          false,
		"values: {sync: {other: {}}}":     false,
		"values: {sync: {vault: '${x}'}}": false,
		"imports: [a/b]\nvalues: {sync: {vault: '${x}'}}": true,
	} {
		block := ReadBlock(source, "vault")
		assert.Equal(t, document.Unknown, block.Node.Kind, source)
		assert.Equal(t, open, block.Open, source)
	}
}
