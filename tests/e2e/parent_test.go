package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// nodejs writes a Node.js program. In source, EscSync is a class with the arguments name, properties and options.
func nodejs(t *testing.T, h *harness.Harness, source string) string {
	t.Helper()
	dir := write(t, h, "name: "+project+"\nruntime: nodejs\n")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"main": "index.js"}`), 0o600))
	require.NoError(t, os.Symlink(nodeModules(t, customTarget), filepath.Join(dir, "node_modules")))
	source = `"use strict";
const pulumi = require("@pulumi/pulumi");
class EscSync extends pulumi.ComponentResource {
    constructor(name, props, opts) { super("escsync:index:EscSync", name, props, opts, true); }
}
const to = (name) => ({ awsSecretsManager: { name, region: "us-west-2" } });
const quiet = { enabled: false };
` + source
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.js"), []byte(source), 0o600))
	return dir
}

// parents contains two components whose syncs have the same name, and one whose transforms see and change its children.
const parents = `
class Part extends pulumi.ComponentResource {
    constructor(kind, secret, opts) {
        super("my:index:" + kind, kind.toLowerCase(), {}, opts);
        new EscSync("db", {
            name: kind.toLowerCase(), value: { of: kind }, destination: to(secret), initialSync: quiet,
        }, { parent: this });
    }
}
new Part("Web", "prod/shared", { protect: true });
new Part("Worker", "prod/shared");

const sees = (who) => (args) => { console.log(who + " sees " + args.type); };
const change = (args) => {
    console.log("a transform sees " + args.type);
    switch (args.type) {
        case "escsync:index:EscSync": // the registration after construction has no inputs
            return args.props.value ? { props: { ...args.props, onChange: false }, opts: args.opts } : undefined;
        case "pulumiservice:index:DeploymentSchedule":
            return { props: { ...args.props, scheduleCron: "1 2 * * *" }, opts: args.opts };
        case "pulumiservice:index:Stack":
            return { props: args.props, opts: { ...args.opts, protect: true } };
    }
};
class Above extends pulumi.ComponentResource {
    constructor(name, opts) { super("my:index:Above", name, {}, opts); }
}
const parent = new Above("above", { transforms: [sees("a transform above")] });
new EscSync("db", {
    name: "transformed", value: { a: "b" }, destination: to("prod/db"), initialSync: quiet,
}, { parent, transforms: [change], transformations: [sees("a transformation")] });
`

func TestSyncsBelowComponents(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	output := up(t, h, nodejs(t, h, parents)).Stdout
	resources := resourcesOf(t, h, stack)
	t.Run("they hang below their component and inherit its options", func(t *testing.T) { inherits(t, resources) })
	t.Run("transforms", func(t *testing.T) { transformed(t, output, resources) })
	t.Run("neither takes over what the other has pushed", func(t *testing.T) { pushesItsOwn(t, h) })
}

func inherits(t *testing.T, resources []apitype.ResourceV3) {
	t.Helper()
	found := map[string]int{}
	for _, r := range resources {
		for _, part := range []string{"Web", "Worker"} {
			if strings.Contains(string(r.URN), "::my:index:"+part+"$escsync:index:EscSync$") {
				found[part]++
				assert.Equal(t, part == "Web", r.Protect, "%s", r.URN)
				assert.True(t, strings.HasSuffix(string(r.Parent), "my:index:"+part+"$escsync:index:EscSync::db"), r.Parent)
			}
		}
	}
	assert.Equal(t, map[string]int{"Web": 6, "Worker": 6}, found)
}

func pushesItsOwn(t *testing.T, h *harness.Harness) {
	t.Helper()
	_, err := h.Deploy(t.Context(), "update", "escsync-target/web")
	require.NoError(t, err)
	run := lastRun(t, h, "escsync-target/web")
	require.Equal(t, "succeeded", run.Status, run.Log)
	_, err = h.Deploy(t.Context(), "update", "escsync-target/worker")
	require.NoError(t, err)
	run = lastRun(t, h, "escsync-target/worker")
	assert.Equal(t, "failed", run.Status, run.Log)
	assert.Contains(t, run.Log, "exists on the platform and belongs to ")
	assert.JSONEq(t, `{"of":"Web"}`, secretValue(t, h, "prod/shared"))
}

// A transform on a sync, or on a component above it, sees the sync and every child, and its changes take effect. The
// program itself runs the older transformations, which never see the children.
func transformed(t *testing.T, output string, resources []apitype.ResourceV3) {
	t.Helper()
	for _, typ := range []string{
		"escsync:index:EscSync", "escsync:index:Caretaker", "pulumiservice:index:DeploymentSchedule",
		"pulumiservice:index:DeploymentSettings", "pulumiservice:index:Environment", "pulumiservice:index:Stack",
	} {
		assert.Contains(t, output, "a transform sees "+typ)
		assert.Contains(t, output, "a transform above sees "+typ)
	}
	assert.Contains(t, output, "a transformation sees escsync:index:EscSync")
	assert.NotContains(t, output, "a transformation sees pulumiservice")
	protected := 0
	for _, r := range resources {
		if !strings.Contains(string(r.URN), "::my:index:Above$") {
			continue
		}
		switch string(r.Type) {
		case "pulumiservice:index:DeploymentSchedule":
			assert.Equal(t, "1 2 * * *", r.Inputs["scheduleCron"])
		case "pulumiservice:index:Webhook":
			assert.Fail(t, "the transform has set onChange to false")
		}
		if r.Protect {
			protected++
			assert.Equal(t, "pulumiservice:index:Stack", string(r.Type))
		}
	}
	assert.Equal(t, 1, protected)
}

// Without different names, both would share one environment and one stack. The second is refused at preview, before the
// first is created.
func TestSyncsOfOneName(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	for name, dir := range map[string]string{
		"below components of different types": nodejs(t, h, `
class Part extends pulumi.ComponentResource {
    constructor(kind) {
        super("my:index:" + kind, kind.toLowerCase(), {}, {});
        new EscSync("db", {
            value: { of: kind }, destination: to("prod/" + kind), initialSync: quiet,
        }, { parent: this });
    }
}
new Part("Web");
new Part("Worker");
`),
		"of one name that is given": write(t, h, manySyncs(map[string]string{
			"Web": pushedAs("prod/Web") + "name: n\n", "Worker": pushedAs("prod/Worker") + "name: n\n",
		})),
	} {
		t.Run(name, func(t *testing.T) {
			result, err := h.Preview(t.Context(), dir, stack)
			require.Error(t, err)
			assert.Regexp(t, `property name  ?has a problem: is already used by another sync of this program, acme/shop/dev/`+
				`.*(Web|Worker).*: set a different name on one of them`, result.Stdout)
		})
	}
}
