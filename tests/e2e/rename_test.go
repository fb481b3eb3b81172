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

// move changes the target stack or the environment of a sync, by one of the inputs that name them.
type move struct {
	// before and after are inputs in addition to those of pushedAs.
	before, after string
	// stack is the target stack afterwards.
	stack string
	want  children
}

// moves are made by one sync each, named by the key.
func moves(t *testing.T) map[string]move {
	t.Helper()
	from := func(repository, project string) string {
		return "source: {repoUrl: 'file://" + repository + "', branch: main, project: " + project + "}\n"
	}
	named := children{
		"Environment": "replace", "Stack": "replace", "DeploymentSettings": "replace", "DeploymentSchedule": "replace",
		"Webhook": "replace", "Caretaker": "update", "SyncRun": "replace",
	}
	return map[string]move{
		"name":    {"name: a\n", "name: b\n", "acme/escsync-target/b", named},
		"deleted": {"deletionPolicy: Delete\nname: c\n", "deletionPolicy: Delete\nname: d\n", "acme/escsync-target/d", named},
		"stack": {"name: s\n", "name: s\nstackName: t\n", "acme/escsync-target/t", children{
			"Stack": "replace", "DeploymentSettings": "replace", "DeploymentSchedule": "replace",
			"Webhook": "update", "Caretaker": "update", "SyncRun": "replace",
		}},
		"environment": {"name: e\n", "name: e\nenvironmentName: f\n", "acme/escsync-target/e", children{
			"Environment": "replace", "Webhook": "replace", "DeploymentSettings": "update",
			"Caretaker": "update", "SyncRun": "update",
		}},
		"source": {
			"name: p\n" + from(harness.CommitFolder(t, "../../program", "program"), "escsync-target"),
			"name: p\n" + from(commitRenamed(t, "../../program", "program", "escsync-target", "my-target"), "my-target"),
			"acme/my-target/p", children{
				// The environment sets the payload under every spelling of its key, including the project's.
				"Environment": "update",
				"Stack":       "replace", "DeploymentSettings": "replace", "DeploymentSchedule": "replace",
				"Webhook": "update", "Caretaker": "update", "SyncRun": "replace",
			},
		},
		"organization": {
			"name: o\n", "name: o\norganization: " + harness.OtherOrganization + "\n",
			harness.OtherOrganization + "/escsync-target/o", named,
		},
	}
}

// A sync whose stack or environment changes works with the new one. The cloud adopts nothing, answers 409 instead, and
// deletes no stack with resources. Under either policy the pushed secrets are not deleted: they stay the same secrets.
func TestMovedSyncWorks(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	moves := moves(t)
	program := func(properties func(string, move) string) string {
		all := map[string]string{}
		for name, m := range moves {
			all[name] = properties(name, m)
		}
		return write(t, h, manySyncs(all))
	}
	up(t, h, program(func(name string, m move) string { return pushedAs("prod/"+name) + m.before }))
	secrets := map[string]string{}
	for name := range moves {
		secrets[name] = secretARN(t, h, "prod/"+name)
	}
	dir := program(func(name string, m move) string { return pushedAs("prod/"+name) + m.after })
	moved := up(t, h, dir)

	stacks := []string{harness.Organization + "/" + stack}
	for name, m := range moves {
		assert.Equal(t, m.want, operations(moved, name), name)
		assert.Equal(t, secrets[name], secretARN(t, h, "prod/"+name), "the secret of %s was made anew", name)
		stacks = append(stacks, m.stack)
		succeeded(t, h, m.stack)
	}
	slices.Sort(stacks)
	assert.Equal(t, stacks, h.Cloud.Stacks(), "an old stack is still there")
	assert.Empty(t, operations(up(t, h, dir), ""), "a second update changes nothing")

	// The webhook of the new environment works too: a new value arrives without a run by the program, and without the
	// schedule, which would repair what a webhook misses.
	up(t, h, program(func(name string, m move) string {
		return strings.ReplaceAll(pushedAs("prod/"+name), "hunter2", "hunter3") + m.after + "schedule: 'off'\n" + quiet
	}))
	for name, m := range moves {
		succeeded(t, h, m.stack)
		assert.JSONEq(t, `{"user":"bob","password":"hunter3"}`, secretValue(t, h, "prod/"+name), name)
	}
}

// succeeded waits for the deployments of a target stack and requires that all succeed. target includes the
// organization.
func succeeded(t *testing.T, h *harness.Harness, target string) {
	t.Helper()
	runs, err := h.Cloud.WaitForDeployments(t.Context(), target)
	require.NoError(t, err)
	require.NotEmpty(t, runs, target)
	for _, run := range runs {
		assert.Equal(t, "succeeded", run.Status, run.Log)
	}
}

// commitRenamed commits a program with another name in its Pulumi.yaml.
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
