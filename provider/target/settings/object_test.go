package settings_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

func TestReaderOfAnObject(t *testing.T) {
	t.Parallel()
	var problems problem.List
	r := reader(t, &problems,
		`{"keys":{"a":"x","n":{"k":"v","w":1,"e":""},"typo":1},"b":"y"}`,
		`{"keys":{"a":"hidden","c":"below"},"other":"z"}`)
	assert.Equal(t, "x", r.Object("keys").Known("a"))
	assert.Equal(t, "below", r.Object("keys").Known("c"))
	r.Object("keys").Known("other")
	assert.Equal(t, "v", r.Object("keys").Names("n")["k"].Text)
	assert.Nil(t, r.Object("none").Names("n"))
	require.Len(t, r.Overridden(), 1)
	assert.Equal(t, "second.keys.a", r.Overridden()[0].String())
	r.Finish()
	assert.Equal(t, []string{
		"first.b: there is no such setting; the known ones are keys, none",
		"first.keys.n.e: must not be empty",
		"first.keys.n.w: must be a string, not a number",
		"first.keys.typo: there is no such setting; the known ones are a, c, n, other",
		`second.other: there is no such setting; did you mean "keys.other"?`,
	}, lines(problems))

	problems = nil
	r = reader(t, &problems, `{"keys":"x"}`)
	r.Object("keys").Known("a")
	r.Finish()
	assert.Equal(t, []string{"first.keys: must be an object, not a string"}, lines(problems))
}

// In the pattern form, the name beside the value is a plain text.
func TestReaderOfAnObjectThatMayBeText(t *testing.T) {
	t.Parallel()
	var problems problem.List
	r := reader(t, &problems, `{"name":{"fold":true}}`, `{"name":"shop"}`)
	assert.Equal(t, "shop", r.ObjectOr("name", "exact").Known("exact"))
	assert.True(t, r.ObjectOr("name", "exact").Bool("fold", false))
	r.Finish()
	assert.Empty(t, lines(problems))
}
