package pulumicloud

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const deploymentsURL = stackURL + "/deployments"

// fakePulumi replaces the CLI in tests of the queue and the executor. It prints its arguments and waits while the
// folder WATCH contains a file "hold".
const fakePulumi = `#!/bin/bash
echo "ran: pulumi $*"
if [ "$1" != install ]; then
  touch "$WATCH/started-$PULUMI_CI_BUILD_NUMBER"
  while [ -e "$WATCH/hold" ]; do sleep 0.02; done
fi
if [ -e "$WATCH/fail" ]; then exit 7; fi
`

// bench is a cloud with a stack whose deployments run the fake CLI on a program in a real git repository.
type bench struct {
	*cloudUnderTest
	repo  string // a git repository with Pulumi.yaml in its folder program
	watch string
}

func newBench(t *testing.T, opts Options) *bench {
	t.Helper()
	bin, watch, repo := t.TempDir(), t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(bin, "pulumi"), []byte(fakePulumi), 0o755))
	require.NoError(t, os.Mkdir(filepath.Join(repo, "program"), 0o755))
	require.NoError(
		t,
		os.WriteFile(filepath.Join(repo, "program", "Pulumi.yaml"), []byte("name: proj\nruntime: yaml\n"), 0o644),
	)
	git(t, repo, "init", "--quiet", "--initial-branch", "main")
	git(t, repo, "add", ".")
	git(t, repo, "commit", "--quiet", "-m", "first")
	opts.Environment = append(
		[]string{"PATH=" + bin + ":/usr/local/bin:/usr/bin:/bin", "WATCH=" + watch},
		opts.Environment...)
	b := &bench{cloudUnderTest: startCloud(t, opts), repo: repo, watch: watch}
	b.newStack()
	return b
}

func git(t *testing.T, folder string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_NAME=t", "GIT_AUTHOR_EMAIL=t@example.com",
		"GIT_COMMITTER_NAME=t", "GIT_COMMITTER_EMAIL=t@example.com", "GIT_CONFIG_GLOBAL=/dev/null")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "git %v: %s", args, out)
	return strings.TrimSpace(string(out))
}

// configure sets up deployments of the repository, with changes merged into the settings.
func (b *bench) configure(changes string) {
	b.t.Helper()
	b.ok("PUT", settingsURL, map[string]any{
		"sourceContext": map[string]any{
			"git": map[string]any{"repoUrl": b.repo, "branch": "refs/heads/main", "repoDir": "program"},
		},
		"operationContext": map[string]any{"options": map[string]any{"skipInstallDependencies": true}},
	})
	if changes != "" {
		b.ok("POST", settingsURL, changes)
	}
}

func (b *bench) hold() {
	require.NoError(b.t, os.WriteFile(filepath.Join(b.watch, "hold"), nil, 0o600))
}
func (b *bench) release() {
	require.NoError(b.t, os.Remove(filepath.Join(b.watch, "hold")))
}

// started waits until the CLI of the first deployment runs.
func (b *bench) started() {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		_, err := os.Stat(filepath.Join(b.watch, "started-1"))
		return err == nil
	}, 20*time.Second, 10*time.Millisecond)
}

func (b *bench) deploy(operation string) map[string]any {
	b.t.Helper()
	got := b.do("POST", deploymentsURL, map[string]any{"operation": operation})
	require.Equal(b.t, 202, got.status, "%s", got.body)
	list := b.ok("GET", deploymentsURL+"?pageSize=1", nil)["deployments"].([]any)
	return list[0].(map[string]any)
}

// wait waits for all deployments and returns them with their statuses.
func (b *bench) wait() ([]Deployment, []string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	list, err := b.WaitForDeployments(ctx, "acme/proj/dev")
	require.NoError(b.t, err)
	var statuses []string
	for _, d := range list {
		statuses = append(statuses, d.Status)
	}
	return list, statuses
}

func TestDeploymentRequestsAreChecked(t *testing.T) {
	b := newBench(t, Options{})
	b.refused(400, "POST", deploymentsURL, `{"operation":"update"}`)
	b.configure("")
	require.Contains(t, b.refused(400, "POST", deploymentsURL, `{}`), "operation")
	b.refused(400, "POST", deploymentsURL, `{"operationContext":{"operation":"update"}}`)
	b.refused(400, "POST", deploymentsURL, `{"operation":"upsert"}`)
	b.refused(404, "POST", "/api/stacks/acme/proj/none/deployments", `{"operation":"update"}`)
	require.Empty(t, b.Deployments("acme/proj/dev"))
}

