package harness

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed moto_server.py
var motoServer string

// motoStartup is how long moto may take to answer: a second on an idle machine.
const motoStartup = time.Minute

// moto is a running AWS emulator.
type moto struct {
	endpoint string
	process  *exec.Cmd
	stdin    io.Closer
	stderr   *bytes.Buffer
}

// startMoto runs moto on a free port of 127.0.0.1. It ends when its standard input does, so it cannot outlive this
// process, whatever ends that.
func startMoto(ctx context.Context, server string, environment []string) (*moto, error) {
	python := filepath.Join(filepath.Dir(server), "python3")
	m := &moto{stderr: &bytes.Buffer{}}
	m.process = exec.CommandContext(ctx, python, "-c", motoServer)
	m.process.Env = environment
	m.process.Stderr = m.stderr
	// A signal of the terminal must reach this process alone, which then stops what it started in its own order.
	inOwnGroup(m.process)
	stdin, err := m.process.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("starting moto: %w", err)
	}
	m.stdin = stdin
	stdout, err := m.process.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("starting moto: %w", err)
	}
	if err := m.process.Start(); err != nil {
		return nil, fmt.Errorf("starting moto (run `make tools` to install it): %w", err)
	}
	address := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(stdout).ReadString('\n')
		address <- strings.TrimSpace(line)
	}()
	select {
	case m.endpoint = <-address:
		if m.endpoint == "" {
			m.stop()
			return nil, fmt.Errorf("starting moto: it ended at once: %s", lastLine(m.stderr.String()))
		}
		return m, nil
	case <-time.After(motoStartup):
		m.stop()
		return nil, fmt.Errorf("starting moto: it was not ready within %s", motoStartup)
	case <-ctx.Done():
		m.stop()
		return nil, ctx.Err()
	}
}

// stop ends moto and waits for that.
func (m *moto) stop() {
	_ = m.stdin.Close()
	ended := make(chan struct{})
	go func() { _ = m.process.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		_ = killGroup(m.process)
		<-ended
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
