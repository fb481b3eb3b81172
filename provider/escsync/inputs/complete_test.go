package inputs

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

var (
	shop    = Origin{Organization: "acme", Project: "shop", Stack: "dev", Resource: "db"}
	unknown = property.New(property.Computed)
)

type props = map[string]property.Value

func obj(o props) property.Value              { return property.New(o) }
func str(s string) property.Value             { return property.New(s) }
func list(v ...property.Value) property.Value { return property.New(v) }

// minimal returns valid inputs with changes. A null removes an input.
func minimal(changes props) property.Map {
	in := props{
		"value":       obj(props{"user": str("bob")}),
		"destination": obj(props{"awsSecretsManager": obj(props{"name": str("prod/db")})}),
	}
	maps.Copy(in, changes)
	return property.NewMap(in)
}

func TestCompleteDefaults(t *testing.T) {
	t.Parallel()
	completed := Complete(platform.All, minimal(nil), shop)
	require.Empty(t, completed.Problems)
	require.Empty(t, completed.Warnings)
	assert.Equal(t, "awsSecretsManager", completed.Platform)
	definition := completed.Inputs.Get("definition")
	assert.True(t, definition.Secret())
	assert.Contains(t, definition.AsString(), "user: bob")
	want := property.NewMap(props{
		"organization":       str("acme"),
		"environmentProject": str("escsync"),
		"environmentName":    str("shop-dev-db"),
		"stackName":          str("shop-dev-db"),
		"schedule":           completed.Inputs.Get("schedule"),
		"onChange":           property.New(true),
		"initialSync":        obj(props{}),
		"source":             obj(props{"project": str("escsync-target")}),
		"destination":        obj(props{"awsSecretsManager": obj(props{})}),
		"definition":         definition,
		"pulumiTags":         completed.Inputs.Get("pulumiTags"),
	})
	assert.True(t, want.Equals(completed.Inputs), "%#v", completed.Inputs)
	assert.Regexp(t, `^\d+ \* \* \* \*$`, completed.Inputs.Get("schedule").AsString())
}

func TestCompleteNames(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		in                 props
		environment, stack property.Value
	}{
		"name sets both":        {props{"name": str("x")}, str("x"), str("x")},
		"one is overridden":     {props{"name": str("x"), "stackName": str("y")}, str("x"), str("y")},
		"each on its own":       {props{"environmentName": str("e")}, str("e"), str("shop-dev-db")},
		"unknown stays unknown": {props{"name": unknown}, unknown, unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			require.Empty(t, completed.Problems)
			assert.True(t, test.environment.Equals(completed.Inputs.Get("environmentName")))
			assert.True(t, test.stack.Equals(completed.Inputs.Get("stackName")))
			assert.True(t, completed.Inputs.Get("name").IsNull())
		})
	}
}

