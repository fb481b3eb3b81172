package pulumicloud

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// preRun returns a settings patch with pre-run commands.
func preRun(commands ...string) string {
	quoted := make([]string, len(commands))
	for i, command := range commands {
		quoted[i] = strconv.Quote(command)
	}
	return `{"operationContext":{"preRunCommands":[` + strings.Join(quoted, ",") + `]}}`
}

func TestPreRunCommands(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(preRun(
		"[[ $(basename $PWD) == program ]] && ls Pulumi.yaml; export LOST=1; echo 'KEPT=a b=c' >> /PULUMI_ENV; echo x > file",
		`cat file; echo "kept: $KEPT lost: ${LOST:-yes}"; printf 'no line end'`,
	))
	b.deploy("update")
	list, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded}, statuses, list[0].Log)
	require.Contains(
		t,
		list[0].Log,
		"=== Pre-run command 1\nPulumi.yaml\n=== Pre-run command 2\nx\nkept: a b=c lost: yes\nno line end\n",
	)
}

func TestAFailingPreRunCommandFailsTheDeployment(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(preRun("echo oops >&2; exit 3", "echo never"))
	b.deploy("update")
	list, statuses := b.wait()
	require.Equal(t, []string{statusFailed}, statuses)
	require.Contains(t, list[0].Log, "oops\nerror: bash: exit status 3\n")
	require.NotContains(t, list[0].Log, "never")
	require.NotContains(t, list[0].Log, "ran: pulumi")
	steps := list[0].Steps
	require.Equal(t, "Pre-run command 1", steps[len(steps)-1].Name)
	require.Equal(t, statusFailed, steps[len(steps)-1].Status)
}

func TestEnvironmentOfADeployment(t *testing.T) {
	t.Setenv("MARKER_OF_THE_TEST_PROCESS", "leaked")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "leaked")
	b := newBench(t, Options{Environment: []string{"AWS_ENDPOINT_URL=http://127.0.0.1:1", "GIVEN=options"}})
	b.configure(
		`{"operationContext":{"environmentVariables":{"GIVEN":"settings","PLAIN":"p q"},"preRunCommands":["env"]}}`,
	)
	b.deploy("update")
	list, _ := b.wait()
	log := list[0].Log
	require.NotContains(t, log, "leaked")
	for _, line := range []string{
		"AWS_ENDPOINT_URL=http://127.0.0.1:1", "GIVEN=settings", "PLAIN=p q", "PULUMI_BACKEND_URL=" + b.URL(),
		"PULUMI_CI_SYSTEM=Pulumi Deployments", "PULUMI_CI_BUILD_ID=" + list[0].ID, "PULUMI_CI_BUILD_NUMBER=1",
		"PULUMI_CI_ORGANIZATION=acme", "PULUMI_CI_PROJECT=proj", "PULUMI_CI_STACK=dev", "PULUMI_CI_OPERATION=update",
		"PULUMI_ACCESS_TOKEN=[secret]", "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
	} {
		require.Contains(t, log, "\n"+line+"\n")
	}
	require.Contains(t, log, "\nHOME="+b.tempRoot)
	require.Contains(t, log, "\nPULUMI_HOME="+b.tempRoot)
	_, err := os.Stat(filepath.Join(b.tempRoot, list[0].ID))
	require.ErrorIs(t, err, os.ErrNotExist, "nothing is left of a deployment")
}

func TestSecretsAreMaskedInTheLog(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(`{"operationContext":{"environmentVariables":{
		"ONE":{"secret":"marker-one"},"MORE":{"secret":"marker-one-and-more"},
		"LINES":{"secret":"marker-first\nmarker-second"}},
		"preRunCommands":["echo \"a $ONE b $MORE\"; echo \"$LINES\"; printf 'marker-'; sleep 0.1; echo one"]}}`)
	b.deploy("update")
	list, _ := b.wait()
	require.Contains(t, list[0].Log, "a [secret] b [secret]\n[secret]\n[secret]\n[secret]\n")
	require.NotContains(t, list[0].Log, "marker")
}

func TestInstallAndFailingOperation(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(`{"operationContext":{"options":{"skipInstallDependencies":false}}}`)
	require.NoError(t, os.WriteFile(filepath.Join(b.watch, "fail"), nil, 0o600))
	b.deploy("update")
	list, statuses := b.wait()
	require.Equal(t, []string{statusFailed}, statuses)
	require.Contains(
		t,
		list[0].Log,
		"=== Install dependencies\nran: pulumi install --no-plugins\nerror: pulumi: exit status 7\n",
	)
	require.NotContains(t, list[0].Log, "pulumi up")
}

