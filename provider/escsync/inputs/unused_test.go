package inputs

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

// Inputs that would be silently ignored are refused, and so are empty blocks.
func TestCompleteRefusesTheUnused(t *testing.T) {
	t.Parallel()
	custom := func(settings, changes props) props {
		in := props{
			"destination": obj(props{"custom": obj(settings)}),
			"source":      obj(props{"repository": str("a/b"), "branch": str("m"), "project": str("p")}),
		}
		maps.Copy(in, changes)
		return in
	}
	for name, test := range map[string]struct {
		in   props
		want string
	}{
		"a name that nothing takes": {
			props{"name": str("n"), "environmentName": str("e"), "stackName": unknown},
			"name: has no effect: it is the default of environmentName and stackName, and both are given. Leave out name, or " +
				"one of them",
		},
		"a name that one takes": {props{"name": str("n"), "environmentName": str("e")}, ""},
		"a key without a definition": {
			custom(props{"syncKey": str("vault")}, nil),
			"destination.custom.syncKey: has no effect without definition, whose blocks it chooses from: remove it",
		},
		"a key with a definition": {
			custom(props{"syncKey": str("vault")}, props{
				"value": {}, "definition": str("values: {sync: {vault: {value: x}}}"),
			}), "",
		},
		"an unknown key": {
			custom(props{"syncKey": unknown}, props{"value": {}, "definition": unknown}),
			"destination.custom.syncKey: must be known at preview",
		},
		"credentials for no cloud": {
			props{"deployment": obj(props{"oidc": obj(props{"aws": {}})})},
			"deployment.oidc: must have aws, azure or gcp. For no credentials, leave it out",
		},
		"credentials for an unknown cloud": {
			props{"deployment": obj(props{"oidc": unknown})},
			"deployment.oidc: must be known at preview: give its parts as outputs, not the whole",
		},
		"a session that nothing narrows": {
			props{"deployment": obj(props{"oidc": obj(props{"aws": obj(props{
				"roleArn": str("arn:aws:iam::123456789012:role/sync"), "policyArns": property.New([]property.Value{}),
			})})})},
			"deployment.oidc.aws.policyArns: must have at least one policy. For a session without limits of its own, leave it " +
				"out",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			assert.Equal(t, test.want, completed.Problems.Text())
		})
	}
}

// A program that disables the run need not remove the run's settings.
func TestCompleteWarnsOfTheUnawaited(t *testing.T) {
	t.Parallel()
	yes, no := property.New(true), property.New(false)
	const (
		noRun  = "has no effect: enabled is false, so pulumi up starts no run"
		noWait = "has no effect: wait is false, so pulumi up does not see how the run ends"
	)
	for name, test := range map[string]struct {
		in   props
		want string
	}{
		"how to await no run": {
			props{"initialSync": obj(props{"enabled": no, "wait": yes, "timeout": str("5m"), "showLog": yes})},
			"initialSync.showLog: " + noRun + "\ninitialSync.timeout: " + noRun + "\ninitialSync.wait: " + noRun,
		},
		"not to await no run": {
			props{"initialSync": obj(props{"enabled": no, "wait": no, "showLog": no})}, "",
		},
		"how long to wait for what is not awaited": {
			props{"initialSync": obj(props{"wait": no, "timeout": unknown, "showLog": yes})},
			"initialSync.showLog: " + noWait + "\ninitialSync.timeout: " + noWait,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			assert.Empty(t, completed.Problems)
			assert.Equal(t, test.want, completed.Warnings.Text())
		})
	}
}

func TestCompleteRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	aws := func(o props) props { return props{"deployment": obj(props{"oidc": obj(props{"aws": obj(o)})})} }
	const arns = " (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns)"
	for name, test := range map[string]struct {
		in   props
		want string
	}{
		"no ARNs": {
			aws(props{"roleArn": str("hunter2"), "policyArns": list(str("arn:aws:iam::aws:role/x"), unknown)}),
			"deployment.oidc.aws.policyArns[0]: must be the ARN of a policy, such as arn:aws:iam::123456789012:policy/name" +
				arns + "\ndeployment.oidc.aws.roleArn: must be the ARN of a role, such as " +
				"arn:aws:iam::123456789012:role/name" + arns,
		},
		"an unknown role": {aws(props{"roleArn": unknown, "duration": unknown}), ""},
		"a session that is too short": {
			aws(props{"roleArn": str("arn:aws:iam::123456789012:role/x"), "duration": str("1m")}),
			"deployment.oidc.aws.duration: must be a duration from 15m0s to 12h0m0s " +
				"(https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html)",
		},
		"too fine a timeout": {
			props{"initialSync": obj(props{"timeout": str("1ns")})},
			"initialSync.timeout: must be a duration of whole seconds, such as 90s or 1h30m",
		},
		"a step beyond the hour": {
			props{"schedule": str("*/100 * * * *"), "driftSchedule": obj(props{"schedule": str("0 */0 * * *")})},
			`driftSchedule.schedule: must be a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly): ` +
				"the step of the hour must be 1 to 24; for none, leave driftSchedule out\n" +
				`schedule: must be "off" or a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly): ` +
				"the step of the minute must be 1 to 60",
		},
		"Slack's format elsewhere": {
			props{"notifications": list(
				obj(props{"url": str("https://hooks.slack.com/services/x"), "format": str("slack")}),
				obj(props{"url": str("https://hooks.slack.com.example.com/x").WithSecret(true), "format": str("slack")}),
				obj(props{"url": str("http://127.0.0.1/x"), "format": str("slack")}),
				obj(props{"url": str("https://chat.example.com/x"), "format": str("ms_teams")}),
				obj(props{"url": unknown, "format": str("slack")}),
			)},
			"notifications[1].url: must begin with https://hooks.slack.com/: Pulumi Cloud posts Slack's format nowhere else. " +
				"To post elsewhere, leave format out\n" +
				"notifications[2].url: must begin with https://hooks.slack.com/: Pulumi Cloud posts Slack's format nowhere else. " +
				"To post elsewhere, leave format out",
		},
		"an open line": {
			props{"notifications": list(
				obj(props{"url": str("http://hooks.example.com/hunter2")}), obj(props{"url": str("ftp://127.0.0.1/x")}),
				obj(props{"url": str("https://hooks.example.com/x")}), obj(props{"url": str("http://127.0.0.1:8080/x")}),
				obj(props{"url": str("http://localhost/x")}), obj(props{"url": str("http://[::1]/x")}),
				obj(props{"url": unknown}),
			)},
			"notifications[0].url: must be an address that begins with https://\n" +
				"notifications[1].url: must be an address that begins with https://",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			assert.Equal(t, test.want, completed.Problems.Text())
			assert.NotContains(t, completed.Problems.Text(), "hunter2")
		})
	}
}

func TestCompleteTrimsTheDriftSchedule(t *testing.T) {
	t.Parallel()
	completed := Complete(platform.All, minimal(props{"driftSchedule": obj(props{
		"schedule": str(" 0 3 * * *\n").WithSecret(true), "autoRemediate": property.New(true),
	})}), shop)
	assert.Empty(t, completed.Problems)
	drift := completed.Inputs.Get("driftSchedule").AsMap()
	assert.True(t, str("0 3 * * *").WithSecret(true).Equals(drift.Get("schedule")), "%#v", drift)
	assert.True(t, drift.Get("autoRemediate").AsBool())
}
