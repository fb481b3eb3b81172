package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A sync whose place changes, by any of the inputs that say the place, works in the new one, on a cloud that adopts
// nothing and answers 409. What it pushed is not deleted on the way: under the default policy it stays the same secret.
func TestMovedSyncWorks(t *testing.T) {
	t.Parallel()
	mirror := harness.CommitFolder(t, "../../program", "program")
	renamed := commitRenamed(t, "../../program", "program", "escsync-target", "my-target")
	from := func(repository, project string) string {
		return "source: {repoUrl: 'file://" + repository + "', branch: main, project: " + project + "}\n"
	}
	base := awsSync[len(quiet):] + "name: first\n"
	for name, test := range map[string]struct {
		before, after string
		// stack is the target stack afterwards, environment the environment.
		stack, environment string
		want               map[string]string
	}{
		"stackName": {
			base, base + "stackName: second\n", "acme/escsync-target/second", "escsync/first",
			map[string]string{
				"Stack": "replace", "DeploymentSettings": "replace", "DeploymentSchedule": "replace",
				"Webhook": "update", "Teardown": "update", "SyncRun": "replace",
			},
		},
		"environmentName": {
			base, base + "environmentName: second\n", "acme/escsync-target/first", "escsync/second",
			map[string]string{
				"Environment": "replace", "Webhook": "replace", "DeploymentSettings": "update",
				"Teardown": "update", "SyncRun": "update",
			},
		},
		"source.project": {
			base + from(mirror, "escsync-target"), base + from(renamed, "my-target"), "acme/my-target/first", "escsync/first",
			map[string]string{
				// The environment sets the payload under every spelling of its key, the project's too.
				"Environment": "update",
				"Stack":       "replace", "DeploymentSettings": "replace", "DeploymentSchedule": "replace",
				"Webhook": "update", "Teardown": "update", "SyncRun": "replace",
			},
		},
		"organization": {
			base, base + "organization: " + harness.OtherOrganization + "\n",
			harness.OtherOrganization + "/escsync-target/first", "escsync/first",
			map[string]string{
				"Environment": "replace", "Stack": "replace", "DeploymentSettings": "replace",
				"DeploymentSchedule": "replace", "Webhook": "replace", "Teardown": "update", "SyncRun": "replace",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{})
			up(t, h, write(t, h, sync(test.before)))
			before := secretARN(t, h)
			dir := write(t, h, sync(test.after))
			assert.Equal(t, test.want, operations(up(t, h, dir)))
			assert.Equal(t, before, secretARN(t, h), "the secret was made anew")

			stacks := []string{test.stack, harness.Organization + "/" + stack}
			slices.Sort(stacks)
			assert.Equal(t, stacks, h.Cloud.Stacks(), "the old stack is still there")
			runs, err := h.Cloud.WaitForDeployments(t.Context(), test.stack)
			require.NoError(t, err)
			require.NotEmpty(t, runs)
			for _, run := range runs {
				assert.Equal(t, "succeeded", run.Status, run.Log)
			}
			assert.Empty(t, operations(up(t, h, dir)), "a second update changes nothing")

			// The webhook of the new place works, too: a new value arrives without a run of the program's own.
			changed := write(t, h, sync(replaced(test.after)+"initialSync: {enabled: false}\n"))
			up(t, h, changed)
			_, err = h.Cloud.WaitForDeployments(t.Context(), test.stack)
			require.NoError(t, err)
			assert.JSONEq(t, `{"user":"bob","password":"hunter3"}`, secretValue(t, h, "prod/db"))
		})
	}
}

// replaced is a program with another password, and without the schedule to repair what a webhook misses.
func replaced(properties string) string {
	return strings.ReplaceAll(properties, "hunter2", "hunter3") + "schedule: 'off'\n"
}

// commitRenamed commits a program under another name in its Pulumi.yaml.
func commitRenamed(t *testing.T, folder, path, from, to string) string {
	t.Helper()
	program := t.TempDir()
	require.NoError(t, os.CopyFS(program, os.DirFS(folder)))
	file := filepath.Join(program, "Pulumi.yaml")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), "name: "+from+"\n")
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(text), "name: "+from, "name: "+to, 1)), 0o600))
	return harness.CommitFolder(t, program, path)
}
