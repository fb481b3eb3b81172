package pulumicloud

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// toolPath finds the real Pulumi CLI and the YAML language host, and returns a PATH with both.
func toolPath(t *testing.T) string {
	t.Helper()
	folders := []string{}
	add := func(variable, name string) {
		folder := findTool(variable, name)
		if folder == "" {
			t.Fatalf("%s was not found: run `make tools`, or put it on PATH", name)
		}
		folders = append(folders, folder)
	}
	add(os.Getenv("ESCSYNC_PULUMI"), "pulumi")
	add("", "pulumi-language-yaml")
	return strings.Join(append(folders, "/usr/local/bin", "/usr/bin", "/bin"), ":")
}

// findTool returns the folder of a program: that of the given path, else one in ESCSYNC_LANGUAGE_HOSTS, in PATH, or in
// the cache that `make tools` fills.
func findTool(given, name string) string {
	candidates := []string{given}
	for _, folder := range filepath.SplitList(os.Getenv("ESCSYNC_LANGUAGE_HOSTS")) {
		candidates = append(candidates, filepath.Join(folder, name))
	}
	if found, err := exec.LookPath(name); err == nil {
		candidates = append(candidates, found)
	}
	cache := os.Getenv("ESCSYNC_CACHE")
	if cache == "" {
		cache = filepath.Join(os.Getenv("HOME"), ".cache", "escsync")
	}
	cached, _ := filepath.Glob(filepath.Join(cache, "bin", name+"-v*", name))
	sort.Sort(sort.Reverse(sort.StringSlice(cached)))
	for _, path := range append(candidates, cached...) {
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return filepath.Dir(path)
		}
	}
	return ""
}

// cli runs the real Pulumi CLI as a user of the cloud.
type cli struct {
	t      *testing.T
	cloud  *cloudUnderTest
	folder string // working directory
	drift  string // folder of the program's Note
	env    []string
}

// newCLI skips the test with -short: it needs the tools of `make tools` and takes seconds.
func newCLI(t *testing.T, opts Options) *cli {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the real CLI")
	}
	path := keeperFolder(t) + ":" + toolPath(t)
	opts.Environment = append([]string{"PATH=" + path}, opts.Environment...)
	c := startCloud(t, opts)
	return &cli{t: t, cloud: c, folder: t.TempDir(), drift: t.TempDir(), env: []string{
		"PATH=" + path, "HOME=" + t.TempDir(), "PULUMI_HOME=" + t.TempDir(), "PULUMI_BACKEND_URL=" + c.URL(),
		"PULUMI_ACCESS_TOKEN=" + c.AccessToken(), "PULUMI_SKIP_UPDATE_CHECK=true",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
	}}
}

// program writes programYAML as Pulumi.yaml, with the folder of the Note in place of FOLDER.
func (p *cli) program() {
	p.t.Helper()
	yaml := strings.ReplaceAll(programYAML, "FOLDER", p.drift)
	require.NoError(p.t, os.WriteFile(filepath.Join(p.folder, "Pulumi.yaml"), []byte(yaml), 0o644))
}

// try runs a command and returns its output and exit code.
func (p *cli) try(args ...string) (stdout, stderr string, code int) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", append([]string{"-c", `exec pulumi "$@"`, "pulumi"}, args...)...)
	var out, errs bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = p.folder, p.env, &out, &errs
	err := cmd.Run()
	require.NoError(p.t, ctx.Err(), "pulumi %v did not end: %s%s", args, out.String(), errs.String())
	if cmd.ProcessState == nil {
		require.NoError(p.t, err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// run runs a command that must succeed and returns its standard output.
func (p *cli) run(args ...string) string {
	p.t.Helper()
	stdout, stderr, code := p.try(args...)
	require.Zero(p.t, code, "pulumi %v: %s%s", args, stdout, stderr)
	return stdout
}

// fails runs a command that must fail and returns all of its output.
func (p *cli) fails(args ...string) string {
	p.t.Helper()
	stdout, stderr, code := p.try(args...)
	require.NotZero(p.t, code, "pulumi %v: %s%s", args, stdout, stderr)
	return stdout + stderr
}
