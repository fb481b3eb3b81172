package pulumicloud

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
)

// Light speeds up deployments. What all deployments of one program share is done in this process, at less than half of
// the cost. Everything else runs in full: another git source, another pre-run command, and everything that fails, so
// that the log of a failure is the real one.
type Light struct {
	// Folders maps the URL of a git repository to a local folder with its files. The folder of the program is copied
	// from there instead of cloned.
	Folders map[string]string
}

// The first two commands connect the environment of a sync to the built-in program, the third refreshes before a
// destroy, and the last one makes updates and drift operations refresh with their program, and an update skip its
// preview, which light deployments skip anyway. A name that needs quotes does not match and so reaches a real shell.
var (
	accessCommand = regexp.MustCompile(
		`^pulumi config get payload -s [\w.-]+/[\w.-]+/[\w.-]+ >/dev/null \|\| ` +
			`\{ pulumi env open ([\w.-]+)/([\w.-]+)/([\w.-]+) escsync\.none >/dev/null; `)
	linkCommand = regexp.MustCompile(
		`^pulumi config env add ([\w.-]+)/([\w.-]+) -s ([\w.-]+)/([\w.-]+)/([\w.-]+) --yes >/dev/null$`)
	refreshCommand   = regexp.MustCompile(`^\[ "\$\{PULUMI_CI_OPERATION-\}" != destroy \] \|\| pulumi refresh `)
	variablesCommand = regexp.MustCompile(`^\{ case "\$\{PULUMI_CI_OPERATION-\}" in ` +
		`update\|detect-drift\|remediate-drift\) .*echo PULUMI_RUN_PROGRAM=true >> /PULUMI_ENV;; ` +
		`.*echo PULUMI_OPTION_SKIP_PREVIEW=true >> /PULUMI_ENV; \}`)
)

// lightSource copies the local folder of a repository without credentials. It reports whether there is one.
func (e *executor) lightSource(git apitype.SourceContextGit) (bool, error) {
	if e.server.opts.Light == nil || git.GitAuth != nil {
		return false, nil
	}
	folder, ok := e.server.opts.Light.Folders[git.RepoURL]
	if !ok {
		return false, nil
	}
	e.program = filepath.Join(e.root, "repo", filepath.Clean("/"+git.RepoDir))
	program := os.DirFS(filepath.Join(folder, filepath.Clean("/"+git.RepoDir)))
	if err := os.CopyFS(e.program, program); err != nil {
		return true, fmt.Errorf("copying the program: %w", err)
	}
	return true, nil
}

// lightPreRun executes a known pre-run command in this process. It reports whether it succeeded.
func (e *executor) lightPreRun(ctx context.Context, command string) bool {
	if e.server.opts.Light == nil {
		return false
	}
	if match := accessCommand.FindStringSubmatch(command); match != nil {
		return e.mayOpen(ctx, envName{match[1], match[2], match[3]})
	}
	if match := linkCommand.FindStringSubmatch(command); match != nil {
		return e.link(envName{match[3], match[1], match[2]}, stackName{match[3], match[4], match[5]})
	}
	if refreshCommand.MatchString(command) {
		return lastOf(e.env, "PULUMI_CI_OPERATION") != "destroy"
	}
	if !variablesCommand.MatchString(command) {
		return false
	}
	switch lastOf(e.env, "PULUMI_CI_OPERATION") {
	case "update", "detect-drift", "remediate-drift":
		if lastOf(e.env, "PULUMI_RUN_PROGRAM") == "" {
			e.env = append(e.env, "PULUMI_RUN_PROGRAM=true")
		}
	}
	return true
}

// mayOpen reports whether the token of the run can open an environment like the operation does, and whether it
// evaluates without errors.
func (e *executor) mayOpen(ctx context.Context, name envName) bool {
	s := e.server
	s.mu.Lock()
	defer s.mu.Unlock()
	who, known := s.cloud.tokens[lastOf(e.env, "PULUMI_ACCESS_TOKEN")]
	if !known || !s.mayOpenDefinitions(who) {
		return false
	}
	definition := []byte("imports: [" + name.short() + "]")
	_, err := s.open(ctx, name.org, who, esc.AnonymousEnvironmentName, definition, nothingEncrypted{})
	return err == nil
}

// link adds an environment to the configuration of the deployment's stack if that is empty.
func (e *executor) link(environment envName, stack stackName) bool {
	s := e.server
	s.mu.Lock()
	_, exists := s.cloud.envs[environment]
	s.mu.Unlock()
	if !exists || stack != e.deployment.stack.name {
		return false
	}
	file, err := os.OpenFile(filepath.Join(e.program, "Pulumi."+stack.stack+".yaml"),
		os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return false
	}
	_, err = fmt.Fprintf(file, "environment:\n  - %s\n", environment.short())
	return file.Close() == nil && err == nil
}
