// Package provider_test runs the provider's server with mocks instead of the engine. It calls Construct like the
// engine, and records every child that is registered.
package provider_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition/handover"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/version"
)

const (
	environmentType = "pulumiservice:index:Environment"
	stackType       = "pulumiservice:index:Stack"
	settingsType    = "pulumiservice:index:DeploymentSettings"
	scheduleType    = "pulumiservice:index:DeploymentSchedule"
	webhookType     = "pulumiservice:index:Webhook"
	permissionType  = "pulumiservice:index:TeamEnvironmentPermission"
)

type props = map[string]property.Value

func obj(o props) property.Value              { return property.New(o) }
func str(s string) property.Value             { return property.New(s) }
func list(v ...property.Value) property.Value { return property.New(v) }

// patternInputs returns the inputs of the README's program, with changes. A null removes an input.
func patternInputs(changes props) props {
	in := props{
		"imports": list(str("my-project/my-imported-env@stable")),
		"value": obj(props{
			"myConfigKey": str("${my-imported-env-foo}"),
			"myNestedKey": obj(props{"haha": str("${my-imported-env-bar}")}),
			"mySecret":    str("${my-imported-env-password}"),
		}),
		"destination": obj(props{"awsSecretsManager": obj(props{
			"name": str("name-in-secrets-manager"), "region": str("us-west-2"),
		})}),
	}
	maps.Copy(in, changes)
	return in
}

func TestEscSyncRegistersItsChildren(t *testing.T) {
	t.Parallel()
	r := construct(t, escSync(patternInputs(nil)))
	require.NoError(t, r.err)
	require.Len(t, r.children(), 7)
	for _, c := range r.children() {
		assert.True(
			t,
			strings.HasSuffix(c.Parent, "escsync:index:EscSync::db-credentials"),
			"%s has parent %s",
			c.Name,
			c.Parent,
		)
	}
	name := str("shop-dev-db-credentials")
	for typ, want := range map[string]props{
		environmentType: {"organization": str("acme"), "project": str("escsync"), "name": name},
		stackType: {
			"organizationName": str("acme"), "projectName": str("escsync-target"), "stackName": name,
			"forceDestroy": property.New(true),
		},
		settingsType: {
			"organization": str("acme"), "project": str("escsync-target"), "stack": name,
			"operationContext": obj(props{
				"preRunCommands": list(str("pulumi config env add escsync/shop-dev-db-credentials "+
					"-s acme/escsync-target/shop-dev-db-credentials --yes >/dev/null"),
					str("pulumi config get payload -s acme/escsync-target/shop-dev-db-credentials >/dev/null || { "+
						"pulumi env open acme/escsync/shop-dev-db-credentials escsync.none >/dev/null; { "+
						"echo 'escsync: cannot open the environment acme/escsync/shop-dev-db-credentials: the lines above "+
						"say why. Nothing was changed. If access to it or to one that it imports is forbidden, or the permission "+
						"environment_yaml:open is missing, set deployment.role of EscSync to a role that may open them, or select "+
						"one in the deployment settings of the stack. If the organization has no such role, set "+
						"deployment.accessToken to a token that may, and add the token'\\''s team to teams.' >&2; exit 1; }; }"),
					str(handover.RunVariables),
					str(`[ "${PULUMI_CI_OPERATION-}" != destroy ] || pulumi refresh --run-program --yes --skip-preview `+
						"--non-interactive -s acme/escsync-target/shop-dev-db-credentials")),
				"options": obj(props{
					"skipInstallDependencies": property.New(true), "skipIntermediateDeployments": property.New(true),
				}),
			}),
			"sourceContext": obj(props{"git": obj(props{
				"repoUrl": str("https://github.com/escsync/pulumi-escsync"), "repoDir": str("program"),
				"branch": str("refs/heads/main"),
			})}),
		},
		scheduleType: {
			"organization": str("acme"), "project": str("escsync-target"), "stack": name,
			"scheduleCron": str("12 * * * *"), "pulumiOperation": str("update"),
		},
		webhookType: {
			"organizationName": str("acme"), "projectName": str("escsync"), "environmentName": name,
			"displayName": str("escsync: sync escsync-target/shop-dev-db-credentials on change"),
			"format":      str("pulumi_deployments"),
			"payloadUrl":  str("escsync-target/shop-dev-db-credentials"),
			"filters":     list(str("environment_revision_created"), str("imported_environment_changed")),
			"active":      property.New(true),
		},
		run.CaretakerToken: {
			"organization": str("acme"), "project": str("escsync-target"), "stack": name,
			"environment": str("escsync/shop-dev-db-credentials"), "retain": property.New(true),
			"tags": obj(props{
				"escsync:sync": str("acme/shop/dev/db-credentials"), "escsync:version": str(version.Version),
			}),
		},
		run.SyncRunToken: {
			"organization": str("acme"), "project": str("escsync-target"), "stack": name, "within": str("awsSecretsManager"),
		},
	} {
		got := r.child(t, typ).Inputs.Delete("yaml", "triggers", "secrets", "settings")
		assert.True(t, property.NewMap(want).Equals(got), "%s: %#v", typ, got)
	}
}

