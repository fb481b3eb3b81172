package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// announced matches a line of a preview with a secret's name and change.
var announced = regexp.MustCompile(`(?m)^ *([+~-]) ((?:prod|next)/\S+?)\s*: \[secret\]`)

// Over a sequence of changes, each run does to AWS what its preview announced. A refresh announces nothing.
func TestRunsDoWhatPreviewsAnnounce(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := func(path, value, more string) string {
		return write(t, h, oneSync(unwatched+more+"maxDeletions: 100%\nvalue: "+value+
			"\ndestination: {awsSecretsManager: {region: "+region+", recoveryWindowInDays: 0, path: "+path+"}}\n"))
	}
	const upper = "'next', keys: {template: '{key:upper}'}"
	const retain, remove = "deletionPolicy: Retain\n", "deletionPolicy: Delete\n"
	before, last := secretsOf(t, h), ""
	for i, step := range []struct {
		name, program string
		// want is what the preview announces. It is empty for a creation, which shows the whole map as one secret.
		want map[string]string
		// retained is the number of names that are announced to be removed and stay in AWS.
		retained int
	}{
		{"first", program("prod", "{a: x, b: x, c: x}", retain), map[string]string{}, 0},
		{"add", program("prod", "{a: x, b: x, c: x, d: x}", retain), map[string]string{"prod/d": "+"}, 0},
		{"change", program("prod", "{a: y, b: x, c: x, d: x}", retain), map[string]string{"prod/a": "~"}, 0},
		{"remove", program("prod", "{a: y, b: x, c: x}", retain), map[string]string{"prod/d": "-"}, 1},
		{"move below another path", program("next", "{a: y, b: x, c: x}", retain), map[string]string{
			"prod/a": "-", "prod/b": "-", "prod/c": "-", "next/a": "+", "next/b": "+", "next/c": "+"}, 3},
		{"delete from now on", program("next", "{a: y, b: x, c: x}", remove), map[string]string{}, 0},
		{"remove again", program("next", "{a: y, b: x}", remove), map[string]string{"next/c": "-"}, 0},
		{"rename a key", program("next", "{a: y, e: x}", remove), map[string]string{"next/b": "-", "next/e": "+"}, 0},
		{"another template", program(upper, "{a: y, e: x}", remove), map[string]string{
			"next/a": "-", "next/e": "-", "next/A": "+", "next/E": "+"}, 0},
		// It adopts the existing secrets, which are counted and not named.
		{"another target stack", program(upper, "{a: y, e: x}", remove+"stackName: elsewhere\nadoptionPolicy: All\n"),
			map[string]string{}, 0},
	} {
		step.name = fmt.Sprintf("%d: %s", i, step.name)
		result, err := h.Preview(t.Context(), step.program, stack, "--diff")
		require.NoError(t, err, step.name)
		names := map[string]string{}
		for _, match := range announced.FindAllStringSubmatch(result.Stdout, -1) {
			names[match[2]] = match[1]
		}
		up(t, h, step.program)
		after := secretsOf(t, h)
		assert.Equal(t, step.want, names, "%s\n%s", step.name, result.Stdout)
		retained := retainedOf(t, step.name, names, before, after)
		assert.Equal(t, step.retained, retained, step.name)
		if i > 0 {
			assert.Equal(t, before, after, "%s: the run did what was not announced\n%s", step.name, result.Stdout)
		}
		before, last = secretsOf(t, h), step.program
	}

	// A refresh changes no digest.
	result, err := h.Preview(t.Context(), last, stack, "--diff", "--refresh")
	require.NoError(t, err)
	assert.NotContains(t, result.Stdout, "secrets")
}

// retainedOf compares the secrets before and after, except for the announced names. It returns the number of secrets
// that are no longer managed and stay.
func retainedOf(t *testing.T, step string, names, before, after map[string]string) int {
	t.Helper()
	retained := 0
	for name, kind := range names {
		_, was := before[name]
		_, is := after[name]
		assert.Equal(t, kind != "+", was, "%s: %s before", step, name)
		if kind == "-" && is {
			retained++
			assert.Equal(t, before[name], after[name], "%s: %s is let go of, and changed", step, name)
		} else {
			assert.Equal(t, kind != "-", is, "%s: %s after", step, name)
		}
		delete(before, name)
		delete(after, name)
	}
	return retained
}

// secretsOf returns the secrets of an account by name, each with identity, value and tags.
func secretsOf(t *testing.T, h *harness.Harness) map[string]string {
	t.Helper()
	client, found := h.SecretsManager(region), map[string]string{}
	pages := secretsmanager.NewListSecretsPaginator(client, &secretsmanager.ListSecretsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		require.NoError(t, err)
		for _, secret := range page.SecretList {
			if name := *secret.Name; !strings.HasPrefix(name, "pulumi") {
				found[name] = *secret.ARN + " " + secretValue(t, h, name)
			}
		}
	}
	return found
}
