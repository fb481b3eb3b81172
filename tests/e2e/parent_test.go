package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// nodejs makes a Node.js program. EscSync is a class in it that takes name, properties and options.
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

// Two components of a program have a sync of one name each. Both work, hang below their component, inherit its options,
// and neither takes over what the other has pushed.
func TestSyncsBelowComponents(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	dir := nodejs(t, h, `
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
`)
	up(t, h, dir)
	children := map[string]int{}
	for _, r := range exported(t, h, dir) {
		for _, part := range []string{"Web", "Worker"} {
			if strings.Contains(string(r.URN), "::my:index:"+part+"$escsync:index:EscSync$") {
				children[part]++
				assert.Equal(t, part == "Web", r.Protect, "%s", r.URN)
				assert.True(t, strings.HasSuffix(string(r.Parent), "my:index:"+part+"$escsync:index:EscSync::db"), r.Parent)
			}
		}
	}
	assert.Equal(t, map[string]int{"Web": 6, "Worker": 6}, children)

	_, err := h.Deploy(t.Context(), "update", "escsync-target/web")
	require.NoError(t, err)
	run := lastRun(t, h, "escsync-target/web")
	require.Equal(t, "succeeded", run.Status, run.Log)
	_, err = h.Deploy(t.Context(), "update", "escsync-target/worker")
	require.NoError(t, err)
	run = lastRun(t, h, "escsync-target/worker")
	assert.Equal(t, "failed", run.Status, run.Log)
	assert.Contains(t, run.Log, "does not belong to this sync")
	assert.JSONEq(t, `{"of":"Web"}`, secretValue(t, h, "prod/shared"))
}

// Without a name of their own they would share one environment and one stack: the second one is refused at preview,
// before the first is made.
func TestSyncsOfOneName(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	for name, source := range map[string]string{
		"below components of different types": `
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
`,
		"of one name that is given": `
for (const one of ["Web", "Worker"]) {
    new EscSync(one, { name: "n", value: { of: one }, destination: to("prod/" + one), initialSync: quiet });
}
`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := nodejs(t, h, source)
			result, err := h.Preview(t.Context(), dir, stack)
			require.Error(t, err)
			assert.Regexp(t, `property name  ?has a problem: is that of another sync of this program, acme/shop/dev/`+
				`.*(Web|Worker).*: set a name of its own on one of them`, result.Stdout)
		})
	}
}

// A transform on a sync, or on a component above it, sees the sync and every child, and what it changes counts. The
// older transformations are run by the program itself, which never sees the children.
func TestTransforms(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	dir := nodejs(t, h, `
const sees = (who) => (args) => { console.log(who + " sees " + args.type); };
const change = (args) => {
    console.log("a transform sees " + args.type);
    switch (args.type) {
        case "escsync:index:EscSync": // the registration that follows construction has no inputs
            return args.props.value ? { props: { ...args.props, onChange: false }, opts: args.opts } : undefined;
        case "pulumiservice:index:DeploymentSchedule":
            return { props: { ...args.props, scheduleCron: "1 2 * * *" }, opts: args.opts };
        case "pulumiservice:index:Stack":
            return { props: args.props, opts: { ...args.opts, protect: true } };
    }
};
class Part extends pulumi.ComponentResource {
    constructor(name, opts) { super("my:index:Part", name, {}, opts); }
}
const parent = new Part("part", { transforms: [sees("a transform above")] });
new EscSync("db", {
    name: "transformed", value: { a: "b" }, destination: to("prod/db"), initialSync: quiet,
}, { parent, transforms: [change], transformations: [sees("a transformation")] });
`)
	output := up(t, h, dir).Stdout
	for _, typ := range []string{
		"escsync:index:EscSync", "escsync:index:Teardown", "pulumiservice:index:DeploymentSchedule",
		"pulumiservice:index:DeploymentSettings", "pulumiservice:index:Environment", "pulumiservice:index:Stack",
	} {
		assert.Contains(t, output, "a transform sees "+typ)
		assert.Contains(t, output, "a transform above sees "+typ)
	}
	assert.Contains(t, output, "a transformation sees escsync:index:EscSync")
	assert.NotContains(t, output, "a transformation sees pulumiservice")
	protected := 0
	for _, r := range exported(t, h, dir) {
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
