package e2e

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// What a change of an input does to the children: kinds by operation, those that stay the same left out.
func TestChangesInPlaceAndReplacements(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	ctx := t.Context()
	base := awsSync + "name: first\nschedule: 5 * * * *\n"
	up(t, h, write(t, h, sync(base)))

	for _, step := range []struct {
		name, program string
		want          map[string]string
	}{
		{"nothing", base, nil},
		{"a value", strings.ReplaceAll(base, "hunter2", "hunter3"), map[string]string{"Environment": "update"}},
		{"the destination", strings.ReplaceAll(base, "prod/db", "prod/db2"), map[string]string{"Environment": "update"}},
		{
			"the schedule",
			strings.ReplaceAll(base, "5 * * * *", "6 * * * *"),
			map[string]string{"DeploymentSchedule": "update", "Environment": "update"},
		},
		{"no schedule", strings.ReplaceAll(base, "5 * * * *", "off"), map[string]string{"DeploymentSchedule": "delete"}},
		{"a schedule again", base, map[string]string{"DeploymentSchedule": "create"}},
		{"no webhook", base + "onChange: false\n", map[string]string{"Webhook": "delete"}},
		{"a webhook again", base, map[string]string{"Webhook": "create"}},
		{
			"credentials",
			base + "deployment: {environmentVariables: {A: {fn::secret: b}}}\n",
			map[string]string{"DeploymentSettings": "update"},
		},
		{
			"the source",
			base + "source: {repoUrl: 'https://git.example.com/a.git', branch: main}\n",
			map[string]string{"DeploymentSettings": "update"},
		},
		{
			"a team",
			base + "teams: [ops]\n",
			map[string]string{"DeploymentSettings": "update", "TeamEnvironmentPermission": "create"},
		},
		{"no team", base, map[string]string{"TeamEnvironmentPermission": "delete"}},
		{"the name", strings.ReplaceAll(base, "name: first", "name: second"), map[string]string{
			"Environment":        "replace",
			"Stack":              "replace",
			"DeploymentSettings": "replace",
			"DeploymentSchedule": "replace",
			"Webhook":            "replace",
			"Teardown":           "update",
		}},
		{"the project", strings.ReplaceAll(base, "name: first", "name: second\nproject: other"), map[string]string{
			"Environment": "replace", "Webhook": "replace", "DeploymentSettings": "update", "Teardown": "update",
		}},
	} {
		result, err := h.Up(ctx, write(t, h, sync(step.program)), stack)
		require.NoError(t, err, step.name)
		assert.Equal(t, orEmpty(step.want), operations(result), "after changing %s", step.name)
	}
	for _, target := range h.Cloud.Stacks() {
		assert.NotContains(t, target, "first", "the old stack is still there")
	}
}

func orEmpty(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// operations returns what was done to each kind of resource.
func operations(result *harness.Result) map[string]string {
	done := map[string]string{}
	for _, step := range result.Steps {
		kind := step.Type[strings.LastIndex(step.Type, ":")+1:]
		switch {
		case step.Op == apitype.OpSame || step.Op == apitype.OpRefresh || strings.HasPrefix(step.Type, "pulumi:"):
		case strings.Contains(string(step.Op), "replace"):
			done[kind] = "replace"
		case done[kind] == "":
			done[kind] = string(step.Op)
		}
	}
	return done
}

// Renaming a sync moves its secrets to the new stack: under either policy they are never deleted on the way, also on a
// service that deletes no stack with resources.
func TestRenamedSyncKeepsItsSecrets(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"Retain", "Delete"} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{})
			base := strings.ReplaceAll(awsSync, quiet, "") + "deletionPolicy: " + policy + "\nname: "
			up(t, h, write(t, h, sync(base+"first")))
			before := secretARN(t, h)
			dir := write(t, h, sync(base+"second"))
			up(t, h, dir)
			assert.Equal(t, before, secretARN(t, h), "the secret was made anew")
			assert.Equal(
				t,
				[]string{harness.Organization + "/escsync-target/second", harness.Organization + "/" + stack},
				h.Cloud.Stacks(),
			)
			run := lastRun(t, h, "escsync-target/second")
			assert.Equal(t, "succeeded", run.Status, run.Log)
			assert.Empty(t, operations(up(t, h, dir)))
		})
	}
}

