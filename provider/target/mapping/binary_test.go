package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	const spelling = " is not base64: it must have the standard alphabet with + and /, padding and no spaces; or leave " +
		"it out of keys.binary"
	bytes := document.Text{Value: "\xfe\xed", Binary: true}
	for _, test := range []struct {
		name, value, nested string
		binary              []string
		want                map[string]document.Text
		problems            []string
	}{
		{"one of two", `{"a.jks":"/u0=","b":"/u0="}`, mapping.Flatten, []string{"*.jks"},
			map[string]document.Text{"a.jks": bytes, "b": {Value: "/u0="}}, nil},
		{"a leaf", `{"tls":{"jks":"/u0=","pass":"p"}}`, mapping.Flatten, []string{"tls.jks"},
			map[string]document.Text{"jks": bytes, "pass": {Value: "p"}}, nil},
		{"everything below", `{"tls":{"jks":"/u0="},"p12":"/u0="}`, mapping.Flatten, []string{"tls", "p12"},
			map[string]document.Text{"jks": bytes, "p12": bytes}, nil},
		{"no pattern", `{"a":"/u0="}`, mapping.Flatten, nil, map[string]document.Text{"a": {Value: "/u0="}}, nil},
		{"nothing at all", `{"a":""}`, mapping.Flatten, []string{"a"}, map[string]document.Text{"a": {Binary: true}}, nil},
		{"no base64", `{"a":"hunter2"}`, mapping.Flatten, []string{"a"}, map[string]document.Text{"a": {Value: "hunter2"}},
			[]string{"value.a:" + spelling}},
		{"no text", `{"a":1234,"b":true,"c":["/u0="],"d":{}}`, mapping.Flatten, []string{"*"}, map[string]document.Text{
			"a": {Value: "1234"}, "b": {Value: "true"}, "c": {Value: `["/u0="]`}, "d": {Value: "{}"},
		}, []string{
			"value.a: is a number, but keys in keys.binary must have base64 text",
			"value.b: is a boolean, but keys in keys.binary must have base64 text",
			"value.c: is a list, but keys in keys.binary must have base64 text",
			"value.d: is an object, but keys in keys.binary must have base64 text",
		}},
		{"a part of an object that is JSON", `{"tls":{"jks":"/u0="},"p12":"/u0="}`, mapping.NestedJSON,
			[]string{"tls.jks", "p12"}, map[string]document.Text{"tls": {Value: `{"jks":"/u0="}`}, "p12": bytes}, []string{
				"value.tls: is an object, but keys in keys.binary must have base64 text"}},
		{"bytes that ESC has replaced", `{"a":"\ufffd\u0000"}`, mapping.Flatten, []string{"a"},
			map[string]document.Text{"a": {Value: "\ufffd\x00"}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var problems problem.List
			value := read(t, test.value)
			entries, _ := mapping.Entries(value, mapping.PerKey, test.nested, problem.At("value"), &problems)
			got := map[string]document.Text{}
			for _, e := range mapping.Decode(entries, mapping.Matcher(test.binary, value), &problems) {
				got[e.Path[len(e.Path)-1]] = e.Text
			}
			assert.Equal(t, test.want, got)
			assert.ElementsMatch(t, test.problems, problems.Lines())
		})
	}
}

// At preview, a binary value may be unknown, and so may whether it is an object with keys.
func TestDecodeOfUnknowns(t *testing.T) {
	t.Parallel()
	var problems problem.List
	value := document.Node{Kind: document.Object, Fields: map[string]document.Node{"a": {Kind: document.Unknown}}}
	entries, _ := mapping.Entries(value, mapping.PerKey, mapping.Flatten, problem.At("value"), &problems)
	decoded := mapping.Decode(entries, mapping.Matcher([]string{"a"}, value), &problems)
	assert.Empty(t, problems)
	assert.Equal(t, document.Text{Unknown: true, Binary: true}, decoded[0].Text)
}