func TestEscSyncOrdersItsChildren(t *testing.T) {
	t.Parallel()
	r := construct(t, escSync(patternInputs(props{"teams": list(str("ops"))})))
	require.NoError(t, r.err)
	for typ, want := range map[string][]string{
		environmentType: nil,
		stackType:       nil,
		permissionType:  {environmentType},
		settingsType:    {environmentType, stackType},
		// Whatever starts runs is deleted before the teardown empties the stack.
		run.CaretakerToken: {settingsType, environmentType, stackType},
		scheduleType:       {settingsType, run.CaretakerToken},
		webhookType:        {settingsType, environmentType, run.CaretakerToken},
		run.SyncRunToken:   {settingsType, environmentType, stackType, run.CaretakerToken, webhookType},
	} {
		deps := r.child(t, typ).Dependencies
		require.Len(t, deps, len(want), "%s depends on %v", typ, deps)
		for _, w := range want {
			assert.Contains(t, fmt.Sprint(deps), "$"+w+"::")
		}
	}
}

func TestEscSyncOutputsAreFlatAndPresent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		in                props
		schedule, webhook string
		lastSync          props
	}{
		"with triggers": {nil, "schedule-id", "hook-name", props{
			"deploymentId": str("run-id"), "version": property.New(1.0), "status": str("succeeded"),
			"operation": str("update"), "started": str("2030-01-01T00:00:10Z"), "finished": str("2030-01-01T00:00:50Z"),
			"initiator": str("escsync"), "consoleUrl": str("https://app.pulumi.com/run"),
			"resourceChanges": obj(props{"create": property.New(2.0)}),
			"lastSuccess":     str("2030-01-01T00:00:50Z"), "lastSuccessVersion": property.New(1.0),
		}},
		"without triggers": {props{
			"schedule": str("off"), "onChange": property.New(false),
			"initialSync": obj(props{"enabled": property.New(false)}),
		}, "", "", props{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := construct(t, escSync(patternInputs(test.in)))
			require.NoError(t, r.err)
			want := property.NewMap(props{
				"organization":    str("acme"),
				"targetProject":   str("escsync-target"),
				"environmentName": str("shop-dev-db-credentials"),
				"environment":     str("escsync/shop-dev-db-credentials"),
				"stackName":       str("shop-dev-db-credentials"),
				"stack":           str("acme/escsync-target/shop-dev-db-credentials"),
				"environmentId":   str("env-id"),
				"revision":        property.New(2.0),
				"scheduleId":      str(test.schedule),
				"webhookName":     str(test.webhook),
				"consoleUrl":      str("https://app.pulumi.com/acme/escsync-target/shop-dev-db-credentials"),
				"lastSync":        obj(test.lastSync),
			})
			assert.True(t, want.Equals(r.response.State), "%#v", r.response.State)
		})
	}
}

// A secret three levels deep reaches the environment's definition, and is secret in every registered resource.
func TestEscSyncKeepsDeepSecretsSecret(t *testing.T) {
	t.Parallel()
	const marker = "hunter2$MARKER"
	r := construct(t, escSync(patternInputs(props{
		"value": obj(props{"a": obj(props{"b": list(obj(props{"c": str(marker).WithSecret(true)}))})}),
	})))
	require.NoError(t, r.err)
	for _, c := range r.recorder.registered {
		assertSecretOnly(t, c.Type, property.New(c.Inputs), "MARKER")
	}
	assertSecretOnly(t, "outputs", property.New(r.response.State), "MARKER")
	yaml := r.child(t, environmentType).Inputs.Get("yaml")
	require.True(t, yaml.Secret())
	assert.Contains(t, yaml.AsAsset().Text, "MARKER")
}

