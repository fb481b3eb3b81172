package pulumicloud

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// secretText contains characters that are special in shells and YAML.
const secretText = "mark$er \"quoted\" 'single' `tick`\nsecond"

const (
	programYAML = "name: proj\nruntime: yaml\nconfig:\n  payload: {type: string, secret: true}\n" +
		"resources:\n  held:\n    type: keeper:index:Note\n    properties: {text: '${payload}', folder: FOLDER}\n" +
		"outputs:\n  said: ${held.text}\n"
	definitionYAML = "values:\n  pulumiConfig:\n    payload:\n" +
		"      fn::secret: \"mark$er \\\"quoted\\\" 'single' `tick`\\nsecond\"\n"
	stackFlag = "--stack=acme/proj/dev"
)

// TestCLIStackLife creates, updates and deletes a stack that an ESC environment configures.
func TestCLIStackLife(t *testing.T) {
	p := newCLI(t, Options{})
	p.program()
	p.cloud.newEnv("e", definitionYAML)
	p.run("stack", "init", "acme/proj/dev")
	require.Contains(t, p.fails("stack", "init", "acme/proj/dev"), "already exists")
	_, _, code := p.try("stack", "select", "acme/proj/none")
	require.Equal(t, 6, code, "what the CLI exits with for a stack that is not there")
	p.run("config", "env", "add", "p/e", stackFlag, "--yes")
	p.run("config", "set", "--secret", "other", "hidden", stackFlag)

	up := p.run("up", "--yes", stackFlag)
	require.Contains(t, up, "created")
	require.NotContains(t, up, "mark$er")
	require.Equal(t, secretText+"\n", p.run("stack", "output", "said", "--show-secrets", stackFlag))
	require.NotContains(t, string(p.cloud.StackState("acme/proj/dev")), "mark$er")
	require.NotContains(t, p.run("stack", "export", stackFlag), "mark$er")
	require.Contains(t, p.run("stack", "export", "--show-secrets", stackFlag), "mark$er")

	require.Contains(t, p.run("preview", stackFlag), "unchanged")
	p.run("refresh", "--yes", stackFlag)
	require.Contains(t, p.run("stack", "history", stackFlag), "succeeded")
	require.Contains(t, p.fails("stack", "rm", "--yes", stackFlag), "still has resources")
	p.run("destroy", "--yes", stackFlag)
	p.run("stack", "rm", "--yes", stackFlag)
	require.Empty(t, p.cloud.Stacks())
}

// TestCLIEnvironments runs the commands of `pulumi env` that users and pre-run commands need.
func TestCLIEnvironments(t *testing.T) {
	p := newCLI(t, Options{})
	file := filepath.Join(p.folder, "env.yaml")
	require.NoError(t, os.WriteFile(file, []byte(definitionYAML), 0o600))
	p.run("env", "init", "acme/p/e")
	p.run("env", "edit", "acme/p/e", "--file", file)
	require.NotContains(t, p.run("env", "get", "acme/p/e"), "mark$er")
	require.Equal(t, secretText+"\n", p.run("env", "open", "acme/p/e", "pulumiConfig.payload", "--format", "string"))
	p.run("env", "set", "acme/p/e", "plain", "shown")
	p.run("env", "set", "--secret", "acme/p/e", "covered", "hidden")
	stored, revision := p.cloud.StoredEnvironment("p/e")
	require.Equal(t, 4, revision)
	require.Contains(t, stored, "shown")
	require.NotContains(t, stored, "hidden")

	p.run("env", "version", "tag", "acme/p/e@stable", "@2")
	require.Equal(t, "null\n", p.run("env", "open", "acme/p/e@stable", "plain"), "a missing path is no error")
	p.run("env", "version", "tag", "acme/p/e@stable", "@4")
	require.Equal(t, "\"shown\"\n", p.run("env", "open", "acme/p/e@stable", "plain"))
	require.Contains(t, p.run("env", "version", "history", "acme/p/e"), "revision 4")
	require.Contains(t, p.run("env", "ls"), "p/e")
	require.Contains(t, p.run("env", "run", "acme/p/e", "--", "echo", "ran"), "ran")
	p.fails("env", "open", "acme/p/none")
	p.run("env", "rm", "--yes", "acme/p/e")
}

// TestCLIBrokenEnvironmentFailsTheRun: `env open` hides the error, but `up` does not.
func TestCLIBrokenEnvironmentFailsTheRun(t *testing.T) {
	p := newCLI(t, Options{})
	p.program()
	p.cloud.newEnv("base", "values: {a: 1}")
	p.cloud.newEnv("e", "imports: [p/base]\nvalues: {pulumiConfig: {payload: '${a}'}}")
	p.run("stack", "init", "acme/proj/dev")
	p.run("config", "env", "add", "p/e", stackFlag, "--yes")
	p.cloud.ok("DELETE", envsURL+"/p/base", nil)
	require.Contains(t, p.fails("up", "--yes", stackFlag), "opening environment")
	out := p.run("env", "open", "acme/p/e")
	require.Empty(t, out)
}

// TestCLIServiceBackedConfig: the environment is the configuration of the stack, so no file is needed.
func TestCLIServiceBackedConfig(t *testing.T) {
	p := newCLI(t, Options{})
	p.program()
	p.cloud.newEnv("e", definitionYAML)
	p.cloud.newStack()
	p.cloud.ok("PUT", stackURL+"/config", map[string]any{"environment": "p/e"})
	p.run("up", "--yes", stackFlag)
	require.Equal(t, secretText+"\n", p.run("stack", "output", "said", "--show-secrets", stackFlag))
	require.Contains(t, p.fails("config", "env", "add", "p/e", stackFlag, "--yes"), "cloud config")
}

