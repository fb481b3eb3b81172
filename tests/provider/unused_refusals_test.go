package provider_test

import "testing"

// badUnused are inputs that would be silently ignored, or that promise something without effect.
var badUnused = map[string]badInputs{
	"names and filters that the mapping ignores": {
		inputs: "destination: {awsSecretsManager: {name: n, keys: {template: 'hunter2{key}', separator: _, nested: json}}}",
		want: []string{
			"destination.awsSecretsManager.keys.template: has no effect with the mapping json (the default), which makes",
			"destination.awsSecretsManager.keys.separator: has no effect with the mapping json",
			"destination.awsSecretsManager.keys.nested: has no effect with the mapping json",
		},
	},
	"filters of a single secret": {
		inputs: "{value: !secret hunter2, destination: {awsSecretsManager: {name: n, keys: {include: [a], exclude: [b]}}}}",
		want: []string{
			"destination.awsSecretsManager.keys.include: has no effect with the mapping single (the default), which " +
				"is for a value without keys",
			"destination.awsSecretsManager.keys.exclude: has no effect with the mapping single",
		},
	},
	"nothing to join, and no filter": {
		inputs: "destination: {awsParameterStore: {keys: {nested: json, separator: _, include: []}}}",
		want: []string{
			"destination.awsParameterStore.keys.separator: has no effect with nested json: there is nothing to join",
			"destination.awsParameterStore.keys.include: must have at least one pattern. To push every key, leave it out",
		},
	},
	"a data key beside the keys": {
		inputs: "destination: {kubernetes: {name: n, dataKey: hunter2}}",
		want:   []string{"destination.kubernetes.dataKey: has no effect with the mapping perKey, where every key has"},
	},
	"a field beside the fields": {
		inputs: "destination: {vault: {name: n, field: hunter2, maxVersions: -1}}",
		want: []string{
			"destination.vault.field: has no effect with the mapping json, where every top-level key is a field",
			"destination.vault.maxVersions: must not be negative: leave it out to use the engine's own number",
		},
	},
	"replicas in no region": {
		inputs: "destination: {gcpSecretManager: {name: n, regions: []}}",
		want:   []string{"destination.gcpSecretManager.regions: must have at least one region. Leave it out"},
	},
	"a repository with its owner": {
		inputs: "destination: {githubSecrets: {repository: acme/hunter2}}",
		want:   []string{"destination.githubSecrets.repository: must be the repository's name without its owner"},
	},
	"no regions, and no maxDeletions": {
		inputs: "{maxDeletions: '', destination: {awsSecretsManager: {name: n, region: hunter2, " +
			"replicas: [{region: us-west-2a}]}}}",
		want: []string{
			"maxDeletions: must not be empty: leave it out to use the default",
			"destination.awsSecretsManager.region: must be a region code, such as us-west-2",
			"destination.awsSecretsManager.replicas[0].region: must be a region code, such as us-west-2",
		},
	},
	"a name that nothing takes": {
		inputs: "{name: n, environmentName: e, stackName: s}",
		want: []string{
			"name: has no effect: it is the default of environmentName and stackName, and both are given",
		},
	},
	"no waiting, and no clouds": {
		inputs: "{initialSync: {wait: false, timeout: 1500ms}, deployment: {oidc: {}}}",
		want: []string{
			"initialSync.timeout: must be a duration of whole seconds, such as 90s or 1h30m",
			"deployment.oidc: must have aws, azure or gcp. For no credentials, leave it out",
		},
	},
	"no role, no policy, no session": {
		inputs: "deployment: {oidc: {aws: {roleArn: hunter2, policyArns: [], duration: 1m}}}",
		want: []string{
			"deployment.oidc.aws.roleArn: must be the ARN of a role, such as arn:aws:iam::123456789012:role/name",
			"deployment.oidc.aws.policyArns: must have at least one policy. For a session without limits of its own, " +
				"leave it out",
			"deployment.oidc.aws.duration: must be a duration from 15m0s to 12h0m0s",
		},
	},
	"schedules with a field that is wrong": {
		inputs: "{schedule: '*/100 hunter2 * * *', driftSchedule: {schedule: 0 0 * * 7}}",
		want: []string{
			`schedule: must be "off" or a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly): ` +
				"the step of the minute must be 1 to 60, and the hour accepts 0 to 23, * or a range",
			`driftSchedule.schedule: must be a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly): ` +
				"the day of the week accepts 0 to 6, from Sunday, or SUN to SAT, * or a range; for none, leave " +
				"driftSchedule out",
		},
	},
	"a key of a block without a definition": {
		inputs: "{destination: {custom: {syncKey: hunter2}}, source: {repository: a/b, branch: main, project: p}}",
		want:   []string{"destination.custom.syncKey: has no effect without definition, whose blocks it chooses from"},
	},
	"a block of a definition": {
		inputs: `{value: null, destination: {awsSecretsManager: {}},
definition: "values: {sync: {awsSecretsManager: {name: hunter2 x, regoin: a, wxyzuv: b, kmsKeyId: '', value: ''}}}"}`,
		want: []string{
			"definition.values.sync.awsSecretsManager.name: is not allowed: a name has letters, digits",
			`definition.values.sync.awsSecretsManager.regoin: there is no such setting; did you mean "region"?`,
			"definition.values.sync.awsSecretsManager.wxyzuv: there is no such setting; the known ones are description, keys",
			"definition.values.sync.awsSecretsManager.kmsKeyId: must not be empty: leave it out to use the default",
			"definition.values.sync.awsSecretsManager.value: has an empty text as its value: nothing was changed",
		},
	},
	"blocks that are none": {
		inputs: "{value: null, definition: 'values: {sync: hunter2}'}",
		want:   []string{"definition.values.sync: must be an object with a block for each platform"},
	},
	"a secret that is not what its tag says": {
		inputs: "{value: null, definition: 'values: {sync: {awsSecretsManager: {value: {fn::secret: !!float hunter2}}}}'}",
		want:   []string{"definition: line 1: does not match its YAML tag (!!int, !!float, ...): remove the tag"},
	},
	"a block that is none": {
		inputs: "{value: null, definition: 'values: {sync: {awsSecretsManager: hunter2}}'}",
		want:   []string{"definition.values.sync.awsSecretsManager: must be an object with name and value"},
	},
	"a definition in which things are twice": {
		inputs: `{value: null, definition: "values: {sync: {awsSecretsManager: {value: {a: hunter2, a: x}}}}\n---\na: b\n"}`,
		want: []string{
			"definition.values.sync.awsSecretsManager.value.a: is given twice: remove one of the two",
			"definition: has a second YAML document, after ---, which ESC would ignore: merge the two",
		},
	},
}

func TestEscSyncRefusesWhatHasNoEffect(t *testing.T) {
	t.Parallel()
	assertRefusals(t, badUnused)
}