// The same is true of the environment's other values, even if a whole object is secret. Functions in it stay functions.
func TestEscSyncKeepsSecretEnvironmentValuesSecret(t *testing.T) {
	t.Parallel()
	r := construct(t, escSync(patternInputs(props{
		"environmentValues": obj(props{
			"environmentVariables": obj(props{"K": str("MARKER")}),
			"login":                obj(props{"fn::toJSON": obj(props{"token": str("MARKER")})}),
		}).WithSecret(true),
	})))
	require.NoError(t, r.err)
	text := r.child(t, environmentType).Inputs.Get("yaml").AsAsset().Text
	assert.Contains(t, text, "fn::toJSON:\n")
	assert.Equal(t, 2, strings.Count(text, `fn::secret: "\"MARKER\""`), text)
	assert.Equal(t, 2, strings.Count(text, "MARKER"), text)
}

// assertSecretOnly fails if text is in a value that is not secret.
func assertSecretOnly(t *testing.T, where string, v property.Value, text string) {
	t.Helper()
	switch {
	case v.Secret():
	case v.IsString():
		assert.NotContains(t, v.AsString(), text, where)
	case v.IsAsset():
		assert.NotContains(t, v.AsAsset().Text, text, where)
	case v.IsArray():
		for i, item := range v.AsArray().All {
			assertSecretOnly(t, fmt.Sprintf("%s[%d]", where, i), item, text)
		}
	case v.IsMap():
		for key, item := range v.AsMap().All {
			assert.NotContains(t, key, text, where)
			assertSecretOnly(t, where+"."+key, item, text)
		}
	}
}

// The engine sends an unknown at preview. It must not become null or a made-up value.
func TestEscSyncPreviewsUnknownsAsUnknown(t *testing.T) {
	t.Parallel()
	req := escSync(patternInputs(props{
		"value": obj(props{"a": obj(props{"b": property.New(property.Computed)})}),
	}))
	req.DryRun = true
	r := construct(t, req)
	require.NoError(t, r.err)
	yaml := r.child(t, environmentType).Inputs.Get("yaml")
	assert.True(t, yaml.IsComputed(), "%#v", yaml)
	require.Len(t, r.children(), 7)
	assert.True(t, r.child(t, run.SyncRunToken).Inputs.Get("triggers").AsMap().Get("definition").IsComputed())
	assert.Equal(t, "shop-dev-db-credentials", r.child(t, webhookType).Inputs.Get("environmentName").AsString())
	assert.True(t, r.response.State.Get("lastSync").IsComputed(), "%#v", r.response.State.Get("lastSync"))
}

func TestEscSyncReportsFailures(t *testing.T) {
	t.Parallel()
	r := construct(t, escSync(patternInputs(props{
		"onChange":      property.New(false),
		"driftSchedule": obj(props{"schedule": str("0 3 * * *"), "autoRemediate": property.New(true)}),
		"notifications": list(obj(props{"url": str("https://hooks.example.com/x"), "secret": str("MARKER")})),
	})))
	require.NoError(t, r.err)
	hook := r.child(t, webhookType)
	want := property.NewMap(props{
		"organizationName": str("acme"), "projectName": str("escsync-target"), "stackName": str("shop-dev-db-credentials"),
		"displayName": str("escsync: a sync of escsync-target/shop-dev-db-credentials failed"),
		"format":      str("raw"), "payloadUrl": str("https://hooks.example.com/x"), "active": property.New(true),
		"secret": str("MARKER").WithSecret(true),
		"filters": list(str("deployment_failed"), str("drift_detected"), str("drift_detection_failed"),
			str("drift_remediation_failed")),
	})
	assert.True(t, want.Equals(hook.Inputs), "%#v", hook.Inputs)
	teardown := r.child(t, run.CaretakerToken)
	assert.Contains(t, fmt.Sprint(teardown.Dependencies), hook.Name, "a failed teardown is reported too")
	drift := r.child(t, "pulumiservice:index:DriftSchedule")
	assert.Equal(t, "0 3 * * *", drift.Inputs.Get("scheduleCron").AsString())
	assert.True(t, drift.Inputs.Get("autoRemediate").AsBool())
	assert.Contains(t, fmt.Sprint(drift.Dependencies), "-caretaker")
}

