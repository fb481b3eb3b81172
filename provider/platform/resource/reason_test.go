package resource

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// A provider's reason may quote the value that it refuses, in many forms.
func TestAReasonHasNoValue(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ said, value, want string }{
		"none":                  {"must  be\ngiven", "hunter2", "must be given"},
		"quoted":                {`"hunter2" is not in [a b]`, "hunter2", `"[secret]" is not in [a b]`},
		"of many lines":         {"got line-a\n  line-b: no", "line-a\nline-b: no", "got [secret]"},
		"one of many lines":     {`got "-----BEGIN"`, "-----BEGIN\nhunter2", `got "[secret]"`},
		"in base64":             {`"aHVudGVyMg==" is too short`, "hunter2", `"[secret]" is too short`},
		"in base64 for the web": {`"aHVudGVyMg" is too short`, "hunter2", `"[secret]" is too short`},
		"escaped by Go":         {`got "hun\"ter2"`, `hun"ter2`, `got "[secret]"`},
		"escaped by JSON":       {`got "a\u0026hunter2"`, `a&hunter2`, `got "[secret]"`},
		"with a line break":     {`got "-----BEGIN\nhunter2"`, "-----BEGIN\nhunter2", `got "[secret]"`},
		"in other letters":      {`got "\u00fcber"`, "über", `got "[secret]"`},
		"in capitals":           {"HUNTER2 is no name", "hunter2", ""},
		"cut":                   {`got "correct hor..."`, "correct horse battery", ""},
		"a part of another":     {"got hunter2hunter2", "hunter2", "got [secret][secret]"},
		"around it":             {`got "postgres://hunter2@db"`, "hunter2", `got "[secret]"`},
		"empty":                 {"must be given", "", "must be given"},
		"short":                 {"must be given", "be", ""},
		"of short lines":        {"got {a}, want\n{b}", "{\n}", "got {a}, want {b}"},
		"short, in a word":      {"must be given", "ive", "must be given"},
	} {
		properties := document.Node{Kind: document.Object, Fields: map[string]document.Node{
			"plain": {Kind: document.String, Text: "must be given"},
			"url":   {Kind: document.String, Text: "postgres://{value}@db"},
		}}
		value := document.Node{Kind: document.String, Text: test.value}
		s := target.Secret{Text: document.Text{Value: test.value}}
		filled := filling{text: s.Text, value: valueHere(value)}.fillTree(properties)
		want := "the provider's own check says: " + test.want
		if test.want == "" {
			want = withheld
		}
		assert.Equal(t, want, hide(properties, filled, value, s).reason(test.said), name)
	}
}

func valueHere(node document.Node) value { return value{node: node} }

// A single text of an object, and secret properties, are secrets too.
func TestAReasonHasNothingElseThatIsSecret(t *testing.T) {
	t.Parallel()
	text := func(text string, secret bool) document.Node {
		return document.Node{Kind: document.String, Text: text, Secret: secret}
	}
	properties := document.Node{Kind: document.Object, Fields: map[string]document.Node{
		"description": text("of the merger", true),
		"tags":        {Kind: document.List, Items: []document.Node{text("tag-7", true)}},
		"project":     text("acme/shop", false), "name": text("{name}", true),
	}}
	value := document.Node{Kind: document.Object, Fields: map[string]document.Node{
		"user": text("bob-the-builder", false), "pin": {Kind: document.Number, Text: "12345"},
	}}
	s := target.Secret{Name: "DB", Text: document.Text{Value: `{"user":"bob-the-builder","pin":12345}`}}
	h := hide(properties, filling{name: "DB"}.fillTree(properties), value, s)
	for said, want := range map[string]string{
		"bob-the-builder":     "[secret]",
		"pin 12345":           "pin [secret]",
		"it is of the merger": "it is [secret]",
		"tag-7 of acme/shop":  "[secret] of acme/shop",
		"user of shop":        "user of shop",
	} {
		assert.Equal(t, "the provider's own check says: "+want, h.reason(said), said)
	}
}
