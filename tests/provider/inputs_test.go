package provider_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// inputRow sets one input of EscSync, and says where its value must arrive.
type inputRow struct {
	// in are the inputs in addition to the pattern's. The row's name is the path of the tested input.
	in props
	// child is the type of the child, at the path of its property, and want the value there.
	child, at string
	want      property.Value
	// yaml, if set, is a piece of the environment's definition to expect instead.
	yaml string
	// missing, if set, is the type of a child that must not exist.
	missing string
}

// source returns the inputs of a user's own program in a repository, with changes.
func source(changes props) props {
	in := props{"repoUrl": str("https://git.example.com/a.git"), "branch": str("main")}
	maps.Copy(in, changes)
	return props{"source": obj(in)}
}

func deployment(changes props) props { return props{"deployment": obj(changes)} }

func oidc(cloud string, changes props) props {
	return deployment(props{"oidc": obj(props{cloud: obj(changes)})})
}

var (
	awsOidc   = props{"roleArn": str("arn:aws:iam::123456789012:role/sync")}
	azureOidc = props{"clientId": str("client"), "tenantId": str("tenant"), "subscriptionId": str("sub")}
	gcpOidc   = props{
		"projectId": str("123"), "workloadPoolId": str("pool"), "providerId": str("idp"), "serviceAccount": str("s@x"),
	}
)

func with(base props, key, value string) props {
	all := maps.Clone(base)
	all[key] = str(value)
	return all
}

const (
	operation = "operationContext."
	git       = "sourceContext.git."
)

