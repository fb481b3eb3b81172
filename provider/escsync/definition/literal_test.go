package definition

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/document"
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
      bytes: {fn::fromBase64: {fn::secret: /u3+7Q==}}
      key: {'a${b}': 1}
      escaped: $${x}
      value: {a: b}
`, "vault")
	assert.Equal(t, "definition.values.sync.vault", block.Path.String())
	assert.False(t, block.Open)
	unknown := func(s string) document.Node { return document.Node{Kind: document.Unknown, Text: s} }
	text := func(s string) document.Node { return document.Node{Kind: document.String, Text: s} }
	assert.Equal(t, map[string]document.Node{
		"name":       text("a$b"),
		"on":         {Kind: document.Bool, Text: "true"},
		"size":       {Kind: document.Number, Text: "7"},
		"date":       unknown("2001-01-01"),
		"none":       {},
		"list":       {Kind: document.List, Items: []document.Node{text("x"), unknown("${y}")}},
		"secret":     {Kind: document.String, Text: "hunter2", Secret: true},
		"ciphertext": unknown("\x00{'fn::secret': {ciphertext: x}}\n"),
		"result":     unknown("\x00{'fn::toBase64': x}\n"),
		"bytes":      {Kind: document.String, Text: "\xfe\xed\xfe\xed", Secret: true},
		"key":        unknown("\x00{'a${b}': 1}\n"),
		"escaped":    unknown("$${x}"),
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

// A literal is read as ESC evaluates it, or not at all.
func TestLiteralsAreWhatESCMakesOfThem(t *testing.T) {
	t.Parallel()
	for literal, known := range map[string]bool{
		"7": true, "+7": true, "-7": true, "-0": true, "0x1F": true, "0o17": true, "0b101": true, "1_000": true,
		"1.0": true, "1.5": true, ".5": true, "1e3": true, "1.5e-7": true, "0.0": true, ".inf": false, ".nan": false,
		"123456789012345678901234567890": true, "9007199254740993": true, "012345678901": true, "1234567.5": true,
		"12345678901234567890": true, "-0.0": true, "!!int x": false,
		"true": true, "False": true, "a$$b": true, "'$$'": true, "2001-01-01": false, "~": true,
		"[1, {a: 0x10}]": true, "{fn::toJSON: 1}": false,
		"{fn::fromBase64: dGV4dA==}": true, "{fn::fromBase64: '${x}'}": false, "{fn::fromBase64: [x]}": false,
		"{fn::fromBase64: dGV4dA}": false, "{fn::fromBase64: {fn::toBase64: x}}": false,
	} {
		source := "values: {sync: {vault: {it: " + literal + "}}}"
		node := ReadBlock(source, "vault").Node.Fields["it"]
		assert.Equal(t, known, node.Kind != document.Unknown, literal)
		if !known {
			continue
		}
		raw, err := json.Marshal(evaluate(t, source).Properties["sync"].ToJSON(false))
		require.NoError(t, err)
		evaluated, err := document.FromJSON(raw)
		require.NoError(t, err)
		assert.Equal(t, evaluated.Fields["vault"].Fields["it"], node, literal)
	}
}
