package process

import (
	"bufio"
	"context"
	"errors"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStopEndsWhatTheServerStarted(t *testing.T) {
	t.Parallel()
	p, err := Start(t.Context(), true, nil, "/bin/sh", "-c", "trap '' TERM; sleep 600 & echo $!; read line; wait")
	require.NoError(t, err)
	line, err := bufio.NewReader(p.Stdout).ReadString('\n')
	require.NoError(t, err)
	child, err := strconv.Atoi(strings.TrimSpace(line))
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(child, 0))

	p.Stop()
	p.Stop()
	assert.False(t, p.Running())
	assert.Eventually(t, func() bool { return gone(child) }, 5*time.Second, 20*time.Millisecond)
}

// gone reports whether a process has ended. It has also ended if nobody has waited for it yet.
func gone(pid int) bool {
	return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

func TestAwaitReportsTheLogOfAServerThatEnds(t *testing.T) {
	t.Parallel()
	p, err := Start(t.Context(), false, nil, "/bin/sh", "-c", "echo no such option >&2")
	require.NoError(t, err)
	t.Cleanup(p.Stop)
	err = p.Await(t.Context(), time.Minute, func(context.Context) error { return errors.New("refused") })
	require.ErrorContains(t, err, "sh ended before it was ready: no such option")
}

func TestAwaitGivesUp(t *testing.T) {
	t.Parallel()
	p, err := Start(t.Context(), false, nil, "/bin/sh", "-c", "read line")
	require.NoError(t, err)
	t.Cleanup(p.Stop)
	err = p.Await(t.Context(), 100*time.Millisecond, func(context.Context) error { return errors.New("refused") })
	require.ErrorContains(t, err, "not ready within 100ms: refused")
}

func TestTheCallersEnvironmentStaysOut(t *testing.T) {
	t.Setenv("MARKER", "leaked")
	p, err := Start(t.Context(), true, []string{"A=1"}, "/bin/sh", "-c", `echo "$A$MARKER"`)
	require.NoError(t, err)
	t.Cleanup(p.Stop)
	line, err := bufio.NewReader(p.Stdout).ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "1\n", line)
}
