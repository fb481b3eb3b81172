// Package process runs servers as programs, each in its own process group, so that the whole group can be ended.
package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// stopGracePeriod is the time that a server has to end by itself.
const stopGracePeriod = 5 * time.Second

// logLimit is the number of bytes retained from the end of a server's output, which tells why the server failed.
const logLimit = 64 << 10

// Process is a running server.
type Process struct {
	// Stdout is the output of a server that prints its address.
	Stdout io.Reader

	cmd    *exec.Cmd
	stdin  io.Closer
	log    *tail
	exited chan struct{}
	once   sync.Once
}

// Start runs a program with only the given environment. Its standard input stays open until Stop, or until this process
// ends. If stdout is true, the caller must read Stdout. Otherwise the output goes to the log.
func Start(ctx context.Context, stdout bool, environment []string, program string, args ...string) (*Process, error) {
	p := &Process{cmd: exec.CommandContext(ctx, program, args...), log: &tail{}, exited: make(chan struct{})}
	p.cmd.Env = environment
	p.cmd.Stderr = p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	p.cmd.Cancel = p.kill
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", p.name(), err)
	}
	p.stdin = stdin
	if stdout {
		if p.Stdout, err = p.cmd.StdoutPipe(); err != nil {
			return nil, fmt.Errorf("starting %s: %w", p.name(), err)
		}
	} else {
		p.cmd.Stdout = p.log
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", p.name(), err)
	}
	go func() { _ = p.cmd.Wait(); close(p.exited) }()
	return p, nil
}

// Await calls ready until it returns nil. It fails if the server ends, or after timeout with the last error of ready
// and the end of the server's log.
func (p *Process) Await(ctx context.Context, timeout time.Duration, ready func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		err := ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.exited:
			return fmt.Errorf("%s ended before it was ready: %s", p.name(), p.log)
		case <-ctx.Done():
			return fmt.Errorf("%s was not ready within %s: %w: %s", p.name(), timeout, err, p.log)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Stop ends the server and all its children, and waits for their end.
func (p *Process) Stop() {
	p.once.Do(func() {
		_ = p.stdin.Close()
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGTERM)
		select {
		case <-p.exited:
		case <-time.After(stopGracePeriod):
		}
		_ = p.kill()
		<-p.exited
	})
}

// Log returns the end of the server's output.
func (p *Process) Log() string { return p.log.String() }

// Running reports whether the server still runs.
func (p *Process) Running() bool {
	select {
	case <-p.exited:
		return false
	default:
		return true
	}
}

func (p *Process) kill() error {
	err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}

func (p *Process) name() string { return filepath.Base(p.cmd.Path) }

// tail retains the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (t *tail) Write(data []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, _ = t.text.Write(data)
	if excess := t.text.Len() - logLimit; excess > 0 {
		t.text.Next(excess)
	}
	return len(data), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(t.text.String())
}