// secretARN is the identity of the secret prod/db, which a secret that is made anew does not keep.
func secretARN(t *testing.T, h *harness.Harness) string {
	t.Helper()
	name := "prod/db"
	found, err := h.SecretsManager(region).
		DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: &name})
	require.NoError(t, err)
	require.Nil(t, found.DeletedDate, "%s is scheduled for deletion", name)
	return *found.ARN
}

// A resource that is renamed with an alias given by name keeps all its children.
func TestRenameWithAnAliasByName(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	program := sync(awsSync + "name: fixed\nschedule: 5 * * * *\n")
	up(t, h, write(t, h, program))
	renamed := strings.Replace(program, "  db:\n", "  credentials:\n", 1) +
		"    options:\n      aliases:\n        - name: db\n"
	result := up(t, h, write(t, h, renamed))
	// The environment says which sync it belongs to, by the resource's name; nothing else changes.
	assert.Equal(t, map[string]string{"Environment": "update"}, operations(result))
}

// The pulumiservice provider reads a definition back with its secrets encrypted, so that a refresh makes it look
// changed. The next update writes one revision more, and what it starts changes nothing.
func TestRefresh(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	dir := write(t, h, sync(awsSync))
	up(t, h, dir)
	_, err := h.Deploy(t.Context(), "update", awsTarget)
	require.NoError(t, err)
	before := secretValue(t, h, "prod/db")
	runs := len(h.Deployments(awsTarget))

	result := up(t, h, dir, "--refresh")
	assert.Equal(t, map[string]string{"Environment": "update"}, operations(result))
	run := lastRun(t, h, awsTarget)
	assert.Equal(t, "succeeded", run.Status, run.Log)
	assert.Len(t, h.Deployments(awsTarget), runs+1, "more than one run was started")
	assert.Equal(t, before, secretValue(t, h, "prod/db"))
	for _, update := range run.Updates {
		assert.NotContains(t, update.ResourceChanges, "update")
		assert.NotContains(t, update.ResourceChanges, "replace")
	}
	assert.Empty(t, operations(up(t, h, dir)), "an update without refresh changes nothing")
}

// An update of the environment that the service refuses is an error, though the pulumiservice provider reports success;
// it stays one, starts no run that would push the old value, and the remedy that it names mends it.
func TestRefusedEnvironmentUpdate(t *testing.T) {
	t.Parallel()
	refuse := &refusal{}
	h := harness.New(t, harness.Options{Middleware: refuse.middleware})
	// No webhook and no schedule that would repair it later.
	program := strings.ReplaceAll(awsSync, quiet, "") + "onChange: false\nschedule: 'off'\n"
	up(t, h, write(t, h, sync(program)))
	changed := write(t, h, sync(strings.ReplaceAll(program, "hunter2", "hunter3")))
	refuse.on.Store(true)
	for _, cloud := range []string{"while the service refuses", "after it has refused once"} {
		result, err := h.Up(t.Context(), changed, stack)
		require.Error(t, err, cloud)
		assert.Contains(t, result.Stdout+result.Stderr, "pulumi up --refresh", cloud)
		assert.NotContains(t, result.Stdout+result.Stderr, "hunter3", cloud)
		refuse.on.Store(false)
	}
	assert.Len(t, h.Deployments(awsTarget), 1, "a run was started for a definition that was refused")
	up(t, h, changed, "--refresh")
	assert.JSONEq(t, `{"user":"bob","password":"hunter3"}`, secretValue(t, h, "prod/db"))
}