// inputRows has a row for every input of EscSync, by path. Inputs below destination have samples instead.
var inputRows = map[string]inputRow{
	"organization": {
		in:    props{"organization": str("other")},
		child: stackType, at: "organizationName", want: str("other"),
	},
	"environmentProject": {
		in: props{"environmentProject": str("secrets")}, child: environmentType, at: "project", want: str("secrets"),
	},
	"name": {in: props{"name": str("n")}, child: stackType, at: "stackName", want: str("n")},
	"environmentName": {
		in: props{"environmentName": str("e")}, child: webhookType, at: "environmentName", want: str("e"),
	},
	"stackName": {in: props{"stackName": str("s")}, child: settingsType, at: "stack", want: str("s")},
	"imports":   {in: props{"imports": list(str("a/b@3"))}, yaml: "imports:\n  - a/b@3\n"},
	"value":     {in: props{"value": obj(props{"k": str("${a.b}")})}, yaml: "k: ${a.b}\n"},
	"definition": {
		in:   props{"imports": {}, "value": {}, "definition": str("values: {sync: {awsSecretsManager: {value: own}}}")},
		yaml: "awsSecretsManager: {value: own}",
	},
	"environmentValues": {in: props{"environmentValues": obj(props{"login": str("${x}")})}, yaml: "login: ${x}\n"},
	"schedule": {
		in:    props{"schedule": str("7 3 * * *")},
		child: scheduleType, at: "scheduleCron", want: str("7 3 * * *"),
	},
	"onChange": {in: props{"onChange": property.New(false)}, missing: webhookType},
	"suspended": {
		in:    props{"suspended": property.New(true)},
		child: webhookType, at: "active", want: property.New(false),
	},
	"initialSync.enabled": {
		in: props{"initialSync": obj(props{"enabled": property.New(false)})}, missing: run.SyncRunToken,
	},
	"initialSync.wait": {
		in:    props{"initialSync": obj(props{"wait": property.New(false)})},
		child: run.SyncRunToken, at: "wait", want: property.New(false),
	},
	"initialSync.timeout": {
		in:    props{"initialSync": obj(props{"timeout": str("5m")})},
		child: run.SyncRunToken, at: "timeout", want: str("5m"),
	},
	"initialSync.showLog": {
		in:    props{"initialSync": obj(props{"showLog": property.New(true)})},
		child: run.SyncRunToken, at: "showLog", want: property.New(true),
	},
	"source.repoUrl": {
		in:    source(nil),
		child: settingsType, at: git + "repoUrl", want: str("https://git.example.com/a.git"),
	},
	"source.repository": {
		in:    props{"source": obj(props{"repository": str("o/r"), "branch": str("main")})},
		child: settingsType, at: "github.repository", want: str("o/r"),
	},
	"source.branch": {in: source(nil), child: settingsType, at: git + "branch", want: str("refs/heads/main")},
	"source.commit": {
		in:    source(props{"branch": {}, "commit": str("0123abc")}),
		child: settingsType, at: git + "commit", want: str("0123abc"),
	},
	"source.repoDir": {
		in:    source(props{"repoDir": str("a/b")}),
		child: settingsType, at: git + "repoDir", want: str("a/b"),
	},
	"source.project": {in: source(props{"project": str("mine")}), child: stackType, at: "projectName", want: str("mine")},
	"source.auth.username": {
		in:    source(props{"auth": obj(props{"username": str("u"), "password": str("MARKER")})}),
		child: settingsType, at: git + "gitAuth.basicAuth",
		want: obj(props{"username": str("u"), "password": str("MARKER").WithSecret(true)}),
	},
	"source.auth.password": {
		in:    source(props{"auth": obj(props{"username": str("u"), "password": str("MARKER").WithSecret(true)})}),
		child: settingsType, at: git + "gitAuth.basicAuth.password", want: str("MARKER").WithSecret(true),
	},
	"source.auth.sshPrivateKey": {
		in: source(props{
			"repoUrl": str("git@git.example.com:a.git"), "auth": obj(props{"sshPrivateKey": str("MARKER")}),
		}),
		child: settingsType, at: git + "gitAuth.sshAuth", want: obj(props{"sshPrivateKey": str("MARKER").WithSecret(true)}),
	},
	"source.auth.sshPassphrase": {
		in: source(props{
			"repoUrl": str("ssh://git@git.example.com/a.git"),
			"auth":    obj(props{"sshPrivateKey": str("k"), "sshPassphrase": str("MARKER")}),
		}),
		child: settingsType, at: git + "gitAuth.sshAuth.password", want: str("MARKER").WithSecret(true),
	},
	"deployment.environmentVariables": {
		in: deployment(props{"environmentVariables": obj(props{
			"PLAIN": str("p"), "SECRET": str("MARKER").WithSecret(true),
		})}),
		child: settingsType, at: operation + "environmentVariables",
		want: obj(props{"PLAIN": str("p"), "SECRET": str("MARKER").WithSecret(true)}),
	},
	"deployment.role": {
		in:    deployment(props{"role": str("syncs")}),
		child: run.CaretakerToken, at: "roleId", want: str("syncs-id"),
	},
	"deployment.accessToken": {
		in:    deployment(props{"accessToken": str("MARKER")}),
		child: settingsType, at: operation + "environmentVariables.PULUMI_ACCESS_TOKEN", want: str("MARKER").WithSecret(true),
	},
	"deployment.preRunCommands": {
		in:    deployment(props{"preRunCommands": list(str("make ready"))}),
		child: settingsType, at: operation + "preRunCommands",
	},
	"deployment.executorImage": {
		in:    deployment(props{"executorImage": str("registry.example.com/pulumi:3")}),
		child: settingsType, at: "executorContext.executorImage", want: str("registry.example.com/pulumi:3"),
	},
	"deployment.agentPoolId": {
		in: deployment(props{"agentPoolId": str("pool-1")}), child: settingsType, at: "agentPoolId", want: str("pool-1"),
	},
	"deployment.cache": {
		in:    deployment(props{"cache": property.New(true)}),
		child: settingsType, at: "cacheOptions.enable", want: property.New(true),
	},
	"deployment.skipInstallDependencies": {
		in:    deployment(props{"skipInstallDependencies": property.New(false)}),
		child: settingsType, at: operation + "options.skipInstallDependencies", want: property.New(false),
	},
	"deployment.oidc.aws.roleArn": {
		in: oidc("aws", awsOidc), child: settingsType, at: operation + "oidc.aws",
		want: obj(props{"roleARN": awsOidc["roleArn"], "sessionName": str("escsync")}),
	},
	"deployment.oidc.aws.sessionName": {
		in: oidc("aws", with(awsOidc, "sessionName", "nightly")), child: settingsType, at: operation + "oidc.aws.sessionName",
		want: str("nightly"),
	},
	"deployment.oidc.aws.duration": {
		in: oidc("aws", with(awsOidc, "duration", "15m")), child: settingsType, at: operation + "oidc.aws.duration",
		want: str("15m"),
	},
	"deployment.oidc.aws.policyArns": {
		in: oidc("aws", props{
			"roleArn": awsOidc["roleArn"], "policyArns": list(str("arn:aws:iam::aws:policy/SecretsManagerReadWrite")),
		}), child: settingsType,
		at: operation + "oidc.aws.policyARNs", want: list(str("arn:aws:iam::aws:policy/SecretsManagerReadWrite")),
	},
	"deployment.oidc.azure.clientId": {
		in: oidc("azure", azureOidc), child: settingsType, at: operation + "oidc.azure", want: obj(azureOidc),
	},
	"deployment.oidc.azure.tenantId": {
		in: oidc("azure", azureOidc), child: settingsType, at: operation + "oidc.azure.tenantId", want: str("tenant"),
	},
	"deployment.oidc.azure.subscriptionId": {
		in: oidc("azure", azureOidc), child: settingsType, at: operation + "oidc.azure.subscriptionId", want: str("sub"),
	},
	"deployment.oidc.gcp.projectId": {
		in: oidc("gcp", gcpOidc), child: settingsType, at: operation + "oidc.gcp", want: obj(gcpOidc),
	},
	"deployment.oidc.gcp.workloadPoolId": {
		in: oidc("gcp", gcpOidc), child: settingsType, at: operation + "oidc.gcp.workloadPoolId", want: str("pool"),
	},
	"deployment.oidc.gcp.providerId": {
		in: oidc("gcp", gcpOidc), child: settingsType, at: operation + "oidc.gcp.providerId", want: str("idp"),
	},
	"deployment.oidc.gcp.serviceAccount": {
		in: oidc("gcp", gcpOidc), child: settingsType, at: operation + "oidc.gcp.serviceAccount", want: str("s@x"),
	},
	"deployment.oidc.gcp.region": {
		in: oidc("gcp", with(gcpOidc, "region", "europe")), child: settingsType, at: operation + "oidc.gcp.region",
		want: str("europe"),
	},
	"deployment.oidc.gcp.tokenLifetime": {
		in: oidc("gcp", with(gcpOidc, "tokenLifetime", "1h")), child: settingsType, at: operation + "oidc.gcp.tokenLifetime",
		want: str("1h"),
	},
	"driftSchedule.schedule": {
		in:    props{"driftSchedule": obj(props{"schedule": str("0 3 * * *")})},
		child: driftType, at: "scheduleCron", want: str("0 3 * * *"),
	},
	"driftSchedule.autoRemediate": {
		in:    props{"driftSchedule": obj(props{"schedule": str("0 3 * * *"), "autoRemediate": property.New(true)})},
		child: driftType, at: "autoRemediate", want: property.New(true),
	},
	"notifications.format": {
		in: notification(props{"format": str("ms_teams")}), child: webhookType, at: "format", want: str("ms_teams"),
	},
	"notifications.url": {
		in: notification(nil), child: webhookType, at: "payloadUrl", want: str("https://hooks.example.com/x"),
	},
	"notifications.secret": {
		in:    notification(props{"format": str("raw"), "secret": str("MARKER")}),
		child: webhookType, at: "secret", want: str("MARKER").WithSecret(true),
	},
	"teams": {
		in:    props{"teams": list(str("ops"))},
		child: permissionType, at: "team", want: str("ops"),
	},
	"pulumiTags": {
		in:    props{"pulumiTags": obj(props{"team": str("ops")})},
		child: run.CaretakerToken, at: "tags", want: obj(props{
			"team": str("ops"), "escsync:sync": str("acme/shop/dev/db-credentials"), "escsync:version": str(version.Version),
		}),
	},
	"deletionPolicy": {in: props{"deletionPolicy": str("Delete")}, yaml: "deletionPolicy: Delete\n"},
	"retainKeys": {
		in: props{
			"retainKeys": list(str("my*")), "deletionPolicy": str("Delete"),
			"destination": obj(props{"awsParameterStore": obj(props{"path": str("/n")})}),
		},
		yaml: "retainKeys:\n              - my*\n",
	},
	"adoptionPolicy": {in: props{"adoptionPolicy": str("Never")}, yaml: "adoptionPolicy: Never\n"},
	"maxDeletions":   {in: props{"maxDeletions": property.New(3.0)}, yaml: "maxDeletions: 3\n"},
}

