package pulumicloud

import (
	"bytes"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// logLine is a line of the log, or the header of a step.
type logLine struct {
	Header    string     `json:"header,omitempty"`
	Timestamp *time.Time `json:"timestamp"`      // nil for a header; timed sets it
	Line      string     `json:"line,omitempty"` // including the line end
}

func (d *deployment) logText() string {
	var text strings.Builder
	for _, line := range d.log {
		if line.Header != "" {
			text.WriteString("=== " + line.Header + "\n")
		}
		text.WriteString(line.Line)
	}
	return text.String()
}

// deploymentLogs returns a page of the log, or of the lines of one step. The token is missing once the deployment has
// finished and everything was sent.
func (s *Server) deploymentLogs(c *call) (any, error) {
	d, err := s.deploymentOf(c)
	if err != nil {
		return nil, err
	}
	query := c.r.URL.Query()
	if query.Has("step") {
		return d.stepLogs(query)
	}
	from, _ := strconv.Atoi(query.Get("continuationToken"))
	from = min(max(from, 0), len(d.log))
	answer := object{"__type": "DeploymentLogs", "lines": timed(d.log[from:], d.started)}
	if !d.done() {
		answer["nextToken"] = strconv.Itoa(len(d.log))
	}
	return answer, nil
}

// timed copies lines and gives each header the time of the line before it.
func timed(lines []logLine, begin time.Time) []logLine {
	out := append([]logLine{}, lines...)
	for i := range out {
		if out[i].Timestamp == nil {
			at := begin
			out[i].Timestamp = &at
		}
		begin = *out[i].Timestamp
	}
	return out
}

// stepLogs returns count lines of one step, starting at an offset. The only job has the number 0.
func (d *deployment) stepLogs(query url.Values) (any, error) {
	number := func(name string, def int) int {
		if n, err := strconv.Atoi(query.Get(name)); err == nil && n >= 0 {
			return n
		}
		return def
	}
	wanted := number("step", 0)
	if number("job", 0) != 0 || wanted >= len(d.steps) {
		return nil, notFound("Deployment '%s' has no step %d", d.id, wanted)
	}
	at, lines := -1, []logLine{}
	for _, line := range d.log {
		if line.Header != "" {
			at++
		} else if at == wanted {
			lines = append(lines, line)
		}
	}
	from := min(number("offset", 0), len(lines))
	until := min(from+number("count", 100), len(lines))
	answer := object{"__type": "DeploymentLogsStep", "name": d.steps[wanted].name, "lines": lines[from:until]}
	if until < len(lines) || d.steps[wanted].status == statusRunning {
		answer["nextOffset"] = until
	}
	return answer, nil
}

// mask replaces secrets in text.
type mask struct {
	replacer *strings.Replacer
}

// newMask masks every secret, and every line of a multi-line secret.
func newMask(secrets []string) mask {
	parts := map[string]bool{}
	for _, secret := range secrets {
		for _, part := range append(strings.Split(secret, "\n"), secret) {
			if part = strings.TrimSpace(part); part != "" {
				parts[part] = true
			}
		}
	}
	ordered := make([]string, 0, len(parts))
	for part := range parts {
		ordered = append(ordered, part)
	}
	// Longest first: a secret that contains another must be masked as a whole.
	sort.Slice(ordered, func(i, j int) bool {
		return len(ordered[i]) > len(ordered[j]) || len(ordered[i]) == len(ordered[j]) && ordered[i] < ordered[j]
	})
	pairs := make([]string, 0, 2*len(ordered))
	for _, part := range ordered {
		pairs = append(pairs, part, "[secret]")
	}
	return mask{replacer: strings.NewReplacer(pairs...)}
}

func (m mask) apply(text string) string { return m.replacer.Replace(text) }

// logWriter writes the output of a process to the log of its deployment, in whole lines.
type logWriter struct {
	server     *Server
	deployment *deployment
	mask       mask

	mu      sync.Mutex
	partial []byte
}

// Write never fails.
func (w *logWriter) Write(data []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.partial = append(w.partial, data...)
	for {
		end := bytes.IndexByte(w.partial, '\n')
		if end < 0 {
			return len(data), nil
		}
		w.line(string(w.partial[:end]))
		w.partial = w.partial[end+1:]
	}
}

// Flush writes the last line if it has no line end.
func (w *logWriter) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.partial) > 0 {
		w.line(string(w.partial))
		w.partial = nil
	}
}

func (w *logWriter) line(text string) {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	now := w.server.cloud.now
	w.deployment.log = append(w.deployment.log, logLine{Timestamp: &now, Line: w.mask.apply(text) + "\n"})
}