func TestCompleteProblems(t *testing.T) {
	t.Parallel()
	aws := obj(props{"name": str("n")})
	source := func(o props) props { return props{"source": obj(o)} }
	git := func(o props) props {
		all := props{"repoUrl": str("https://git.example.com/a/b.git"), "branch": str("main")}
		maps.Copy(all, o)
		return props{"source": obj(all)}
	}
	for name, test := range map[string]struct {
		in   props
		want string
	}{
		"no destination": {
			props{"destination": obj(props{})},
			"destination: must have exactly one platform, such as awsSecretsManager",
		},
		"two destinations": {
			props{"destination": obj(props{"awsSecretsManager": aws, "vault": aws})},
			"destination: must have exactly one platform, has awsSecretsManager, vault: declare one EscSync for each",
		},
		"unknown destination": {
			props{"destination": unknown},
			"destination: must be known at preview: give its properties as outputs, not the whole object",
		},
		"unknown platform": {
			props{"destination": obj(props{"awsSecretsManager": unknown})},
			"destination.awsSecretsManager: must be known at preview: give its properties as outputs, not the whole object",
		},
		"no value":     {props{"value": {}}, "value: must be given: it is the value to push (or give a whole definition)"},
		"empty value":  {props{"value": str("")}, "value: must not be empty"},
		"empty object": {props{"value": obj(props{})}, "value: must have at least one key"},
		"value and definition": {
			props{"definition": str("values: {}")},
			"definition: cannot be given together with value, which it replaces\n" +
				`definition.values: has no sync.awsSecretsManager block with the value to push`,
		},
		"empty name": {props{"name": str("")}, "name: must not be empty"},
		"bad names": {
			props{"name": str("a/b"), "environmentProject": str("x y"), "stackName": str("..")},
			"environmentProject: may have letters, digits, hyphens, underscores and periods only\nname: may have letters, " +
				"digits, hyphens, underscores and periods only\nstackName: must not consist of periods only",
		},
		"hostile name": {
			props{"name": str("$(touch /tmp/x)")},
			"name: may have letters, digits, hyphens, underscores and periods only",
		},
		"bad cron, and no value in the error": {
			props{"schedule": str("hunter2 * * * *")},
			"schedule: must be \"off\" or a cron expression of 5 fields in UTC, such as \"0 * * * *\" (hourly): the minute " +
				"accepts 0 to 59, * or a range",
		},
		"bad cron": {
			props{"schedule": str("61 * * * *")},
			"schedule: must be \"off\" or a cron expression of 5 fields in UTC, such as \"0 * * * *\" (hourly): the minute " +
				"accepts 0 to 59, * or a range",
		},
		"bad import": {
			props{"imports": list(str("a/b@stable"), str("just-a-name"))},
			"imports[1]: must be project/environment, with @revision or @tag if one is pinned, such as my-project/" +
				"my-env@stable; an environment without a project is in ESC's default one: did you mean default/environment?",
		},
		"unknown onChange": {
			props{"onChange": unknown},
			"onChange: must be known at preview: it decides which resources there are",
		},
		"unknown suspended": {
			props{"suspended": unknown},
			"suspended: must be known at preview: it decides which resources there are",
		},
		"a bad timeout": {
			props{"initialSync": obj(props{"timeout": str("soon")})},
			"initialSync.timeout: must be a duration such as 90s or 1h30m",
		},
		"bad OIDC durations": {
			props{
				"deployment": obj(
					props{
						"oidc": obj(props{"aws": obj(props{"duration": str("1 hour")}), "gcp": obj(props{"tokenLifetime": str("-1h")})}),
					},
				),
			},
			"deployment.oidc.aws.duration: must be a duration such as 90s or 1h30m\ndeployment.oidc.gcp.tokenLifetime: must " +
				"be a duration such as 90s or 1h30m",
		},
		"unknown whether to sync": {
			props{"initialSync": obj(props{"enabled": unknown})},
			"initialSync.enabled: must be known at preview: it decides which resources there are",
		},
		"a bad drift schedule": {
			props{"driftSchedule": obj(props{"schedule": str("off")})},
			`driftSchedule.schedule: must be a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly); ` +
				"for none, leave driftSchedule out",
		},
		"unknown notifications": {
			props{"notifications": unknown},
			"notifications: must be known at preview: it decides which resources there are",
		},
		"a bad notification": {
			props{
				"notifications": list(
					obj(props{"url": str("hunter2")}),
					obj(props{"url": str("https://x"), "format": str("ms_teams"), "secret": str("hunter2")}),
				),
			},
			"notifications[0].url: must be an address that begins with https://\nnotifications[1].secret: is for the format " +
				"raw only: Slack and Microsoft Teams check no signature",
		},
		"source without place": {
			source(props{"branch": str("main")}),
			"source: must have repoUrl, or repository for the Pulumi GitHub app",
		},
		"source in two places": {
			git(props{"repository": str("a/b")}),
			"source: cannot have both repoUrl and repository: repository is for the Pulumi GitHub app, repoUrl for any git " +
				"server",
		},
		"branch and commit": {
			git(props{"commit": str("abcdef0")}),
			"source: cannot have both branch and commit: give one of them",
		},
		"neither branch nor commit": {source(props{"repository": str("a/b")}), "source: must have branch or commit"},
		"commit is no hash": {
			source(props{"repository": str("a/b"), "commit": str("v1.0.0")}),
			"source.commit: must be a commit hash of 7 to 40 hexadecimal digits",
		},
		"credentials in the URL": {
			git(props{"repoUrl": str("https://u:hunter2@git.example.com/a")}),
			"source.repoUrl: must be the URL of a git repository (https://, ssh:// or user@host:path), without credentials: " +
				"those go into auth. No part may begin with a hyphen, nor may there be a query or fragment",
		},
		"command for a URL": {
			git(props{"repoUrl": str("ext::sh -c id")}),
			"source.repoUrl: must be the URL of a git repository (https://, ssh:// or user@host:path), without credentials: " +
				"those go into auth. No part may begin with a hyphen, nor may there be a query or fragment",
		},
		"folder outside": {
			git(props{"repoDir": str("a/../../b")}),
			"source.repoDir: must be a folder inside the repository, relative to its top",
		},
		"half a login": {
			git(props{"auth": obj(props{"username": str("u")})}),
			"source.auth: must have both username and password (a token counts as a password)",
		},
		"two logins": {
			git(props{"auth": obj(props{"username": str("u"), "password": str("hunter2"), "sshPrivateKey": str("k")})}),
			"source.auth: cannot have both an SSH key and a user name with password",
		},
		"login for the app": {
			source(props{"repository": str("a/b"), "branch": str("m"), "auth": obj(props{"sshPrivateKey": str("k")})}),
			"source.auth: cannot be given with repository: the Pulumi GitHub app has its own access",
		},
		"environment variable": {
			props{"deployment": obj(props{"environmentVariables": obj(props{"A-B": str("hunter2")})})},
			"deployment.environmentVariables.A-B: must be a name of letters, digits and underscores, not beginning with a digit",
		},
		"two tokens": {
			props{
				"deployment": obj(
					props{"accessToken": str("hunter2"), "environmentVariables": obj(props{"PULUMI_ACCESS_TOKEN": str("x")})},
				),
			},
			"deployment.accessToken: cannot be given together with the environment variable PULUMI_ACCESS_TOKEN, which it sets",
		},
		"custom without a source": {
			props{"destination": obj(props{"custom": obj(props{})})},
			"source: must be given for a custom destination: it says where the program is",
		},
		"custom without a project": {
			props{
				"destination": obj(props{"custom": obj(props{})}),
				"source":      obj(props{"repository": str("a/b"), "branch": str("m")}),
			},
			"source.project: must be given for a custom destination: the name in the program's Pulumi.yaml",
		},
		"custom with a policy": {
			props{
				"destination":    obj(props{"custom": obj(props{})}),
				"adoptionPolicy": str("All"),
				"source":         obj(props{"repository": str("a/b"), "branch": str("m"), "project": str("p")}),
			},
			"adoptionPolicy: has no effect on a custom destination, whose own program decides: remove it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			assert.Equal(t, test.want, completed.Problems.Text())
			assert.NotContains(t, completed.Problems.Text()+completed.Warnings.Text(), "hunter2")
		})
	}
}

