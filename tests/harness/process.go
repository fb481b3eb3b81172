package harness

import (
	"os/exec"
	"syscall"
)

// inOwnGroup gives a process a group of its own, with which it can be ended together with all that it started.
func inOwnGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killGroup ends the group of a process that inOwnGroup was called for.
func killGroup(cmd *exec.Cmd) error {
	return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}
