package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

var printedProblem = regexp.MustCompile(`(?m)^\s*- property (.*?) ? has a problem: (.*)$`)

// assertPrinted requires that the engine prints exactly the wanted problems of a refused preview, each with the path of
// its property and the start of the reason. It must print no value, as it would at a path that resolves.
func assertPrinted(t *testing.T, result *harness.Result, err error, want []string) {
	t.Helper()
	require.Error(t, err)
	output := result.Stdout + result.Stderr
	assert.NotContains(t, strings.ToLower(output), "hunter2")
	var printed []string
	for _, match := range printedProblem.FindAllStringSubmatch(output, -1) {
		printed = append(printed, match[1]+": "+match[2])
	}
	slices.Sort(printed)
	printed = slices.Compact(printed) // the engine prints each twice: where it occurs, and in its summary
	require.Len(t, printed, len(want), output)
	for i, line := range want {
		assert.True(t, strings.HasPrefix(printed[i], line), "%q is printed as %q", line, printed[i])
	}
}

// At preview, a user sees every problem at once, with its property's path. (The rules are in tests/provider.) A backend
// without organizations, such as a folder, has none for the sync either.
func TestBadInputsArePrintedAtOnce(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	h := harness.New(t, harness.Options{Environment: []string{"PULUMI_BACKEND_URL=file://" + state}})
	dir := write(t, h, oneSync(`
name: a hunter2
schedule: hunter2
imports: [shop/db, hunter2]
value: {password: hunter2}
deployment: {environmentVariables: {1A: hunter2}}
destination: {}
notifications: [{url: ftp://hunter2}]
`))
	const all = "organization/" + stack
	_, err := h.Pulumi(t.Context(), dir, "stack", "init", all)
	require.NoError(t, err)
	result, err := h.Pulumi(t.Context(), dir, "preview", "--stack", all, "--non-interactive", "--color=never")
	assertPrinted(t, result, err, []string{
		`deployment.environmentVariables["1A"]: must be a name of letters, digits and underscores`,
		"destination: must have exactly one platform, such as awsSecretsManager",
		"imports[1]: must be project/environment, with @revision or @tag if one is pinned",
		"name: may have letters, digits, hyphens, underscores and periods only",
		"notifications[0].url: must be an address that begins with https://",
		"organization: must be given: this program's backend has no organizations",
		`schedule: must be "off" or a cron expression of 5 fields in UTC`,
	})
	_, err = os.Stat(filepath.Join(state, ".pulumi"))
	require.NoError(t, err, "the backend was not used")
}

// A secret is not printed for its own problem, for a problem of what contains it, or as part of a longer text.
func TestBadInputsThatAreSecretAreNotPrinted(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	dir := write(t, h, oneSync(`
value:
  a-b: {fn::secret: hunter2}
  a_b: {fn::secret: hunter2}
deployment:
  accessToken: {fn::secret: hunter2}
  environmentVariables: {PULUMI_ACCESS_TOKEN: {fn::secret: hunter2}}
source:
  repoUrl: https://example.com/a.git
  branch: main
  auth: {username: {fn::secret: hunter2}, sshPrivateKey: {fn::secret: hunter2}}
notifications:
  - {url: {fn::secret: http://hunter2}, format: slack, secret: {fn::secret: hunter2}}
destination:
  githubSecrets: {repository: r, keys: {template: {fn::secret: "hunter2!{key}"}}}
`))
	result, err := h.Preview(t.Context(), dir, stack)
	assertPrinted(t, result, err, []string{
		"deployment.accessToken: cannot be given together with the environment variable PULUMI_ACCESS_TOKEN",
		"notifications[0].secret: is for the format raw only",
		"notifications[0].url: must be an address that begins with https://",
		"source.auth: cannot have both an SSH key and a user name with password",
		`value.a-b: the name [secret], made of key "a-b", is not allowed`,
		`value.a_b: the name [secret], made of key "a_b", is not allowed`,
		"value: the keys a-b, a_b all become the name [secret]",
	})
	assert.Equal(t, []string{harness.Organization + "/" + stack}, h.Cloud.Stacks(), "something was made")
}

// Outputs of another resource are unknown at preview, and a provider's credentials cannot be read.
func TestBadInputsFromAnotherResourceArePrinted(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := oneSync(`
value: {password: {fn::secret: hunter2}}
teams: ["${cloud.id}"]
destination: {awsSecretsManager: {name: n, region: us-west-2}}
`)
	dir := write(t, h, program+`
    options: {providers: ["${cloud}"]}
  cloud: {type: "pulumi:providers:pulumiservice"}
`)
	result, err := h.Preview(t.Context(), dir, stack)
	assertPrinted(t, result, err, []string{
		"providers: an explicit pulumiservice provider is given, whose credentials cannot be read here",
		"teams[0]: must be known at preview: it names a resource",
	})
}