func TestCompleteNeedsAnOrganization(t *testing.T) {
	t.Parallel()
	for _, backend := range []string{"", "organization"} {
		diy := shop
		diy.Organization = backend
		assert.Contains(t, Complete(platform.All, minimal(nil), diy).Problems.Text(),
			"organization: must be given: this program's backend has no organizations")
		completed := Complete(platform.All, minimal(props{"organization": str("acme")}), diy)
		require.Empty(t, completed.Problems)
		assert.Equal(t, "acme", completed.Inputs.Get("organization").AsString())
	}
}

// Unknown values make only the definition unknown. Their dependencies are kept.
func TestCompleteUnknown(t *testing.T) {
	t.Parallel()
	random := newURN("random")
	for name, in := range map[string]props{
		"deep in the value": {"value": obj(props{"a": obj(props{"b": list(unknown.WithDependencies(random))})})},
		"the whole value":   {"value": unknown.WithDependencies(random)},
		"an import":         {"imports": list(unknown.WithDependencies(random))},
		"a setting": {
			"destination": obj(
				props{"awsSecretsManager": obj(props{"name": str("n"), "kmsKeyId": unknown.WithDependencies(random)})},
			),
		},
		"the name": {
			"destination": obj(props{"awsSecretsManager": obj(props{"name": unknown.WithDependencies(random)})}),
		},
		"the target's project": {
			"source": obj(props{
				"repository": str("a/b"), "branch": str("m"), "project": unknown.WithDependencies(random),
			}),
		},
		"in the environment's value": {"environmentValues": obj(props{"x": unknown.WithDependencies(random)})},
		"the definition":             {"value": {}, "definition": unknown.WithDependencies(random)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(in), shop)
			require.Empty(t, completed.Problems)
			definition := completed.Inputs.Get("definition")
			assert.True(t, definition.IsComputed())
			assert.True(t, definition.Secret())
			assert.Equal(t, random, definition.Dependencies())
			assert.False(t, completed.Inputs.Delete("definition").Get("environmentName").IsComputed())
		})
	}
}

