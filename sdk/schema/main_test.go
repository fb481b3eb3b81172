package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync"
	"github.com/escsync/pulumi-escsync/provider/version"
)

func TestSchemaIsTheProvidersWithoutItsVersion(t *testing.T) {
	t.Parallel()
	text, err := packageSchema()
	require.NoError(t, err)

	var spec schema.PackageSpec
	require.NoError(t, json.Unmarshal(text, &spec))
	assert.Equal(t, version.Name, spec.Name)
	assert.Contains(t, spec.Resources, escsync.Token)
	assert.Empty(t, spec.Version)
	assert.NotContains(t, string(text), `\u003c`, "readable text is not escaped for HTML")
	assert.NotContains(t, string(text), `\u003e`, "readable text is not escaped for HTML")
}

func TestCheckTellsDriftAndTheCommandThatMendsIt(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "schema.json")

	require.ErrorContains(t, run(file, true), "make schema", "a missing file")
	require.NoError(t, run(file, false))
	require.NoError(t, run(file, true))

	require.NoError(t, os.WriteFile(file, []byte("{}"), 0o600))
	require.ErrorContains(t, run(file, true), "make schema sdk")
}
