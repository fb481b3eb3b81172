package pulumicloud

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// executor runs one deployment. It uses a temporary folder in place of the service's container, and an environment that
// inherits nothing from the calling process.
type executor struct {
	server     *Server
	deployment *deployment
	settings   apitype.DeploymentSettings
	keys       crypter

	root    string   // contains everything that this deployment writes
	program string   // the folder of the program, once the source is fetched
	env     []string // of every process; later entries win
	out     *logWriter
}

// execute runs a deployment to its end and reports whether it succeeded.
func (s *Server) execute(ctx context.Context, d *deployment) bool {
	e := &executor{server: s, deployment: d, keys: s.keys.of(d.stack.id)}
	e.out = &logWriter{server: s, deployment: d, mask: newMask(nil)}
	e.root = filepath.Join(s.tempRoot, d.id)
	defer func() { _ = removeAll(e.root) }()
	if err := e.prepare(); err != nil {
		return e.step("Prepare", func() error { return err })
	}
	if !e.step("Get source", func() error { return e.fetchSource(ctx) }) {
		return false
	}
	for i, command := range e.preRunCommands() {
		if !e.step(fmt.Sprintf("Pre-run command %d", i+1), func() error { return e.preRun(ctx, command) }) {
			return false
		}
	}
	if !e.options().SkipInstallDependencies {
		// Plugins are already installed, and there is no network to fetch them.
		install := func() error { return e.command(ctx, e.program, nil, "pulumi", "install", "--no-plugins") }
		if !e.step("Install dependencies", install) {
			return false
		}
	}
	name := "pulumi " + string(d.request.operation)
	return e.step(name, func() error { return e.command(ctx, e.program, nil, "pulumi", e.arguments()...) })
}

func (e *executor) options() apitype.OperationContextOptions {
	if e.settings.Operation == nil || e.settings.Operation.Options == nil {
		return apitype.OperationContextOptions{}
	}
	return *e.settings.Operation.Options
}

func (e *executor) preRunCommands() []string {
	if e.settings.Operation == nil {
		return nil
	}
	return e.settings.Operation.PreRunCommands
}

// arguments returns the CLI's arguments for the operation.
func (e *executor) arguments() []string {
	var args []string
	switch e.deployment.request.operation {
	case apitype.Preview:
		args = []string{"preview"}
	case apitype.Refresh:
		args = []string{"refresh", "--yes"}
	case apitype.Destroy:
		args = []string{"destroy", "--yes"}
	case apitype.DetectDrift:
		args = []string{"refresh", "--preview-only"}
	case apitype.RemediateDrift:
		args = []string{"up", "--yes", "--refresh"}
	default:
		args = []string{"up", "--yes"}
	}
	if e.server.opts.Light != nil && slices.Contains(args, "--yes") {
		args = append(args, "--skip-preview")
	}
	return append(args, "--non-interactive", "--stack", e.deployment.stack.name.String())
}

// prepare reads the settings, makes the folders and the environment, and collects the secrets to mask.
func (e *executor) prepare() error {
	s, d := e.server, e.deployment
	var err error
	if e.settings, err = d.request.settings.settings(); err != nil {
		return err
	}
	for _, folder := range []string{"home", "pulumi", "tmp"} {
		if err := os.MkdirAll(filepath.Join(e.root, folder), 0o700); err != nil {
			return err
		}
	}
	if s.opts.Plugins != "" {
		if err := os.Symlink(s.opts.Plugins, filepath.Join(e.root, "pulumi", "plugins")); err != nil {
			return err
		}
	}
	token := s.runToken(d)
	e.env = e.baseEnvironment(token)
	secrets := []string{token}
	if e.settings.GitHub != nil && e.settings.GitHub.Repository != "" {
		github := "ghs_" + randomHex(18)
		e.env = append(e.env, "GITHUB_TOKEN="+github)
		secrets = append(secrets, github)
	}
	if operation := e.settings.Operation; operation != nil {
		for name, value := range operation.EnvironmentVariables {
			plain, err := e.keys.reveal(value)
			if err != nil {
				return fmt.Errorf("environment variable %s: %w", name, err)
			}
			e.env = append(e.env, name+"="+plain)
			if value.Secret || value.Ciphertext != "" {
				secrets = append(secrets, plain)
			}
		}
	}
	e.out.mask = newMask(append(secrets, e.sourceSecrets()...))
	return nil
}

