// Package deploymentstest is a stand-in for Pulumi Cloud with one stack and its deployments. It runs nothing: each call
// that reads a run advances it by one status of its script, and every call can be made to fail. It uses no sockets, so
// it works in a testing/synctest bubble, where delays and polling take no time.
package deploymentstest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token is the only valid access token.
const Token = "pul-test"

// Run is a deployment with its script.
type Run struct {
	// Statuses are shown one after the other, one per call that reads the run. The last one stays.
	Statuses []string
	// Operation is update or destroy. A run that a request starts has the operation of the request.
	Operation string
	Initiator string
	// RequestedBy is the login of the user who started the run. Default: the owner of Token.
	RequestedBy string
	// Step is the name of the only step, which has the status of the run.
	Step    string
	Changes map[string]int
	// Log is the only line of the log. Default: "it broke".
	Log string

	version int
	reads   int
}

// Fault replaces the response to a call. It may call serve for the real one.
type Fault func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc)

// Cloud serves the stack acme/tgt/dev, its environment acme/proj/sync, and its deployments.
type Cloud struct {
	URL string
	// Transport sends requests to the cloud.
	Transport http.RoundTripper

	started time.Time

	mu        sync.Mutex
	runs      []*Run
	scripts   []Run
	faults    map[string][]Fault
	calls     []string
	paused    bool
	noStack   bool
	missing   map[string]bool
	version   int
	resources int
	// initiator replaces the initiator of requests, like a service that stores only its own. Nil stores the one that
	// was sent.
	initiator *string
	tags      tags
	// role is the ID of the role of the deployments.
	role         string
	ignoresRoles bool
}

// Start serves a new cloud until the test ends.
func Start(t *testing.T) *Cloud {
	t.Helper()
	c := &Cloud{started: time.Now(), faults: map[string][]Fault{}, missing: map[string]bool{}, version: 1, tags: newTags()}
	c.URL, c.Transport = "http://cloud.test", serve(t, http.HandlerFunc(c.serveFaulty))
	return c
}

// Elapsed returns the time since Start.
func (c *Cloud) Elapsed() time.Duration { return time.Since(c.started) }

// Script sets the script of the next run that a request starts. Without one, the run succeeds at the second read.
func (c *Cloud) Script(r Run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scripts = append(c.scripts, r)
}

// Add adds a run that somebody else started.
func (c *Cloud) Add(r Run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(r)
}

func (c *Cloud) add(r Run) *Run {
	r.version = len(c.runs) + 1
	if r.RequestedBy == "" {
		r.RequestedBy = "me"
	}
	c.runs = append(c.runs, &r)
	return &r
}

// Fail replaces the next responses to a call. The calls are "POST deployments", "GET deployments", "GET run", "GET
// updates", "GET logs", "GET metadata", "GET stack", "GET export", "POST import", "GET settings", "POST settings", "GET
// roles", "GET environment", "POST check", "PATCH tags" (of the stack), "GET user", and GET, POST, PATCH and DELETE
// with "environment tags". "GET schedules" and "GET status" (of drift) return 404 unless replaced, like a service that
// does not know them.
func (c *Cloud) Fail(call string, faults ...Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults[call] = append(c.faults[call], faults...)
}

// SetPaused pauses the queue. Only "GET metadata" shows it: scripts go on.
func (c *Cloud) SetPaused(paused bool) { c.mu.Lock(); c.paused = paused; c.mu.Unlock() }

// ShowInitiator makes the service show this name as the initiator of every run that a request starts.
func (c *Cloud) ShowInitiator(name string) { c.mu.Lock(); c.initiator = &name; c.mu.Unlock() }

// RemoveStack removes the stack.
func (c *Cloud) RemoveStack() { c.mu.Lock(); c.noStack = true; c.mu.Unlock() }

// Remove removes the "settings" or the "environment", according to what.
func (c *Cloud) Remove(what string) { c.mu.Lock(); c.missing[what] = true; c.mu.Unlock() }