func TestOneRunsAndTheOthersWaitInOrder(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	b.hold()
	first := b.deploy("update")
	require.Equal(t, "api", first["initiator"])
	b.started()
	b.deploy("preview")
	b.deploy("update")
	list := b.Deployments("acme/proj/dev")
	require.Equal(t, statusRunning, list[0].Status)
	require.Equal(t, statusQueued, list[1].Status)
	require.Equal(t, statusQueued, list[2].Status)
	require.Equal(t, "pulumi update", list[0].Steps[len(list[0].Steps)-1].Name)

	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err := b.WaitForDeployments(ctx, "acme/proj/dev")
	require.ErrorContains(t, err, "deployment 1 of acme/proj/dev, which is running")

	b.release()
	list, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded, statusSucceeded, statusSucceeded}, statuses)
	require.Contains(t, list[1].Log, "ran: pulumi preview --non-interactive --stack acme/proj/dev\n")
}

func TestSkipIntermediateDeployments(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(`{"operationContext":{"options":{"skipIntermediateDeployments":true}}}`)
	b.hold()
	b.deploy("update")
	b.started()
	for _, operation := range []string{"update", "preview", "update", "update"} {
		b.deploy(operation)
	}
	b.release()
	_, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded, statusSkipped, statusSucceeded, statusSkipped, statusSucceeded}, statuses)
}

// TestAccepted: a deployment is accepted before it runs, and goes on even if the queue is paused meanwhile.
func TestAccepted(t *testing.T) {
	b := newBench(t, Options{AcceptedFor: 200 * time.Millisecond})
	b.configure("")
	require.Equal(t, statusAccepted, b.deploy("update")["status"])
	b.ok("POST", deploymentsURL+"/pause", nil)
	b.deploy("update")
	list, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded, statusQueued}, statuses, "one at a time, and the second is held")
	require.False(t, list[0].Started.IsZero())

	b.ok("POST", deploymentsURL+"/resume", nil)
	b.ok("POST", deploymentsURL+"/"+list[1].ID+"/cancel", nil)
	_, statuses = b.wait()
	require.Equal(t, []string{statusSucceeded, statusFailed}, statuses)
}

func TestCancel(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	b.hold()
	running := b.deploy("update")
	b.started()
	queued := b.deploy("update")
	b.ok("POST", deploymentsURL+"/"+queued["id"].(string)+"/cancel", nil)
	b.ok("POST", deploymentsURL+"/"+running["id"].(string)+"/cancel", nil)
	list, statuses := b.wait()
	require.Equal(t, []string{statusFailed, statusFailed}, statuses)
	require.Contains(t, list[0].Log, "cancelled")
	require.True(t, list[1].Started.IsZero())
	b.refused(404, "POST", deploymentsURL+"/"+queued["id"].(string)+"/cancel", nil)
}

func TestPauseAndResume(t *testing.T) {
	b := newBench(t, Options{})
	b.refused(400, "POST", deploymentsURL+"/pause", nil)
	b.configure("")
	b.ok("POST", deploymentsURL+"/pause", nil)
	b.deploy("update")
	_, statuses := b.wait()
	require.Equal(t, []string{statusQueued}, statuses, "a paused queue is not waited for")
	metadata := b.ok("GET", deploymentsURL+"/metadata", nil)
	require.Equal(t, map[string]any{
		"paused": true, "stackPaused": true, "organizationPaused": false, "hasSchedules": false,
	}, metadata)

	b.ok("POST", orgURL+"/deployments/pause", nil)
	b.ok("POST", deploymentsURL+"/resume", nil)
	_, statuses = b.wait()
	require.Equal(t, []string{statusQueued}, statuses, "the organization is paused too")
	b.ok("POST", orgURL+"/deployments/resume", nil)
	_, statuses = b.wait()
	require.Equal(t, []string{statusSucceeded}, statuses)
}

func TestWhatWaitedSevenDaysIsSkipped(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	b.ok("POST", deploymentsURL+"/pause", nil)
	b.deploy("update")
	b.AdvanceClock(7*24*time.Hour + time.Minute)
	b.ok("POST", deploymentsURL+"/resume", nil)
	_, statuses := b.wait()
	require.Equal(t, []string{statusSkipped}, statuses)
}

