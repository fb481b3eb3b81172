package provider_test

import (
	"strings"
	"testing"
)

// badGeneral are invalid independently of the platform.
var badGeneral = map[string]badInputs{
	"names, references and times": {
		inputs: `
organization: 'a b'
environmentProject: ''
environmentName: ...
stackName: ` + strings.Repeat("s", 101) + `
imports: [hunter2 env, shop/db@, '']
teams: [ops, ops, 'hunter2 team', null]
schedule: hunter2 * * * *
initialSync: {timeout: 5 hunter2}
driftSchedule: {schedule: 'off'}
notifications: [{url: 'ftp://hunter2'}, {url: 'https://x', format: ms_teams, secret: !secret hunter2}]
deletionPolicy: hunter2
onChagne: true
adopt: All
project: p
own key: x
`,
		want: []string{
			"organization: may have letters, digits, hyphens, underscores and periods only",
			"environmentProject: must not be empty: leave it out to use the default",
			"environmentName: must not consist of periods only",
			"stackName: must have at most 100 characters, has 101",
			"imports[0]: must be project/environment, with @revision or @tag if one is pinned",
			"imports[1]: must be project/environment, with @revision or @tag if one is pinned",
			"imports[2]: must not be empty",
			"teams[1]: is listed twice",
			"teams[2]: may have letters, digits, hyphens, underscores and periods only",
			"teams[3]: must not be null",
			`schedule: must be "off" or a cron expression of 5 fields in UTC`,
			"initialSync.timeout: must be a duration such as 90s or 1h30m",
			`driftSchedule.schedule: must be a cron expression of 5 fields in UTC, such as "0 * * * *" (hourly); for none`,
			"notifications[0].url: must be an address that begins with https://",
			"notifications[1].secret: is for the format raw only",
			"deletionPolicy: must be one of Retain, Delete",
			`onChagne: there is no such property; did you mean "onChange"?`,
			`adopt: there is no such property; did you mean "adoptionPolicy"?`,
			`project: there is no such property; did you mean "environmentProject"?`,
			`["own key"]: there is no such property; there are `,
		},
	},
	"itself imported": {
		inputs: "{name: n, imports: [escsync/n@1]}",
		want:   []string{"imports[0]: is the environment of this sync, which cannot import itself: remove it"},
	},
	"nothing to push": {
		inputs: "{value: null, destination: {}}",
		want: []string{
			"value: must be given: it is the value to push (or give a whole definition)",
			"destination: must have exactly one platform, such as awsSecretsManager",
		},
	},
	"no destination": {inputs: "destination: null", want: []string{"destination: required, but not given"}},
	"an empty text, two destinations": {
		inputs: "{value: '', destination: {awsSecretsManager: {name: n}, vault: {name: hunter2}}}",
		want: []string{
			"value: must not be empty",
			"destination: must have exactly one platform, has awsSecretsManager, vault: declare one EscSync for each",
		},
	},
	"no key": {inputs: "value: {}", want: []string{"value: must have at least one key"}},
	"wrong types": {
		inputs: `
name: 5
onChange: hunter2
imports: shop/db
environmentValues: [hunter2]
initialSync: "hunter2"
adoptionPolicy: true
schedule: [x]
teams: {a: b}
deployment: {cache: {a: b}, preRunCommands: ["x\0y"]}
destination: {awsSecretsManager: {nam: hunter2, template: x, recoveryWindowInDays: 1.5,
  keys: {include: true}, tags: hunter2}}
`,
		want: []string{
			"name: must be a string, not a number",
			"onChange: must be a boolean, not a string",
			"imports: must be a list, not a string",
			"environmentValues: must be an object, not a list",
			"initialSync: must be an object, not a string",
			"adoptionPolicy: must be a string, not a boolean",
			"schedule: must be a string, not a list",
			"teams: must be a list, not an object",
			"deployment.cache: must be a boolean, not an object",
			"deployment.preRunCommands[0]: must not contain a NUL byte",
			`destination.awsSecretsManager.nam: there is no such property; did you mean "name"?`,
			"destination.awsSecretsManager.recoveryWindowInDays: must be a whole number, not a number",
			`destination.awsSecretsManager.template: there is no such property; did you mean "keys.template"?`,
			"destination.awsSecretsManager.keys.include: must be a list, not a boolean",
			"destination.awsSecretsManager.tags: must be an object, not a string",
		},
	},
	"the value": {
		inputs: `
value:
  open: hunter2 ${db.user
  whole: !secret {user: "${db.user}", password: hunter2}
  fn::toJSON: hunter2
  much: .inf
  hiddenMuch: !secret .inf
  file: !asset hunter2
  hidden: !secret {file: !asset hunter2}
environmentValues: {pulumiConfig: {payload: hunter2, aws:region: hunter2}}
`,
		want: []string{
			"value.open: ESC interpolation: missing closing brace",
			"value.whole: is secret as a whole and contains ${...} inside",
			`value["fn::toJSON"]: a key cannot begin with "fn::": ESC would read it as a function`,
			"value.much: must be a finite number",
			"value.hiddenMuch: must be a value that JSON can represent",
			"value.file: cannot be pushed: give a string, number, boolean, list or object, not an asset or a resource",
			"value.hidden.file: cannot be pushed: give a string, number, boolean, list or object, not an asset or a resource",
			"environmentValues.pulumiConfig.payload: is set by the sync: remove it here",
			`environmentValues.pulumiConfig["aws:region"]: is set by the sync: remove it here`,
		},
	},
	"values of the environment that ESC refuses": {
		inputs: "environmentValues: {login: {fn::nothing: hunter2}, pulumiConfig: hunter2}",
		want:   []string{"environmentValues.pulumiConfig: must be an object: the sync adds to it"},
	},
	"a function that ESC does not know": {
		inputs: "environmentValues: {login: {fn::nothing: hunter2}}",
		want:   []string{"environmentValues.login: "},
	},
	"the deployment": {
		inputs: `
deployment:
  accessToken: !secret hunter2
  environmentVariables: {PULUMI_ACCESS_TOKEN: !secret hunter2, 1A: hunter2, NONE: null}
  oidc: {aws: {roleArn: 'arn:aws:iam::123456789012:role/r', duration: '0',
    sessionName: hunter two}, gcp: {projectId: hunter2, tokenLifetime: -1h}}
`,
		want: []string{
			"deployment.accessToken: cannot be given together with the environment variable PULUMI_ACCESS_TOKEN",
			`deployment.environmentVariables["1A"]: must be a name of letters, digits and underscores`,
			"deployment.environmentVariables.NONE: must not be null: leave it out, or give an empty text",
			"deployment.oidc.aws.sessionName: must have 2 to 64 letters, digits and _ + = , . @ -",
			"deployment.oidc.aws.duration: must be a duration such as 90s or 1h30m",
			"deployment.oidc.gcp.projectId: must be the number of the project, not its id",
			"deployment.oidc.gcp.tokenLifetime: must be a duration such as 90s or 1h30m",
			"deployment.oidc.gcp.providerId: required, but not given",
			"deployment.oidc.gcp.serviceAccount: required, but not given",
			"deployment.oidc.gcp.workloadPoolId: required, but not given",
		},
	},
	"the source, with too much": {
		inputs: `
source:
  repoUrl: https://user:hunter2@example.com/a.git
  repository: hunter2
  branch: hunter2 b
  commit: hunter2
  repoDir: ../hunter2
  auth: {username: u, password: !secret hunter2, sshPrivateKey: !secret hunter2}
`,
		want: []string{
			"source: cannot have both repoUrl and repository",
			"source: cannot have both branch and commit: give one of them",
			"source.repoUrl: must be the URL of a git repository (https://, ssh:// or user@host:path), without credentials",
			"source.repository: must be owner/repository",
			"source.branch: must be the name of a branch",
			"source.commit: must be a commit hash of 7 to 40 hexadecimal digits",
			"source.repoDir: must be a folder inside the repository, relative to its top",
			"source.auth: cannot be given with repository: the Pulumi GitHub app has its own access",
			"source.auth: cannot have both an SSH key and a user name with password",
		},
	},
	"the source, with too little": {
		inputs: "source: {auth: {username: hunter2}}",
		want: []string{
			"source: must have repoUrl, or repository for the Pulumi GitHub app",
			"source: must have branch or commit",
			"source.auth: must have both username and password",
		},
	},
	"no login": {
		inputs: "source: {repoUrl: 'https://example.com/a.git', branch: main, auth: {}}",
		want:   []string{"source.auth: must have username and password, or sshPrivateKey"},
	},
	"a key for https": {
		inputs: "source: {repoUrl: 'https://example.com/a.git', branch: main, auth: {sshPrivateKey: !secret hunter2}}",
		want:   []string{"source.auth.sshPrivateKey: has no effect for an https:// address"},
	},
	"a password for ssh": {
		inputs: "source: {repoUrl: 'git@example.com:a.git', branch: main, " +
			"auth: {username: u, password: !secret hunter2, sshPassphrase: !secret hunter2}}",
		want: []string{"source.auth.username: has no effect for an ssh:// address"},
	},
	"a passphrase without a key": {
		inputs: "source: {repoUrl: 'https://example.com/a.git', branch: main, " +
			"auth: {username: u, password: !secret hunter2, sshPassphrase: !secret hunter2}}",
		want: []string{"source.auth.sshPassphrase: needs sshPrivateKey"},
	},
	"a custom destination without a program": {
		inputs: "{destination: {custom: {name: hunter2}}, adoptionPolicy: All, maxDeletions: 3}",
		want: []string{
			"source: must be given for a custom destination: it says where the program is",
			"adoptionPolicy: has no effect on a custom destination, whose own program decides: remove it",
			"maxDeletions: has no effect on a custom destination, whose own program decides: remove it",
		},
	},
	"a custom destination without a project": {
		inputs: "{destination: {custom: {}}, source: {repository: a/b, branch: main}, environmentValues: {escsync: hunter2}}",
		want: []string{
			"source.project: must be given for a custom destination: the name in the program's Pulumi.yaml",
			"environmentValues.escsync: is the sync's own: use another key",
		},
	},
}

func TestEscSyncRefusesBadInputs(t *testing.T) {
	t.Parallel()
	assertRefusals(t, badGeneral)
}
