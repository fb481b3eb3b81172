package harness

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// gracePeriod is the time that plugins have to notice the end of their engine.
const gracePeriod = 5 * time.Second

// endLeftovers waits for the end of all processes that have the given folder in their environment. It kills those that
// remain, and reports them as an error. Processes whose name begins with orphans are killed at once and not reported;
// "" means none.
func endLeftovers(root, orphans string) error {
	deadline := time.Now().Add(gracePeriod)
	for {
		left := leftovers(root)
		maps.DeleteFunc(left, func(pid int, name string) bool {
			known := orphans != "" && strings.HasPrefix(name, orphans)
			return known && syscall.Kill(pid, syscall.SIGKILL) == nil
		})
		if len(left) == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return killAll(left)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func killAll(processes map[int]string) error {
	var names []string
	for pid, name := range processes {
		_ = syscall.Kill(pid, syscall.SIGKILL)
		names = append(names, fmt.Sprintf("%s (%d)", name, pid))
	}
	return fmt.Errorf("processes were left running and had to be ended: %s", strings.Join(names, ", "))
}

// leftovers finds processes by their environment, which all processes of a Harness inherit. It needs /proc, and finds
// none without it.
func leftovers(root string) map[int]string {
	found := map[int]string{}
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		return found
	}
	for _, file := range files {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil || pid == os.Getpid() {
			continue
		}
		environment, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(environment, []byte(root+string(filepath.Separator))) {
			continue
		}
		name, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "comm"))
		found[pid] = strings.TrimSpace(string(name))
	}
	return found
}