const driftType = "pulumiservice:index:DriftSchedule"

// notification returns the inputs of a sync with a notification and no other webhook.
func notification(changes props) props {
	in := props{"url": str("https://hooks.example.com/x")}
	maps.Copy(in, changes)
	return props{"onChange": property.New(false), "notifications": list(obj(in))}
}

// Every input has an effect: its value arrives at a child, or in the definition.
func TestEscSyncPassesEveryInputOn(t *testing.T) {
	t.Parallel()
	for path, row := range inputRows {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			r := construct(t, escSync(patternInputs(row.in)))
			require.NoError(t, r.err)
			for _, c := range r.recorder.registered {
				assertSecretOnly(t, c.Type, property.New(c.Inputs), "MARKER")
			}
			switch {
			case row.missing != "":
				assert.NotContains(t, typesOf(r.children()), row.missing)
				assert.Contains(t, typesOf(construct(t, escSync(patternInputs(nil))).children()), row.missing)
			case row.yaml != "":
				assert.Contains(t, r.child(t, environmentType).Inputs.Get("yaml").AsAsset().Text, row.yaml)
				before := construct(t, escSync(patternInputs(nil)))
				assert.NotContains(t, before.child(t, environmentType).Inputs.Get("yaml").AsAsset().Text, row.yaml)
			case path == "deployment.preRunCommands":
				commands := at(r.child(t, row.child).Inputs, row.at).AsArray()
				assert.Equal(t, "make ready", commands.Get(0).AsString(), "the user's come before the sync's own")
				assert.Equal(t, 5, commands.Len())
			default:
				got := at(r.child(t, row.child).Inputs, row.at)
				assert.True(t, row.want.Equals(got), "%#v", got)
			}
		})
	}
}

