package deploymentstest

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
)

const environmentTagsPath = "/api/esc/environments/acme/proj/sync/tags"

// tags are the tags of the stack and of the environment, by name.
type tags struct{ stack, environment map[string]string }

func newTags() tags { return tags{map[string]string{}, map[string]string{}} }

// SetTags replaces the tags of the stack and of the environment.
func (c *Cloud) SetTags(stack, environment map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tags = tags{maps.Clone(stack), maps.Clone(environment)}
}

// Tags returns the tags of the stack and of the environment, by name.
func (c *Cloud) Tags() (stack, environment map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.tags.stack), maps.Clone(c.tags.environment)
}

func (t *tags) replace(w http.ResponseWriter, r *http.Request) {
	var all map[string]string
	if json.NewDecoder(r.Body).Decode(&all) != nil {
		fail(w, http.StatusBadRequest, "Bad Request")
		return
	}
	t.stack = all
	w.WriteHeader(http.StatusNoContent)
}

func (t *tags) ofEnvironment(w http.ResponseWriter, r *http.Request) {
	type tag struct{ Name, Value string }
	var body struct {
		tag

		CurrentTag, NewTag tag
	}
	_ = json.NewDecoder(r.Body).Decode(&body) // a GET has no body
	name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, environmentTagsPath), "/")
	value, there := t.environment[name]
	switch {
	case r.Method == http.MethodPost:
		if _, there := t.environment[body.Name]; there {
			fail(w, http.StatusConflict, "Conflict: tag exists")
			return
		}
		t.environment[body.Name] = body.Value
	case !there:
		fail(w, http.StatusNotFound, "Not Found: tag")
		return
	case r.Method == http.MethodDelete:
		delete(t.environment, name)
	case r.Method == http.MethodPatch:
		if body.CurrentTag.Value != value {
			fail(w, http.StatusConflict, "Conflict: tag has changed")
			return
		}
		t.environment[name] = body.NewTag.Value
	}
	answer(w, map[string]string{"name": name, "value": t.environment[name]})
}
