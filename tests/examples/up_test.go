package examples

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// The values that the examples push.
const (
	password   = "p$a${b}\"s'\n<&>"
	secretName = "name-in-secrets-manager"
	region     = "us-west-2"
)

// In each language, the program's resources are created, its sync runs, and everything but the secret is destroyed.
func TestEveryLanguageSyncs(t *testing.T) {
	t.Parallel()
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			quick(t, language)
			t.Parallel()
			ctx := t.Context()
			tools, err := harness.FindTools()
			require.NoError(t, err)
			h := harness.New(t, harness.Options{Environment: environment(t, tools)})
			require.NoError(t, h.CreateEnvironment(ctx, harness.PatternEnvironment, harness.PatternDefinition(password)))
			require.NoError(t, h.TagEnvironment(ctx, harness.PatternEnvironment, harness.PatternTag))
			dir, stack, target := stage(t, tools, language), project+"/dev", "escsync-target/"+project+"-dev-sync"

			result, err := h.Up(ctx, dir, stack)
			require.NoError(t, err)
			t.Logf("pulumi up took %s", result.Duration)
			pushed := func() {
				value, err := h.Secret(ctx, region, secretName)
				require.NoError(t, err)
				assert.Equal(t, harness.PatternSecret(password), value)
			}
			pushed()
			runs := h.Deployments(target)
			require.Len(t, runs, 1)
			assert.Equal(t, "succeeded", runs[0].Status, runs[0].Log)
			assert.Empty(t, harness.Leaks(h.Transcript(), password))

			_, err = h.Destroy(ctx, dir, stack)
			require.NoError(t, err)
			assert.NotContains(t, h.Cloud.Stacks(), harness.Organization+"/"+target)
			pushed()
		})
	}
}