// runToken creates the access token of a run, with the identity that it was queued with.
func (s *Server) runToken(d *deployment) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	who := d.runsAs
	who.deployment = d
	token := "pul-" + randomHex(20)
	s.cloud.tokens[token] = who
	return token
}

// baseEnvironment is the environment of every process. Variables of the settings follow and win.
func (e *executor) baseEnvironment(token string) []string {
	s, d := e.server, e.deployment
	env := []string{
		"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
		"LANG=C.UTF-8",
		"HOME=" + filepath.Join(e.root, "home"),
		"TMPDIR=" + filepath.Join(e.root, "tmp"),
	}
	env = append(env, s.opts.Environment...)
	env = append(env, s.gitMirrors()...)
	return append(env,
		"PULUMI_HOME="+filepath.Join(e.root, "pulumi"),
		"PULUMI_BACKEND_URL="+s.url,
		"PULUMI_ACCESS_TOKEN="+token,
		"PULUMI_SKIP_UPDATE_CHECK=true",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
		"PULUMI_CI_SYSTEM=Pulumi Deployments",
		"PULUMI_CI_BUILD_ID="+d.id,
		fmt.Sprintf("PULUMI_CI_BUILD_NUMBER=%d", d.version),
		"PULUMI_CI_BUILD_URL="+s.consoleURL(d),
		"PULUMI_CI_ORGANIZATION="+d.stack.name.org,
		"PULUMI_CI_PROJECT="+d.stack.name.project,
		"PULUMI_CI_STACK="+d.stack.name.stack,
		"PULUMI_CI_OPERATION="+string(d.request.operation),
	)
}

// step runs one step of the deployment under its header in the log.
func (e *executor) step(name string, do func() error) bool {
	s, d := e.server, e.deployment
	s.mu.Lock()
	st := &step{name: name, status: statusRunning, started: s.cloud.now}
	d.steps = append(d.steps, st)
	d.log = append(d.log, logLine{Header: name})
	s.notify()
	s.mu.Unlock()

	err := do()
	e.out.Flush()
	if err != nil {
		fmt.Fprintln(e.out, "error:", err)
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	st.status, st.finished, d.modified = statusSucceeded, s.cloud.now, s.cloud.now
	if err != nil {
		st.status = statusFailed
	}
	s.notify()
	return err == nil
}

// preRun runs one command in its own shell. Variables that the command appends to PULUMI_ENV are set for all later
// commands.
func (e *executor) preRun(ctx context.Context, command string) error {
	if e.lightPreRun(ctx, command) {
		return nil
	}
	shell := e.options().Shell
	if shell == "" {
		shell = "bash"
	}
	file := filepath.Join(e.root, "PULUMI_ENV")
	if err := e.command(ctx, e.program, nil, shell, "-c", withPulumiEnv(command, file)); err != nil {
		return err
	}
	added, err := os.ReadFile(file)
	if err != nil {
		return nil // nothing was exported
	}
	for line := range strings.SplitSeq(string(added), "\n") {
		if name, _, ok := strings.Cut(line, "="); ok && name != "" {
			e.env = append(e.env, strings.TrimSuffix(line, "\r"))
		}
	}
	return nil
}

// withPulumiEnv replaces /PULUMI_ENV with the path of this deployment's own file. On the service, that file is in the
// root folder of the container.
func withPulumiEnv(command, file string) string {
	var out strings.Builder
	const name = "/PULUMI_ENV"
	for {
		at := strings.Index(command, name)
		if at < 0 {
			out.WriteString(command)
			return out.String()
		}
		end := at + len(name)
		out.WriteString(command[:at])
		if at > 0 && isPathByte(command[at-1]) || end < len(command) && isPathByte(command[end]) {
			out.WriteString(name)
		} else {
			out.WriteString(file)
		}
		command = command[end:]
	}
}

func isPathByte(b byte) bool {
	return b == '_' || b == '-' || b == '.' || b == '/' || b == '}' ||
		b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
