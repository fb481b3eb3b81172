package harness

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// commitProgram creates a git repository at target with the working tree's program folder on branch main, as a
// deployment would clone it from the published repository.
func commitProgram(ctx context.Context, source, target string) error {
	return commitFolder(ctx, filepath.Join(source, "program"), target, "program")
}

// CommitFolder commits the files of a folder, below path, to branch main of a new git repository. It returns the
// repository.
func CommitFolder(t testing.TB, folder, path string) string {
	t.Helper()
	repository := t.TempDir()
	if err := commitFolder(t.Context(), folder, repository, path); err != nil {
		t.Fatal(err)
	}
	return repository
}

func commitFolder(ctx context.Context, folder, repository, path string) error {
	if err := os.CopyFS(filepath.Join(repository, path), os.DirFS(folder)); err != nil {
		return fmt.Errorf("copying the target program: %w", err)
	}
	for _, args := range [][]string{
		{"init", "--quiet", "--initial-branch=main"},
		{"add", "--all"},
		{"commit", "--quiet", "--message", "Add the program"},
	} {
		if err := git(ctx, repository, args...); err != nil {
			return err
		}
	}
	return nil
}

// git runs git without the caller's settings.
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
