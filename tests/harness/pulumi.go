package harness

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Program copies a folder with a Pulumi program, given relative to the repository's top, to a temporary folder, so
// that the CLI writes its stack settings there. It returns the copy's path.
func (h *Harness) Program(folder string) (string, error) {
	target, err := h.newFolder()
	if err != nil {
		return "", err
	}
	if err := os.CopyFS(target, os.DirFS(filepath.Join(h.tools.Repository, folder))); err != nil {
		return "", fmt.Errorf("copying the program %s: %w", folder, err)
	}
	return target, nil
}

// WriteProgram writes a Pulumi YAML program to a temporary folder, and returns the folder's path.
func (h *Harness) WriteProgram(yaml string) (string, error) {
	target, err := h.newFolder()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(target, 0o700); err != nil {
		return "", fmt.Errorf("making the program's folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(target, "Pulumi.yaml"), []byte(yaml), 0o600); err != nil {
		return "", fmt.Errorf("writing the program: %w", err)
	}
	return target, nil
}

func (h *Harness) newFolder() (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.folders++
	return filepath.Join(h.root, "programs", fmt.Sprint(h.folders)), nil
}

// Up runs `pulumi up` in a program's folder and stack. It creates the stack if it does not exist.
func (h *Harness) Up(ctx context.Context, dir, stack string, args ...string) (*Result, error) {
	if err := h.selectStack(ctx, dir, stack); err != nil {
		return nil, err
	}
	return h.operate(ctx, dir, stack, append([]string{"up", "--yes", "--skip-preview"}, args...))
}

// Preview runs `pulumi preview`, like Up.
func (h *Harness) Preview(ctx context.Context, dir, stack string, args ...string) (*Result, error) {
	if err := h.selectStack(ctx, dir, stack); err != nil {
		return nil, err
	}
	return h.operate(ctx, dir, stack, append([]string{"preview"}, args...))
}

// Destroy runs `pulumi destroy`.
func (h *Harness) Destroy(ctx context.Context, dir, stack string, args ...string) (*Result, error) {
	return h.operate(ctx, dir, stack, append([]string{"destroy", "--yes", "--skip-preview"}, args...))
}

// Refresh runs `pulumi refresh`.
func (h *Harness) Refresh(ctx context.Context, dir, stack string, args ...string) (*Result, error) {
	return h.operate(ctx, dir, stack, append([]string{"refresh", "--yes", "--skip-preview"}, args...))
}

// Export returns the state of a stack as the service stores it, with secrets encrypted.
func (h *Harness) Export(ctx context.Context, dir, stack string) (json.RawMessage, error) {
	result, err := h.Pulumi(ctx, dir, "stack", "export", "--stack", h.stackOf(stack))
	if err != nil {
		return nil, err
	}
	return json.RawMessage(result.Stdout), nil
}

// SetSecretConfig sets a secret configuration value of a stack, and creates the stack if it does not exist. The value
// is not on the command line.
func (h *Harness) SetSecretConfig(ctx context.Context, dir, stack, key, value string) error {
	if err := h.selectStack(ctx, dir, stack); err != nil {
		return err
	}
	_, err := h.run(ctx, dir, value, "config", "set", "--secret", key, "--stack", h.stackOf(stack))
	return err
}

func (h *Harness) stackOf(stack string) string { return Organization + "/" + stack }

// selectStack creates a stack if it does not exist. stack is project/stack.
func (h *Harness) selectStack(ctx context.Context, dir, stack string) error {
	_, err := h.Pulumi(ctx, dir, "stack", "select", "--create", "--stack", h.stackOf(stack))
	return err
}

// operate runs an operation of the engine and reads its events.
func (h *Harness) operate(ctx context.Context, dir, stack string, args []string) (*Result, error) {
	events := filepath.Join(dir, "events.json")
	_ = os.Remove(events)
	args = append(args, "--stack", h.stackOf(stack), "--non-interactive", "--color=never", "--event-log", events)
	result, err := h.Pulumi(ctx, dir, args...)
	if result == nil {
		return nil, err
	}
	logged, readErr := os.ReadFile(events)
	if readErr != nil && !errors.Is(readErr, os.ErrNotExist) {
		return result, errors.Join(err, fmt.Errorf("reading the engine's events: %w", readErr))
	}
	h.record("events of pulumi "+args[0], string(logged))
	return result, errors.Join(err, result.readEvents(logged))
}

// Pulumi runs the CLI with any arguments in a folder. If the command fails, it returns the Result and an error with the
// output.
func (h *Harness) Pulumi(ctx context.Context, dir string, args ...string) (*Result, error) {
	return h.run(ctx, dir, "", args...)
}

func (h *Harness) run(ctx context.Context, dir, stdin string, args ...string) (*Result, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, h.tools.Pulumi, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, h.cliEnvironment(), &stdout, &stderr
	cmd.Stdin = strings.NewReader(stdin)
	inOwnGroup(cmd)
	cmd.Cancel = func() error { return killGroup(cmd) }
	cmd.WaitDelay = 2 * time.Second
	start := time.Now()
	err := cmd.Run()
	result := &Result{Stdout: stdout.String(), Stderr: stderr.String(), Duration: time.Since(start)}
	h.record("output of pulumi "+strings.Join(args, " "), result.Stdout+result.Stderr)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return result, fmt.Errorf("running pulumi %s: %w\n%s%s", args[0], err, result.Stdout, result.Stderr)
	}
	return result, nil
}