// deployable turns the program into a git repository and configures deployments that link the environment first.
func (p *cli) deployable(changes string) {
	p.t.Helper()
	p.program()
	git(p.t, p.folder, "init", "--quiet", "--initial-branch", "main")
	git(p.t, p.folder, "add", ".")
	git(p.t, p.folder, "commit", "--quiet", "-m", "program")
	p.cloud.newEnv("base", definitionYAML)
	p.cloud.newEnv("e", "imports: [p/base]")
	p.cloud.newStack()
	p.cloud.ok("PUT", settingsURL, map[string]any{
		"sourceContext": map[string]any{"git": map[string]any{"repoUrl": p.folder, "branch": "main"}},
		"operationContext": map[string]any{"preRunCommands": []string{
			"pulumi config env add p/e --yes --stack acme/proj/dev",
		}},
	})
	if changes != "" {
		p.cloud.ok("POST", settingsURL, changes)
	}
}

func (p *cli) wait() []Deployment {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	list, err := p.cloud.WaitForDeployments(ctx, "acme/proj/dev")
	require.NoError(p.t, err)
	return list
}

// TestCLIDeployments runs everything with the real CLI inside the deployments: by request, by a changed import, by
// schedule, and finally a destroy.
func TestCLIDeployments(t *testing.T) {
	p := newCLI(t, Options{BackgroundRunner: true})
	p.deployable("")
	p.cloud.ok("POST", envsURL+"/p/e/hooks", hookBody(nil))
	p.cloud.ok("POST", schedulesURL, hourly)

	out := p.run("deployment", "run", "update", "--suppress-stream-logs=false", stackFlag)
	require.Contains(t, out, "pulumi update")
	list := p.wait()
	require.Len(t, list, 1)
	require.Equal(t, statusSucceeded, list[0].Status, list[0].Log)
	require.Len(t, list[0].Updates, 2, "the preview and the update")
	require.Equal(t, 2, list[0].Updates[1].ResourceChanges["create"])
	require.Equal(t, "succeeded", list[0].Updates[1].Result)
	require.NotContains(t, list[0].Log, "mark$er")

	p.cloud.ok("PATCH", envsURL+"/p/base", "values: {pulumiConfig: {payload: {fn::secret: changed}}}")
	list = p.wait()
	require.Len(t, list, 2, "the import's change fired the hook once")
	require.Equal(t, "webhook", list[1].Initiator)
	require.Equal(t, statusSucceeded, list[1].Status, list[1].Log)
	require.Equal(t, 1, list[1].Updates[1].ResourceChanges["update"])
	require.Equal(t, "changed\n", p.run("stack", "output", "said", "--show-secrets", stackFlag))

	p.cloud.AdvanceClock(time.Minute)
	list = p.wait()
	require.Len(t, list, 3)
	require.Equal(t, statusSucceeded, list[2].Status, list[2].Log)
	require.Equal(t, map[string]int{"same": 2}, list[2].Updates[1].ResourceChanges)

	for _, operation := range []string{"preview", "refresh", "detect-drift", "destroy"} {
		p.cloud.ok("POST", deploymentsURL, map[string]any{"operation": operation})
		list = p.wait()
		require.Equal(t, statusSucceeded, list[len(list)-1].Status, list[len(list)-1].Log)
	}
	require.Equal(t, 204, p.cloud.do("DELETE", stackURL, nil).status, "the state is empty")
}

// TestCLIDeploymentWithItsOwnToken: a run that no user requested may not open the environment, but a team's token may.
func TestCLIDeploymentWithItsOwnToken(t *testing.T) {
	p := newCLI(t, Options{})
	p.deployable("")
	p.cloud.ok("POST", schedulesURL, hourly)
	p.cloud.AdvanceClock(time.Hour)
	list := p.wait()
	require.Equal(t, statusFailed, list[0].Status)
	require.Contains(t, list[0].Log, "may not open environment 'p/e'")

	token := p.cloud.AddToken("syncers")
	p.cloud.grant("e", "open")
	p.cloud.grant("base", "open")
	p.cloud.ok(
		"POST",
		settingsURL,
		map[string]any{"operationContext": map[string]any{"environmentVariables": map[string]any{
			"PULUMI_ACCESS_TOKEN": map[string]any{"secret": token},
		}}},
	)
	p.cloud.AdvanceClock(time.Hour)
	list = p.wait()
	require.Equal(t, statusSucceeded, list[1].Status, list[1].Log)
	require.Len(t, list[1].Updates, 2, "updates that came with another token belong to the deployment too")
	require.NotContains(t, list[1].Log, token)
}

// TestCLIFailingDeployment: if the program fails, so does the deployment, and so does a CLI that follows it.
func TestCLIFailingDeployment(t *testing.T) {
	p := newCLI(t, Options{})
	p.deployable(`{"operationContext":{"preRunCommands":["sed -i s/payload/absent/g Pulumi.yaml"]}}`)
	p.fails("deployment", "run", "update", "--suppress-stream-logs=false", stackFlag)
	list := p.wait()
	require.Equal(t, statusFailed, list[0].Status)
	require.Contains(t, list[0].Log, "absent")
	require.NotContains(t, p.cloud.ok("GET", stackURL, nil), "currentOperation")
}
