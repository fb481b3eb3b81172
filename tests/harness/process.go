package harness

import (
	"os/exec"
	"syscall"
)

// inOwnGroup starts a process in its own group, so that it can be killed together with its children.
func inOwnGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killGroup kills the group of a process that inOwnGroup was called for.
func killGroup(cmd *exec.Cmd) error {
	return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}
