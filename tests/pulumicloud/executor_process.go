package pulumicloud

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// grace is how long a cancelled command may take to stop its children.
const grace = 10 * time.Second

// command runs a program to its end, with its output in the log. When ctx ends, it asks the whole process group to
// stop, so that the CLI stops its plugins, which have groups of their own. After grace it kills what is left.
func (e *executor) command(ctx context.Context, folder string, extra []string, name string, args ...string) error {
	env := lastWins(append(append([]string{}, e.env...), extra...))
	path, err := lookPath(name, env)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Args[0] = name
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = folder, env, e.out, e.out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = grace // do not wait longer for a child that left the group and has the output open
	err = cmd.Run()
	if cmd.Process != nil {
		// Kill what a step left running, as the service does with the container.
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return errors.New("the deployment was cancelled")
	case errors.As(err, &exit):
		return fmt.Errorf("%s: exit status %d", name, exit.ExitCode())
	default:
		return err
	}
}

// lastWins removes variables that a later entry overrides.
func lastWins(env []string) []string {
	last := map[string]int{}
	for i, entry := range env {
		name, _, _ := strings.Cut(entry, "=")
		last[name] = i
	}
	var out []string
	for i, entry := range env {
		name, _, _ := strings.Cut(entry, "=")
		if last[name] == i {
			out = append(out, entry)
		}
	}
	return out
}

// lastOf returns the last value of a variable.
func lastOf(env []string, name string) string {
	for _, entry := range slices.Backward(env) {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// lookPath finds a program on the PATH of the deployment, not of this process.
func lookPath(name string, env []string) (string, error) {
	for _, entry := range env {
		folders, ok := strings.CutPrefix(entry, "PATH=")
		if !ok {
			continue
		}
		for _, folder := range filepath.SplitList(folders) {
			path := filepath.Join(folder, name)
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
				return path, nil
			}
		}
	}
	return "", fmt.Errorf("%s is not on the PATH of the deployment: give PATH in Options.Environment", name)
}

// removeAll removes a folder, even with read-only folders inside, such as a Go module cache.
func removeAll(root string) error {
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(root)
}
