package pulumicloud

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// journaled imports the resources and begins an update with a journal. It returns the path and the lease of the update.
func (c *cloudUnderTest) journaled(resources string) (path, lease string) {
	c.t.Helper()
	c.ok("POST", stackURL+"/import", `{"version":3,"deployment":{"resources":[`+resources+`]}}`)
	id := c.ok("POST", stackURL+"/update", map[string]any{})["updateID"].(string)
	path = stackURL + "/update/" + id
	started := c.ok("POST", path, map[string]any{"journalVersion": 1})
	require.Equal(c.t, 1.0, started["journalVersion"])
	return path, started["token"].(string)
}

// urns lists the resources in the stored state, with their flags.
func (c *cloudUnderTest) urns() []string {
	c.t.Helper()
	var state struct {
		Deployment struct {
			Resources []struct {
				URN                        string
				Dependencies               []string
				Delete, PendingReplacement bool
			}
			PendingOperations []struct{ Type string } `json:"pending_operations"`
		}
	}
	require.NoError(c.t, json.Unmarshal(c.StackState("acme/proj/dev"), &state))
	list := []string{}
	for _, r := range state.Deployment.Resources {
		text := r.URN
		if r.Delete {
			text += " deleted"
		}
		if r.PendingReplacement {
			text += " pending"
		}
		if len(r.Dependencies) > 0 {
			text += " needs " + strings.Join(r.Dependencies, ",")
		}
		list = append(list, text)
	}
	for _, operation := range state.Deployment.PendingOperations {
		list = append(list, operation.Type)
	}
	return list
}

func TestJournalIsReplayed(t *testing.T) {
	const old = `{"urn":"a"},{"urn":"b","dependencies":["a"]},{"urn":"c"}`
	for name, test := range map[string]struct {
		entries string
		want    []string
	}{
		"nothing sent": {``, []string{"a", "b needs a", "c"}},
		"a new one stands before what is left": {
			`{"kind":0,"operationID":1},{"kind":1,"operationID":1,"state":{"urn":"n"}},
			 {"kind":1,"operationID":2,"removeOld":0,"state":{"urn":"a"}}`, []string{"n", "a", "b needs a", "c"},
		},
		"what began and did not end is pending": {
			`{"kind":0,"operationID":1,"operation":{"type":"creating","resource":{"urn":"n"}}},
			 {"kind":0,"operationID":2,"operation":{"type":"deleting","resource":{"urn":"c"}}},
			 {"kind":2,"operationID":2}`, []string{"a", "b needs a", "c", "creating"},
		},
		"replaced: the old one waits for its deletion": {
			`{"kind":1,"operationID":1,"deleteOld":2,"state":{"urn":"c"}},
			 {"kind":1,"operationID":2,"pendingReplacementOld":1}`,
			[]string{"c", "a", "b pending needs a", "c deleted"},
		},
		"made and removed in one update": {
			`{"kind":1,"operationID":1,"state":{"urn":"n"}},{"kind":1,"operationID":2,"removeNew":1},
			 {"kind":1,"operationID":3,"state":{"urn":"m"}},{"kind":1,"operationID":4,"deleteNew":3}`,
			[]string{"m deleted", "a", "b needs a", "c"},
		},
		"outputs come later": {
			`{"kind":1,"operationID":1,"state":{"urn":"n"}},
			 {"kind":4,"operationID":2,"removeNew":1,"state":{"urn":"n2"}},
			 {"kind":4,"operationID":3,"removeOld":2,"state":{"urn":"c2"}}`, []string{"n2", "a", "b needs a", "c2"},
		},
		"a refresh finds one gone, and its dependents lose it": {
			`{"kind":3,"operationID":1,"removeOld":0},{"kind":7,"operationID":2},
			 {"kind":1,"operationID":3,"removeOld":0,"state":{"urn":"b"}}`, []string{"b", "c"},
		},
		"another state to begin with": {
			`{"kind":5,"operationID":1,"newSnapshot":{"resources":[{"urn":"z"}]}}`, []string{"z"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := startCloud(t, Options{})
			c.newStack()
			path, lease := c.journaled(old)
			entries := []map[string]any{}
			require.NoError(t, json.Unmarshal([]byte("["+test.entries+"]"), &entries))
			// Send them in reverse order and twice: only the sequence number counts.
			for i := 2*len(entries) - 1; i >= 0; i-- {
				entry := entries[i%len(entries)]
				entry["version"], entry["sequenceID"] = 1, i%len(entries)+1
				batch := map[string]any{"entries": []any{entry}}
				require.Equal(t, 204, c.leased(lease, "PATCH", path+"/journalentries", batch).status)
			}
			require.Equal(t, test.want, c.urns(), "while it runs")
			require.Equal(t, 204, c.leased(lease, "POST", path+"/complete", `{"status":"succeeded"}`).status)
			require.Equal(t, test.want, c.urns())
		})
	}
}

