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

// Light makes deployments cheap: what all deployments of one program have in common is done in this process, at less
// than half of the cost. Whatever Light does not know runs as without it: another git source, another pre-run command,
// and everything that fails, so that the log of a failure is the real one.
type Light struct {
	// Folders maps the URL of a git repository to a local folder with its files. The program's folder is copied from
	// there, in place of a clone.
	Folders map[string]string
}

// The two commands by which a sync hands its environment over to the built-in program, the one that does nothing but in
// a destroy, and the one by which an update refreshes by its program and does not preview itself, which it does not do
// here anyway. A name that has to be quoted matches neither of the first two, and so reaches a real shell.
var (
	accessCommand = regexp.MustCompile(
		`^pulumi config get payload -s [\w.-]+/[\w.-]+/[\w.-]+ >/dev/null \|\| ` +
			`\{ pulumi env open ([\w.-]+)/([\w.-]+)/([\w.-]+) escsync\.none >/dev/null; `)
	linkCommand = regexp.MustCompile(
		`^pulumi config env add ([\w.-]+)/([\w.-]+) -s ([\w.-]+)/([\w.-]+)/([\w.-]+) --yes >/dev/null$`)
	refreshCommand = regexp.MustCompile(`^\[ "\$\{PULUMI_CI_OPERATION-\}" != destroy \] \|\| pulumi refresh `)
	updateCommand  = regexp.MustCompile(`^\[ "\$\{PULUMI_CI_OPERATION-\}" != update \] \|\| ` +
		`.*echo PULUMI_RUN_PROGRAM=true >> /PULUMI_ENV; .*echo PULUMI_OPTION_SKIP_PREVIEW=true >> /PULUMI_ENV; \}`)
)

// lightSource copies the folder that stands for a repository without credentials, and reports whether there is one.
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

// lightPreRun does a known pre-run command in this process, and reports whether it succeeded.
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
	if !updateCommand.MatchString(command) {
		return false
	}
	if lastOf(e.env, "PULUMI_CI_OPERATION") == "update" && lastOf(e.env, "PULUMI_RUN_PROGRAM") == "" {
		e.env = append(e.env, "PULUMI_RUN_PROGRAM=true")
	}
	return true
}

// mayOpen reports whether the run's own token opens an environment as the operation does, and whether that evaluates.
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

// link adds an environment to the configuration of the deployment's stack, which has none yet.
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