// Anybody with the URL of a chat's webhook can post there, and a token allows even more.
func TestEscSyncMakesCredentialsSecret(t *testing.T) {
	t.Parallel()
	slack := list(obj(props{"url": str("https://hooks.slack.com/services/x"), "format": str("slack")}))
	whole := construct(t, escSync(patternInputs(props{"notifications": slack.WithSecret(true)})))
	require.NoError(t, whole.err, "a list that is secret as a whole")
	r := construct(t, escSync(patternInputs(props{
		"notifications": slack,
		"deployment": obj(props{"environmentVariables": obj(props{
			"PULUMI_ACCESS_TOKEN": str("pul-1"), "OTHER": str("plain"),
		})}),
	})))
	require.NoError(t, r.err)
	hooks := 0
	for _, child := range r.children() {
		if url := child.Inputs.Get("payloadUrl"); child.Inputs.Get("format").IsString() && url.IsString() &&
			child.Inputs.Get("format").AsString() == "slack" {
			hooks++
			assert.True(t, url.Secret(), "the address")
		}
	}
	assert.Equal(t, 1, hooks)
	variables := r.child(t, settingsType).Inputs.Get("operationContext").AsMap().Get("environmentVariables").AsMap()
	assert.True(t, variables.Get("PULUMI_ACCESS_TOKEN").Secret())
	assert.False(t, variables.Get("OTHER").Secret())
}

func TestEscSyncThrottlesByPlatform(t *testing.T) {
	t.Parallel()
	variables := func(changes props) property.Value {
		r := construct(t, escSync(patternInputs(changes)))
		require.NoError(t, r.err)
		return r.child(t, settingsType).Inputs.Get("operationContext").AsMap().Get("environmentVariables")
	}
	ssm := obj(props{"awsParameterStore": obj(props{"name": str("/prod/db")})})
	own := obj(props{"environmentVariables": obj(props{"PULUMI_PARALLEL": str("7")})})
	assert.True(t, variables(nil).IsNull())
	assert.Equal(t, "1", variables(props{"destination": ssm}).AsMap().Get("PULUMI_PARALLEL").AsString())
	assert.Equal(t, "7", variables(props{"destination": ssm, "deployment": own}).AsMap().Get("PULUMI_PARALLEL").AsString())
}

// A run starts if the definition or the settings change, and for no other reason.
func TestEscSyncTriggersItsRun(t *testing.T) {
	t.Parallel()
	triggers := func(changes props) property.Map {
		r := construct(t, escSync(patternInputs(changes)))
		require.NoError(t, r.err)
		v := r.child(t, run.SyncRunToken).Inputs.Get("triggers")
		for key, trigger := range v.AsMap().All {
			assert.True(t, trigger.Secret(), "the trigger %s is not secret", key)
		}
		return v.AsMap()
	}
	before := triggers(nil)
	for name, test := range map[string]struct {
		in                   props
		definition, settings bool
	}{
		"nothing":     {nil, false, false},
		"the trigger": {props{"schedule": str("off"), "onChange": property.New(false)}, false, false},
		"the value":   {props{"value": obj(props{"a": str("b")})}, true, false},
		"a variable": {
			props{"deployment": obj(props{"environmentVariables": obj(props{"A": str("b").WithSecret(true)})})},
			false,
			true,
		},
		"the source": {props{"source": obj(props{"repository": str("a/b"), "branch": str("main")})}, false, true},
	} {
		after := triggers(test.in)
		assert.Equal(t, test.definition, !before.Get("definition").Equals(after.Get("definition")), "%s: definition", name)
		assert.Equal(t, test.settings, !before.Get("settings").Equals(after.Get("settings")), "%s: settings", name)
	}
}

// Syncs with the same name below components of different types are different, so their ownership tags differ. A sync at
// the top level of the program keeps its tag.
func TestEscSyncTagsWhatItOwnsWithItsURN(t *testing.T) {
	t.Parallel()
	const below = "urn:pulumi:dev::shop::"
	const stackURN = below + "pulumi:pulumi:Stack::shop-dev"
	for parent, want := range map[urn.URN]string{
		"":                          "acme/shop/dev/db-credentials",
		stackURN:                    "acme/shop/dev/db-credentials",
		below + "my:index:Web::web": "acme/shop/dev/my:index:Web::db-credentials",
		below + "my:index:App$my:index:Worker::queue": "acme/shop/dev/my:index:App/my:index:Worker::db-credentials",
	} {
		req := escSync(patternInputs(nil))
		req.Parent = parent
		r := construct(t, req)
		require.NoError(t, r.err)
		yaml := r.child(t, environmentType).Inputs.Get("yaml").AsAsset().Text
		assert.Contains(t, yaml, "syncId: "+want+"\n")
	}
}