func TestCompleteMovesSecretnessToLeaves(t *testing.T) {
	t.Parallel()
	completed := Complete(platform.All, minimal(props{"deployment": obj(props{
		"environmentVariables": obj(props{"A": str("a")}),
		"preRunCommands":       list(str("echo")),
	}).WithSecret(true)}), shop)
	require.Empty(t, completed.Problems)
	deployment := completed.Inputs.Get("deployment")
	assert.False(t, deployment.Secret())
	assert.True(t, deployment.AsMap().Get("environmentVariables").AsMap().Get("A").Secret())
	assert.True(t, deployment.AsMap().Get("preRunCommands").AsArray().Get(0).Secret())
}

func TestCompleteWarnsOfASyncThatNeverRuns(t *testing.T) {
	t.Parallel()
	in := props{"schedule": str("off"), "onChange": property.New(false)}
	completed := Complete(platform.All, minimal(in), shop)
	require.Empty(t, completed.Problems)
	assert.Equal(t, `schedule: is "off" and onChange is false: the sync runs only when somebody starts a run`,
		completed.Warnings.Text())
	in["suspended"] = property.New(true)
	completed = Complete(platform.All, minimal(in), shop)
	require.Empty(t, completed.Problems)
	assert.Equal(t, "suspended: is true: the sync does not run until you set it to false or remove it",
		completed.Warnings.Text())
}

// The namespace of the target program's configuration is its project, built-in or not.
func TestCompleteNamesTheProjectOfTheConfiguration(t *testing.T) {
	t.Parallel()
	text := Complete(platform.All, minimal(nil), shop).Inputs.Get("definition").AsString()
	assert.Contains(t, text, "escsync-target:config:payload: ${pulumiConfig.payload}\n")
	text = Complete(platform.All, minimal(props{"source": obj(props{
		"repository": str("a/b"), "branch": str("m"), "project": str("fork"),
	})}), shop).Inputs.Get("definition").AsString()
	assert.Contains(t, text, "fork:payload: ${pulumiConfig.payload}\n")
	assert.Contains(t, Complete(platform.All, minimal(props{"environmentValues": obj(props{
		"pulumiConfig": obj(props{"escsync-target:payload": str("x")}),
	})}), shop).Problems.Text(), `environmentValues.pulumiConfig["escsync-target:payload"]: is set by the sync`)
}

func newURN(name string) []urn.URN {
	return []urn.URN{urn.New("dev", "shop", "", "random:index:RandomId", name)}
}
