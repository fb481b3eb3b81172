package harness

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// commitProgram makes a git repository at target, branch main, that holds the working tree's program folder: what a
// deployment would clone from the published repository.
func commitProgram(ctx context.Context, source, target string) error {
	if err := os.CopyFS(filepath.Join(target, "program"), os.DirFS(filepath.Join(source, "program"))); err != nil {
		return fmt.Errorf("copying the target program: %w", err)
	}
	for _, args := range [][]string{
		{"init", "--quiet", "--initial-branch=main"},
		{"add", "--all"},
		{"commit", "--quiet", "--message", "Target program of the working tree"},
	} {
		if err := git(ctx, target, args...); err != nil {
			return err
		}
	}
	return nil
}

// git runs git with none of the caller's settings.
func git(ctx context.Context, folder string, args ...string) error {
	identity := []string{"-c", "user.name=escsync", "-c", "user.email=escsync@example.com", "-c", "commit.gpgSign=false"}
	cmd := exec.CommandContext(ctx, "git", append(identity, args...)...)
	cmd.Dir = folder
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"}
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("running git %s: %w: %s", strings.Join(args, " "), err, output)
	}
	return nil
}