func TestJournalIsChecked(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	path, lease := c.journaled(`{"urn":"a"}`)
	send := func(entry string) int {
		return c.leased(lease, "PATCH", path+"/journalentries", `{"entries":[`+entry+`]}`).status
	}
	require.Equal(t, 400, send(`{"version":2,"kind":0,"sequenceID":1}`))
	c.refused(403, "PATCH", path+"/journalentries", `{}`)
	require.Equal(t, 204, send(`{"version":1,"kind":1,"sequenceID":1,"operationID":2,"deleteNew":1}`))
	require.Equal(t, 500, c.leased(lease, "POST", path+"/complete", `{"status":"succeeded"}`).status,
		"no operation 1 made a resource")
	c.ok("POST", path+"/cancel", nil)
	require.Equal(t, []string{"a"}, c.urns(), "the state stays as it was")

	plain, lease, _ := c.begin("update", false)
	require.Equal(t, 400, c.leased(lease, "PATCH", plain+"/journalentries", `{}`).status, "it did not ask for a journal")
}

// notes writes a program with n resources, each with a secret.
func (p *cli) notes(n int) {
	p.t.Helper()
	program := "name: proj\nruntime: yaml\nresources:\n"
	for i := range n {
		program += fmt.Sprintf("  note%d: {type: 'keeper:index:Note', properties: {text: text%d}}\n", i, i)
	}
	require.NoError(p.t, os.WriteFile(filepath.Join(p.folder, "Pulumi.yaml"), []byte(program), 0o644))
}

// TestCLIUsesTheJournal: the state equals that from checkpoints, and the number of calls does not grow with the square
// of the number of resources.
func TestCLIUsesTheJournal(t *testing.T) {
	const resources = 20
	var calls, checkpointCalls atomic.Int64
	p := newCLI(t, Options{Middleware: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			calls.Add(1)
			if strings.HasSuffix(r.URL.Path, "/checkpoint") {
				checkpointCalls.Add(1)
			}
			next.ServeHTTP(w, r)
		})
	}})
	life := func() (states []map[string]any, made int64) {
		p.notes(1)
		p.run("stack", "init", "acme/proj/dev")
		for i, n := range []int{resources, resources + 1, resources - 1} {
			p.notes(n)
			before := calls.Load()
			p.run("up", "--yes", "--skip-preview", stackFlag)
			if i == 0 {
				made = calls.Load() - before
			}
			p.run("refresh", "--yes", "--skip-preview", stackFlag)
			states = append(states, steadyState(t, p.cloud.StackState("acme/proj/dev")))
		}
		p.run("destroy", "--yes", "--skip-preview", stackFlag)
		states = append(states, steadyState(t, p.cloud.StackState("acme/proj/dev")))
		p.run("stack", "rm", "--yes", stackFlag)
		return states, made
	}
	journaled, few := life()
	require.Zero(t, checkpointCalls.Load())
	require.Less(t, few, int64(5*resources), "calls of the first up")

	p.env = append(p.env, "PULUMI_DISABLE_JOURNALING=true")
	checkpoints, _ := life()
	require.NotZero(t, checkpointCalls.Load())
	require.Equal(t, checkpoints, journaled)
}

// steadyState returns a state without what differs between runs: order, times, IDs, ciphertexts and the author.
func steadyState(t *testing.T, state json.RawMessage) map[string]any {
	t.Helper()
	var decoded struct{ Deployment map[string]any }
	require.NoError(t, json.Unmarshal(state, &decoded))
	steady := map[string]any{}
	resources, _ := decoded.Deployment["resources"].([]any)
	for _, resource := range resources {
		steady[resource.(map[string]any)["urn"].(string)] = resource
	}
	delete(decoded.Deployment, "resources")
	delete(decoded.Deployment, "manifest")
	steady["rest"] = decoded.Deployment
	raw, err := json.Marshal(steady)
	require.NoError(t, err)
	raw = regexp.MustCompile(`\b[0-9TZ:.-]{20,}|(ciphertext":")[^"]*|[0-9a-f]{8}(-[0-9a-f]{4,12}){4}`).
		ReplaceAll(raw, []byte("$1"))
	require.NoError(t, json.Unmarshal(raw, &steady))
	return steady
}
