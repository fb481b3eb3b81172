package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// roles are the organization's roles: syncs may open everything, and readers nothing.
var roles = []pulumicloud.Role{
	{Name: "syncs", Opens: []string{"*"}, OpensDefinitions: true}, {Name: "readers", OpensDefinitions: true},
}

// builtAt returns the source of a release, which names its own commit.
func builtAt(commit string) string {
	return "source: {repoUrl: 'https://github.com/escsync/pulumi-escsync', repoDir: program, commit: '" + commit +
		"', project: escsync-target}\n"
}

// A role chosen in the console survives every update, even one that rewrites all settings, as each release does with
// its commit. Runs that no user starts need the role, because the organization is restricted.
func TestTheChosenRoleSurvivesUpdates(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{Restricted: true, Roles: roles})
	program := func(more string) string { return write(t, h, oneSync(awsSync+unwatched+more)) }
	const full = harness.Organization + "/" + awsTarget
	up(t, h, program(""))
	require.NoError(t, h.Cloud.ChooseRole(full, "syncs"))
	for _, update := range []struct {
		name, more string
		args       []string
	}{
		{"nothing changed", "", nil},
		{"a refresh", "", []string{"--refresh"}},
		{"another commit of the program", builtAt("1111111111111111111111111111111111111111"), nil},
		{
			"the next one, with a refresh", builtAt("2222222222222222222222222222222222222222"),
			[]string{"--refresh"},
		},
		{"another setting", "deployment: {cache: true}\n", nil},
	} {
		up(t, h, program(update.more), update.args...)
		assert.Equal(t, "syncs", h.Cloud.ChosenRole(full), update.name)
	}
	h.Cloud.AdvanceClock(time.Hour)
	run := lastRun(t, h, awsTarget)
	assert.Equal(t, "succeeded", run.Status, run.Log)
	assert.Equal(t, "schedule", run.Initiator)

	require.NoError(t, h.Cloud.ChooseRole(full, "readers"))
	up(t, h, program("deployment: {cache: false}\n"))
	assert.Equal(t, "readers", h.Cloud.ChosenRole(full), "the newest choice counts")
	require.NoError(t, h.Cloud.ChooseRole(full, ""))
	result := up(t, h, program("deployment: {cache: true}\n"))
	assert.Empty(t, h.Cloud.ChosenRole(full), "what was taken away does not come back")
	assert.Contains(t, result.Stdout+result.Stderr, "no longer run as readers")
}

// A role that the program sets is in effect when the first run starts, and is restored when somebody removes it. One
// that does not exist is refused before anything is written.
func TestTheRoleOfTheProgram(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{Restricted: true, Roles: roles})
	program := func(role string) string {
		return write(t, h, oneSync(pushedAs("prod/db")+unwatched+"deployment: {role: "+role+"}\n"))
	}
	const full = harness.Organization + "/" + awsTarget
	up(t, h, program("syncs"))
	assert.Equal(t, "syncs", h.Cloud.ChosenRole(full))
	require.Equal(t, "succeeded", lastRun(t, h, awsTarget).Status)

	require.NoError(t, h.Cloud.ChooseRole(full, "readers"))
	result, err := h.Preview(t.Context(), program("syncs"), stack)
	require.NoError(t, err)
	assert.Equal(t, children{"Caretaker": "update"}, operations(result, ""))
	up(t, h, program("syncs"))
	assert.Equal(t, "syncs", h.Cloud.ChosenRole(full))

	_, err = h.Preview(t.Context(), program("sink"), stack)
	require.ErrorContains(t, err, `deployment.role  has a problem: acme has no role "sink": there are readers, syncs`)
	assert.NotContains(t, err.Error(), "awaiting input property")
	assert.Equal(t, "syncs", h.Cloud.ChosenRole(full))
	assert.Len(t, h.Deployments(awsTarget), 1)
	_, err = h.Destroy(t.Context(), program("syncs"), stack)
	require.NoError(t, err)
}

// An access token replaces a role, whoever set it: Pulumi Cloud refuses settings with both.
func TestATokenReplacesARole(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{Roles: roles})
	program := func(deployment string) string {
		return write(t, h, oneSync(pushedAs("prod/db")+unwatched+"deployment: {"+deployment+"}\n"))
	}
	token := h.Cloud.AccessToken()
	for _, given := range []string{
		"accessToken: {fn::secret: " + token + "}",
		"environmentVariables: {PULUMI_ACCESS_TOKEN: {fn::secret: " + token + "}}",
	} {
		up(t, h, program("role: syncs"))
		result := up(t, h, program(given))
		assert.Empty(t, h.Cloud.ChosenRole(harness.Organization+"/"+awsTarget))
		assert.NotContains(t, result.Stdout+result.Stderr, "no longer run as")
		require.Equal(t, "succeeded", lastRun(t, h, awsTarget).Status)
	}
	_, err := h.Destroy(t.Context(), program("role: syncs"), stack)
	require.NoError(t, err)
}