func TestReadingDeployments(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(`{"operationContext":{"environmentVariables":{"A":"a","B":{"secret":"hidden"}}}}`)
	b.deploy("update")
	b.wait()
	b.deploy("refresh")
	b.wait()

	page := b.ok("GET", deploymentsURL+"?page=2&pageSize=1", nil)
	require.Equal(t, 2.0, page["total"])
	require.Equal(t, 1.0, page["deployments"].([]any)[0].(map[string]any)["version"])
	page = b.ok("GET", deploymentsURL+"?asc=true", nil)
	require.Equal(t, 1.0, page["deployments"].([]any)[0].(map[string]any)["version"])
	b.refused(400, "GET", deploymentsURL+"?pageSize=101", nil)
	require.Equal(t, 2.0, b.ok("GET", orgURL+"/deployments", nil)["total"])

	got := b.ok("GET", deploymentsURL+"/version/1", nil)
	require.Equal(t, "succeeded", got["status"])
	require.Equal(t, "update", got["pulumiOperation"])
	require.Equal(t, 2.0, got["latestVersion"])
	require.Equal(t, userLogin, got["requestedBy"].(map[string]any)["githubLogin"])
	require.Equal(t, []any{
		map[string]any{"name": "A", "secret": false, "value": "a"},
		map[string]any{"name": "B", "secret": true, "value": ""},
	}, got["configuration"].(map[string]any)["environmentVariables"])
	job := got["jobs"].([]any)[0].(map[string]any)
	require.Len(t, job["steps"], 2)
	require.Equal(t, got["id"], b.ok("GET", deploymentsURL+"/"+got["id"].(string), nil)["id"])
	require.Empty(t, b.list(deploymentsURL+"/"+got["id"].(string)+"/updates"))
	b.refused(404, "GET", deploymentsURL+"/none", nil)
	b.refused(404, "GET", deploymentsURL+"/version/9", nil)

	logs := b.ok("GET", deploymentsURL+"/"+got["id"].(string)+"/logs", nil)
	require.NotContains(t, logs, "nextToken")
	lines := logs["lines"].([]any)
	require.Equal(t, "Get source", lines[0].(map[string]any)["header"])
	require.Equal(t, "pulumi update", lines[1].(map[string]any)["header"])
	require.Equal(t, "ran: pulumi up --yes --non-interactive --stack acme/proj/dev\n", lines[2].(map[string]any)["line"])
	step := b.ok("GET", deploymentsURL+"/"+got["id"].(string)+"/logs?job=0&step=1&offset=0&count=1", nil)
	require.Equal(t, "pulumi update", step["name"])
	require.Equal(t, lines[2:3], step["lines"])
	require.NotContains(t, step, "nextOffset")
	b.refused(404, "GET", deploymentsURL+"/"+got["id"].(string)+"/logs?step=2", nil)
}

func TestHooksHearOfDeployments(t *testing.T) {
	b := newBench(t, Options{})
	url, requests := receiver(t, 200)
	b.configure("")
	b.ok("POST", stackURL+"/hooks", map[string]any{
		"organizationName": "acme", "displayName": "d", "payloadUrl": url, "active": true, "format": formatTeams,
		"filters": []string{"deployment_failed"},
	})
	b.deploy("update")
	b.wait()
	require.NoError(t, os.WriteFile(filepath.Join(b.watch, "fail"), nil, 0o600))
	b.deploy("update")
	_, statuses := b.wait()
	require.Equal(t, []string{statusSucceeded, statusFailed}, statuses)
	got := next(t, requests)
	require.Equal(t, "deployment_failed", got.header.Get("Pulumi-Webhook-Kind"))
	require.Contains(t, string(got.body), "proj/dev")
	require.Empty(t, requests)
}

func TestDeletingAStackEndsItsDeployments(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	b.hold()
	b.deploy("update")
	b.started()
	require.Equal(t, 204, b.do("DELETE", stackURL, nil).status)
	require.Empty(t, b.Deployments("acme/proj/dev"))
}

func TestDeleteAfterDestroy(t *testing.T) {
	b := newBench(t, Options{})
	b.configure(`{"operationContext":{"options":{"deleteAfterDestroy":true}}}`)
	b.deploy("destroy")
	require.Eventually(t, func() bool { return len(b.Stacks()) == 0 }, 20*time.Second, 10*time.Millisecond)
}
