package standintest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Connect lets a stand-in find the server for end-to-end tests by the environment, as in a program, and closes the
// server at the end of the test.
func Connect(t *testing.T, server platforms.Platform) {
	t.Helper()
	t.Cleanup(func() { assert.NoError(t, server.Close()) })
	for _, pair := range server.Environment() {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
}

// Held returns the values of all secrets on a server, by identity.
func Held(t *testing.T, server platforms.Platform) map[string]string {
	t.Helper()
	values, err := server.Secrets(t.Context())
	require.NoError(t, err)
	return values
}
