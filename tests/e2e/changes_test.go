package e2e

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// children maps the kind of a child to its operation. It omits unchanged children.
type children = map[string]string

// change changes an input of a sync, with the expected changes of its children.
type change struct {
	before, after string
	want          children
	// back are the inputs after a second change, if there is one, and wantBack its expected changes.
	back     string
	wantBack children
}

// changes are made to one sync each, named by the key. None of the syncs ever runs.
func changes() map[string]change {
	const cron = "schedule: 5 * * * *\n"
	full := awsSync + cron
	// A webhook would run the sync.
	still := full + unwatched
	return map[string]change{
		"nothing": {before: full, after: full, want: children{}},
		"password": {
			before: still, after: strings.ReplaceAll(still, "hunter2", "hunter3"),
			want: children{"Environment": "update"},
		},
		"destination": {
			before: still, after: strings.ReplaceAll(still, "prod/db", "prod/db2"),
			want: children{"Environment": "update"},
		},
		"schedule": {
			before: still, after: strings.ReplaceAll(still, "5 * * * *", "6 * * * *"),
			want: children{"DeploymentSchedule": "update"},
		},
		"unscheduled": {
			before: full, after: strings.ReplaceAll(full, "5 * * * *", "off"),
			want: children{"DeploymentSchedule": "delete"},
			back: full, wantBack: children{"DeploymentSchedule": "create"},
		},
		"unwatched": {
			before: full, after: still, want: children{"Webhook": "delete"},
			back: full, wantBack: children{"Webhook": "create"},
		},
		"credentials": {
			before: full, after: full + "deployment: {environmentVariables: {A: {fn::secret: b}}}\n",
			want: children{"DeploymentSettings": "update"},
		},
		"source": {
			before: full, after: full + "source: {repoUrl: 'https://git.example.com/a.git', branch: main}\n",
			want: children{"DeploymentSettings": "update", "Caretaker": "update"}, // the release no longer runs
		},
		"team": {
			before: full, after: full + "teams: [ops]\n", want: children{"TeamEnvironmentPermission": "create"},
			back: full, wantBack: children{"TeamEnvironmentPermission": "delete"},
		},
		"name": {
			before: full + "name: first\n", after: full + "name: second\n",
			want: children{
				"Environment": "replace", "Stack": "replace", "DeploymentSettings": "replace", "DeploymentSchedule": "replace",
				"Webhook": "replace", "Caretaker": "update",
			},
		},
		"environmentProject": {
			before: full + "name: third\n", after: full + "name: third\nenvironmentProject: other\n",
			want: children{
				"Environment": "replace", "Webhook": "replace", "DeploymentSettings": "update", "Caretaker": "update",
			},
		},
		// Its resource is renamed with an alias. Nothing is done under the old name.
		"alias": {before: full + "name: fixed\n", after: full + "name: fixed\n", want: children{}},
	}
}

// The changes of children when an input changes. A resource that is renamed with an alias by name keeps all of them.
func TestChangesInPlaceAndReplacements(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	before, after, back := map[string]string{}, map[string]string{}, map[string]string{}
	for name, c := range changes() {
		before[name], after[name], back[name] = c.before, c.after, c.after
		if c.back != "" {
			back[name] = c.back
		}
	}
	up(t, h, write(t, h, manySyncs(before)))

	first := up(t, h, write(t, h, renamed(manySyncs(after), "alias", "renamed")))
	second := up(t, h, write(t, h, renamed(manySyncs(back), "alias", "renamed")))
	// The environment and the tags contain the resource's name.
	assert.Equal(t, children{"Environment": "update", "Caretaker": "update"}, operations(first, "renamed"))
	for name, c := range changes() {
		assert.Equal(t, c.want, operations(first, name), "after changing: %s", name)
		if c.back != "" {
			assert.Equal(t, c.wantBack, operations(second, name), "after changing back: %s", name)
		} else {
			assert.Empty(t, operations(second, name), "without a second change: %s", name)
		}
	}
	for _, target := range h.Cloud.Stacks() {
		assert.NotContains(t, target, "first", "the old stack is still there")
	}
}

// operations returns the operation on each kind of resource of a sync, or of all syncs if sync is "".
func operations(result *harness.Result, sync string) children {
	done := children{}
	for _, step := range result.Steps {
		name := step.URN[strings.LastIndex(step.URN, "::")+len("::"):]
		kind := step.Type[strings.LastIndex(step.Type, ":")+1:]
		switch {
		case step.Op == apitype.OpSame || step.Op == apitype.OpRefresh || strings.HasPrefix(step.Type, "pulumi:"):
		case sync != "" && name != sync && !strings.HasPrefix(name, sync+"-"):
		case strings.Contains(string(step.Op), "replace"):
			done[kind] = "replace"
		case done[kind] == "":
			done[kind] = string(step.Op)
		}
	}
	return done
}

// An update of the environment that the service refuses is an error, although the pulumiservice provider reports
// success. It stays an error and starts no run, which would push the old value. Following the hint fixes it.
func TestRefusedEnvironmentUpdate(t *testing.T) {
	t.Parallel()
	refuse := &refusal{}
	h := harness.New(t, harness.Options{Middleware: refuse.middleware})
	// No webhook and no schedule that would repair it later.
	properties := pushedAs("prod/db") + unwatched + "schedule: 'off'\n"
	up(t, h, write(t, h, oneSync(properties)))
	changed := write(t, h, oneSync(strings.ReplaceAll(properties, "hunter2", "hunter3")))
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
