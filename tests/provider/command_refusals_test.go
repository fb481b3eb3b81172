package provider_test

import "testing"

// badForCommands contain text that a command would misread. (hostile_inputs_test.go tests what is accepted.)
var badForCommands = map[string]badInputs{
	"what a command would take for an option": {
		inputs: `
organization: --hunter2
environmentProject: -hunter2
name: --hunter2
environmentName: -e
stackName: --exec=hunter2
imports: [-hunter2/b, a/-b, a/b@--c]
teams: [-hunter2]
schedule: 0 0 30 2 *
deployment: {environmentVariables: {-H: hunter2}}
source: {repoUrl: 'ssh://-oProxyCommand=hunter2/a.git', branch: --hunter2, repoDir: -C hunter2, project: -p}
`,
		want: []string{
			"organization: must not begin with a hyphen: a command would read it as an option",
			"environmentProject: must not begin with a hyphen: a command would read it as an option",
			"name: must not begin with a hyphen: a command would read it as an option",
			"name: has no effect: it is the default of environmentName and stackName, and both are given",
			"environmentName: must not begin with a hyphen: a command would read it as an option",
			"stackName: may have letters, digits, hyphens, underscores and periods only",
			"imports[0]: must be project/environment",
			"imports[1]: must be project/environment",
			"imports[2]: must be project/environment",
			"teams[0]: must not begin with a hyphen: a command would read it as an option",
			"schedule: never occurs, like 30 February",
			`deployment.environmentVariables["-H"]: must be a name of letters, digits and underscores`,
			"source.repoUrl: must be the URL of a git repository",
			"source.branch: must be the name of a branch",
			"source.repoDir: must be a folder inside the repository, relative to its top",
			"source.project: must not begin with a hyphen: a command would read it as an option",
		},
	},
	"more that a command would take for an option": {
		inputs: "source: {repository: -hunter2/b, commit: --hunter2}",
		want: []string{
			"source.repository: must be owner/repository",
			"source.commit: must be a commit hash of 7 to 40 hexadecimal digits",
		},
	},
	"a NUL, which ends a text for many": {
		inputs: `
organization: "a\0hunter2"
environmentProject: "a\0hunter2"
name: "a\0hunter2"
environmentName: "a\0hunter2"
stackName: "a\0hunter2"
imports: ["a/b\0hunter2"]
teams: ["a\0hunter2"]
schedule: "off\0"
initialSync: {timeout: "1m\0"}
notifications: [{url: "https://x/\0", secret: !secret "hunter2\0"}]
deployment:
  accessToken: !secret "a\0hunter2"
  environmentVariables: {A: !secret "a\0hunter2"}
  preRunCommands: ["a\0hunter2"]
  executorImage: "a\0hunter2"
  agentPoolId: "a\0hunter2"
  oidc: {aws: {roleArn: "a\0hunter2", sessionName: "a\0", policyArns: ["a\0"]}}
source:
  repoUrl: "https://example.com/a\0hunter2"
  commit: "0123abc\0"
  repoDir: "a\0hunter2"
  project: "a\0hunter2"
  auth: {username: "a\0", password: !secret "a\0hunter2"}
destination: {custom: {name: "a\0hunter2"}}
`,
		want: eachOf("must not contain a NUL byte: names, commands and environment variables cannot", "organization",
			"environmentProject",
			"name", "environmentName", "stackName", "imports[0]", "teams[0]", "schedule", "initialSync.timeout",
			"notifications[0].url", "notifications[0].secret", "deployment.accessToken",
			"deployment.environmentVariables.A", "deployment.preRunCommands[0]", "deployment.executorImage",
			"deployment.agentPoolId", "deployment.oidc.aws.roleArn", "deployment.oidc.aws.sessionName",
			"deployment.oidc.aws.policyArns[0]", "source.repoUrl", "source.commit", "source.repoDir", "source.project",
			"source.auth.username", "source.auth.password", "destination.custom.name"),
	},
	"more with a NUL": {
		inputs: `{value: null, definition: "values: {a: \0hunter2}", source: {repository: "a/b\0", branch: "main\0"}}`,
		want: eachOf("must not contain a NUL byte: names, commands and environment variables cannot",
			"definition", "source.repository", "source.branch"),
	},
}

// eachOf returns one reason for several properties.
func eachOf(reason string, paths ...string) []string {
	lines := make([]string, len(paths))
	for i, path := range paths {
		lines[i] = path + ": " + reason
	}
	return lines
}

func TestEscSyncRefusesWhatACommandMistakes(t *testing.T) {
	t.Parallel()
	assertRefusals(t, badForCommands)
}