// SetState sets how often the stack was updated and how many resources it has.
func (c *Cloud) SetState(version, resources int) {
	c.mu.Lock()
	c.version, c.resources = version, resources
	c.mu.Unlock()
}

// Posts counts the deployments that requests started.
func (c *Cloud) Posts() int { return c.Count("POST deployments taken") }

// Count counts the calls with a name that Fail lists.
func (c *Cloud) Count(call string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, made := range c.calls {
		if made == call {
			n++
		}
	}
	return n
}

// Operations lists the operations of all deployments, oldest first.
func (c *Cloud) Operations() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, r := range c.runs {
		all = append(all, r.Operation)
	}
	return all
}

func (c *Cloud) serveFaulty(w http.ResponseWriter, r *http.Request) {
	name := nameOf(r)
	c.mu.Lock()
	c.calls = append(c.calls, name)
	var fault Fault
	if queue := c.faults[name]; len(queue) > 0 {
		fault, c.faults[name] = queue[0], queue[1:]
	}
	c.mu.Unlock()
	if fault != nil {
		fault(w, r, c.serve)
		return
	}
	c.serve(w, r)
}

const stackPath = "/api/stacks/acme/tgt/dev"

func nameOf(r *http.Request) string {
	rest, ofStack := strings.CutPrefix(r.URL.Path, stackPath)
	parts := strings.Split(strings.Trim(rest, "/"), "/")
	last := parts[len(parts)-1]
	switch {
	case r.URL.Path == "/api/user":
		return "GET user"
	case strings.HasSuffix(r.URL.Path, "/yaml/check"):
		return "POST check"
	case strings.HasPrefix(r.URL.Path, environmentTagsPath):
		return r.Method + " environment tags"
	case r.URL.Path == "/api/orgs/acme/roles":
		return "GET roles"
	case strings.HasPrefix(r.URL.Path, "/api/esc/environments/"):
		return "GET environment"
	case !ofStack:
		return r.URL.Path
	case rest == "":
		return r.Method + " stack"
	case strings.HasPrefix(last, "id-"):
		return "GET run"
	default:
		return r.Method + " " + last
	}
}

func (c *Cloud) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.Header.Get("Authorization") != "token "+Token {
		fail(w, http.StatusUnauthorized, "No credentials provided or are invalid.")
		return
	}
	name := nameOf(r)
	switch {
	case name == "GET user":
		answer(w, map[string]any{"githubLogin": "me"})
	case name == "POST check":
		answer(w, map[string]any{"exprs": map[string]any{}, "properties": map[string]any{}, "schema": true})
	case strings.HasSuffix(name, "environment tags"):
		c.tags.ofEnvironment(w, r)
	case name == "GET roles":
		answer(w, map[string]any{"roles": roles})
	case name == "GET environment":
		c.orMissing(w, "environment", map[string]any{})
	case c.noStack:
		fail(w, http.StatusNotFound, "Not Found: Stack 'acme/tgt/dev' not found")
	case name == "GET stack":
		answer(w, map[string]any{"version": c.version, "tags": c.tags.stack})
	case name == "PATCH tags":
		c.tags.replace(w, r)
	case name == "GET export":
		answer(w, map[string]any{"version": 3, "deployment": map[string]any{"resources": make([]struct{}, c.resources)}})
	case name == "POST import":
		c.importState(w, r)
	case name == "GET settings":
		c.orMissing(w, "settings", c.settings())
	case name == "POST settings":
		c.postSettings(w, r)
	case name == "GET metadata":
		answer(w, map[string]any{"paused": c.paused})
	case name == "POST deployments":
		c.post(w, r)
	case name == "GET deployments":
		c.list(w, r)
	default:
		c.ofRun(w, r, name)
	}
}