func TestOperations(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	for operation, want := range map[string]string{
		"update": "up --yes", "preview": "preview", "refresh": "refresh --yes", "destroy": "destroy --yes",
		"detect-drift": "refresh --preview-only", "remediate-drift": "up --yes --refresh",
	} {
		b.deploy(operation)
		list, _ := b.wait()
		last := list[len(list)-1]
		require.Equal(t, operation, last.Operation)
		require.Contains(t, last.Log,
			"=== pulumi "+operation+"\nran: pulumi "+want+" --non-interactive --stack acme/proj/dev\n")
	}
}

// alive returns a function that reports whether the process whose ID is in the file is still running.
func alive(t *testing.T, file string) func() bool {
	t.Helper()
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	require.NoError(t, err)
	return func() bool {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		zombie := err == nil && strings.Contains(string(stat), ") Z ")
		return syscall.Kill(pid, 0) == nil && !zombie
	}
}

func TestCloseEndsEveryProcessAndRemovesEveryFile(t *testing.T) {
	b := newBench(t, Options{})
	file := filepath.Join(b.watch, "pid")
	// Like the CLI's plugins, the child has its own process group, so only its parent can stop it.
	b.configure(preRun("setsid sleep 1000 & child=$!; trap 'kill $child' TERM; echo $child > " + file + ".new; mv " +
		file + ".new " + file + "; wait"))
	b.deploy("update")
	require.Eventually(t, func() bool { _, err := os.Stat(file); return err == nil }, 20*time.Second, 10*time.Millisecond)
	running := alive(t, file)
	require.True(t, running())
	require.NoError(t, b.Close())
	require.Eventually(t, func() bool { return !running() }, 5*time.Second, 10*time.Millisecond)
	_, err := os.Stat(b.tempRoot)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, b.Close(), "a second Close does nothing")
}

func TestBackgroundProcessesEndWithTheirStep(t *testing.T) {
	b := newBench(t, Options{})
	file := filepath.Join(b.watch, "pid")
	b.configure(preRun("sleep 1000 >/dev/null 2>&1 & echo $! > " + file))
	b.deploy("update")
	_, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded}, statuses)
	running := alive(t, file)
	require.Eventually(t, func() bool { return !running() }, 5*time.Second, 10*time.Millisecond)
}

func TestSettingsOfARequestAreLaidOverTheSaved(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(preRun("echo saved"))
	// The CLI sends these empty values if nothing is set. They must not clear the saved commands.
	b.ok("POST", deploymentsURL, `{"operation":"update","inheritSettings":true,"executorContext":{"workingDirectory":""},
		"operationContext":{"preRunCommands":[],"operation":"","environmentVariables":{}},"agentPoolID":null}`)
	b.ok("POST", deploymentsURL, `{"operation":"update","operationContext":{"preRunCommands":["echo given"]}}`)
	b.ok("POST", deploymentsURL, `{"operation":"update","inheritSettings":false,
		"sourceContext":{"git":{"repoUrl":"`+b.repo+`","repoDir":"program"}}}`)
	list, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded, statusSucceeded, statusSucceeded}, statuses)
	require.Contains(t, list[0].Log, "\nsaved\n")
	require.Contains(t, list[1].Log, "\ngiven\n")
	require.NotContains(t, list[1].Log, "saved")
	require.Contains(t, list[2].Log, "=== Install dependencies")
	require.NotContains(t, list[2].Log, "Pre-run")
}

func TestWithPulumiEnv(t *testing.T) {
	for command, want := range map[string]string{
		"echo A=1 >> /PULUMI_ENV":            "echo A=1 >> F",
		"echo A=1 >>/PULUMI_ENV;cat x":       "echo A=1 >>F;cat x",
		`cat "/PULUMI_ENV" '/PULUMI_ENV'`:    `cat "F" 'F'`,
		"cat ./PULUMI_ENV /a/PULUMI_ENV":     "cat ./PULUMI_ENV /a/PULUMI_ENV",
		"cat /PULUMI_ENVELOPE $D/PULUMI_ENV": "cat /PULUMI_ENVELOPE $D/PULUMI_ENV",
	} {
		require.Equal(t, want, withPulumiEnv(command, "F"))
	}
}

func TestLastWins(t *testing.T) {
	require.Equal(t, []string{"B=2", "A=3=x"}, lastWins([]string{"A=1", "B=2", "A=3=x"}))
}