func typesOf(children []child) []string {
	var types []string
	for _, c := range children {
		types = append(types, c.Type)
	}
	return types
}

func at(object property.Map, path string) property.Value {
	v := property.New(object)
	for key := range strings.SplitSeq(path, ".") {
		if !v.IsMap() {
			return property.Value{}
		}
		v = v.AsMap().Get(key)
	}
	return v
}

// inputPaths returns the types of EscSync's inputs by path, from the schema, without objects.
func inputPaths(t *testing.T) map[string]schema.TypeSpec {
	t.Helper()
	spec := packageSchema(t)
	all := map[string]schema.TypeSpec{}
	var walk func(path string, properties map[string]schema.PropertySpec)
	walk = func(path string, properties map[string]schema.PropertySpec) {
		for name, p := range properties {
			typ := p.TypeSpec
			if typ.Items != nil && typ.Items.Ref != "" {
				typ = *typ.Items
			}
			named, isNamed := spec.Types[strings.TrimPrefix(typ.Ref, "#/types/")]
			if isNamed && len(named.Enum) == 0 {
				walk(path+name+".", named.Properties)
				continue
			}
			all[path+name] = p.TypeSpec
		}
	}
	walk("", spec.Resources[escsync.Token].InputProperties)
	return all
}

// No input may be without a test.
func TestEveryInputHasARow(t *testing.T) {
	t.Parallel()
	paths := inputPaths(t)
	require.Greater(t, len(paths), 150, "the schema was not read")
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if !strings.HasPrefix(path, "destination.") {
			_, found := inputRows[path]
			assert.True(t, found, "%s has no row", path)
		}
	}
	for path := range inputRows {
		_, found := paths[path]
		assert.True(t, found, "there is no input %s", path)
	}
}

// An empty text is an unset variable, not a name.
func TestEscSyncRefusesEmptyTexts(t *testing.T) {
	t.Parallel()
	meansSomething := []string{"separator", "description", "repoDir", "sshPassphrase"}
	for path, typ := range inputPaths(t) {
		keys := strings.Split(path, ".")
		inList := keys[0] == "notifications" || slices.Contains(keys, "replicas") // see TestEscSyncRefusesEmptyTextsInLists
		if inList || typ.Type != "string" || slices.Contains(meansSomething, keys[len(keys)-1]) {
			continue
		}
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			v := str("")
			for i := len(keys) - 1; i > 0; i-- {
				v = obj(props{keys[i]: v})
			}
			req := escSync(patternInputs(props{keys[0]: v}))
			req.DryRun = true
			assert.Contains(t, refused(t, construct(t, req)), path)
		})
	}
}