func (c *Cloud) importState(w http.ResponseWriter, r *http.Request) {
	var state struct {
		Deployment struct {
			Resources []struct{} `json:"resources"`
		} `json:"deployment"`
	}
	if json.NewDecoder(r.Body).Decode(&state) != nil {
		fail(w, http.StatusBadRequest, "Bad Request")
		return
	}
	c.resources = len(state.Deployment.Resources)
	answer(w, map[string]any{"updateId": "import"})
}

func (c *Cloud) orMissing(w http.ResponseWriter, what string, body any) {
	if c.missing[what] {
		fail(w, http.StatusNotFound, "Not Found: "+what)
		return
	}
	answer(w, body)
}

func (c *Cloud) post(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Operation string `json:"operation"`
	}
	if json.NewDecoder(r.Body).Decode(&request) != nil || request.Operation == "" {
		fail(w, http.StatusBadRequest, "Missing top level required field 'operation'")
		return
	}
	script := Run{Statuses: []string{"running", "succeeded"}}
	if len(c.scripts) > 0 {
		script, c.scripts = c.scripts[0], c.scripts[1:]
	}
	script.Operation, script.Initiator = request.Operation, r.Header.Get("X-Pulumi-Deployment-Initiator")
	if c.initiator != nil {
		script.Initiator = *c.initiator
	}
	run := c.add(script)
	c.calls = append(c.calls, "POST deployments taken")
	w.WriteHeader(http.StatusAccepted)
	answer(w, map[string]any{
		"id": run.id(), "version": run.version, "consoleUrl": fmt.Sprintf("https://console.example.com/%d", run.version),
	})
}

func (c *Cloud) list(w http.ResponseWriter, r *http.Request) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	size, _ := strconv.Atoi(r.URL.Query().Get("pageSize"))
	list := []map[string]any{}
	for i := len(c.runs) - 1 - (page-1)*size; i >= 0 && len(list) < size; i-- {
		list = append(list, c.runs[i].show())
	}
	answer(w, map[string]any{"deployments": list, "itemsPerPage": size, "total": len(c.runs)})
}

func (c *Cloud) ofRun(w http.ResponseWriter, r *http.Request, name string) {
	for _, run := range c.runs {
		if !strings.Contains(r.URL.Path+"/", "/deployments/"+run.id()+"/") {
			continue
		}
		switch name {
		case "GET run":
			answer(w, run.show())
			run.reads++
		case "GET updates":
			answer(w, []any{map[string]any{"info": map[string]any{"resourceChanges": run.Changes}}})
		case "GET logs":
			line := run.Log
			if line == "" {
				line = "it broke"
			}
			answer(w, map[string]any{"lines": []any{
				map[string]any{"header": run.Step}, map[string]any{"line": line + "\n"},
			}})
		}
		return
	}
	fail(w, http.StatusNotFound, "Not Found: "+r.URL.Path)
}

func (r *Run) id() string { return fmt.Sprintf("id-%d", r.version) }

func (r *Run) show() map[string]any {
	status := r.Statuses[min(r.reads, len(r.Statuses)-1)]
	shown := map[string]any{
		"id": r.id(), "version": r.version, "status": status, "pulumiOperation": r.Operation, "initiator": r.Initiator,
		"created": "2030-01-01T00:00:00Z", "modified": "2030-01-01T00:01:00Z",
		"requestedBy": map[string]any{"githubLogin": r.RequestedBy}, "jobs": []any{},
	}
	if status != "not-started" {
		shown["jobs"] = []any{map[string]any{
			"status": status, "started": "2030-01-01T00:00:10Z", "lastUpdated": "2030-01-01T00:00:50Z",
			"steps": []any{map[string]any{"name": r.Step, "status": status}},
		}}
	}
	return shown
}

func answer(w http.ResponseWriter, body any) { _ = json.NewEncoder(w).Encode(body) }

func fail(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	answer(w, map[string]any{"code": status, "message": message})
}

// Repeat returns a script that shows status n times and then last.
func Repeat(status string, n int, last string) []string {
	return append(slices.Repeat([]string{status}, n), last)
}
