package benchmarks

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// measured is what one operation took.
type measured struct {
	// cpu are the processor seconds of the processes that it started, and of those that they started.
	cpu float64
	// clock are the seconds on the clock.
	clock float64
}

// measure runs an operation. What else this process started must not end meanwhile.
func measure(b *testing.B, operation func() error) measured {
	b.Helper()
	before, start := processorSeconds(b), time.Now()
	if err := operation(); err != nil {
		b.Fatal(err)
	}
	return measured{cpu: processorSeconds(b) - before, clock: time.Since(start).Seconds()}
}

// processorSeconds are those of all processes that this one has started and that have ended.
func processorSeconds(b *testing.B) float64 {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		b.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}

// median is the middle of the values of one figure.
func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// figures collects values by name, in the order in which the names come.
type figures struct {
	names  []string
	values map[string][]float64
}

func (f *figures) add(name string, value float64) {
	if f.values == nil {
		f.values = map[string][]float64{}
	}
	if f.values[name] == nil {
		f.names = append(f.names, name)
	}
	f.values[name] = append(f.values[name], value)
}

// report reports the medians, and not the time of a whole iteration, which is mostly preparation.
func (f *figures) report(b *testing.B) {
	b.ReportMetric(0, "ns/op")
	for _, name := range f.names {
		b.ReportMetric(median(f.values[name]), name)
	}
}

// watchMemory looks at the peak memory of the processes of one program until it is stopped, and then returns the
// largest, in MB. Without /proc it returns 0.
func watchMemory(program string) (stop func() float64) {
	done, peak := make(chan struct{}), make(chan float64)
	go func() {
		most := 0.0
		for {
			most = max(most, peakMemory(program))
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return func() float64 {
		close(done)
		return <-peak
	}
}

// peakMemory is the largest of the peaks, in MB, of the processes that run a program now.
func peakMemory(program string) float64 {
	most := 0.0
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		if path, err := os.Readlink(link); err != nil || path != program {
			continue
		}
		status, _ := os.ReadFile(filepath.Join(filepath.Dir(link), "status"))
		_, after, _ := strings.Cut(string(status), "VmHWM:")
		fields := strings.Fields(after)
		if len(fields) == 0 {
			continue
		}
		kilobytes, _ := strconv.ParseFloat(fields[0], 64)
		most = max(most, kilobytes/1024)
	}
	return most
}
