package github

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// VariablesName begins the identities of variables: githubVariables/repository[/environment]/NAME.
const VariablesName = "githubVariables"

// Limits of https://docs.github.com/en/actions/reference/workflows-and-actions/variables
const (
	maxRepositoryVariables  = 500
	maxEnvironmentVariables = 100
)

type variable struct {
	value            string
	created, updated time.Time
}

// variableBody is the body of a POST and of a PATCH.
type variableBody struct {
	Name  string  `json:"name"`
	Value *string `json:"value"`
}

func (s *Server) serveVariables(mux *http.ServeMux, path string) {
	s.serve(mux, "GET "+path, actions, call.listVariables)
	s.serve(mux, "POST "+path, actions, call.createVariable)
	s.serve(mux, "GET "+path+"/{name}", actions, call.getVariable)
	s.serve(mux, "PATCH "+path+"/{name}", actions, call.updateVariable)
	s.serve(mux, "DELETE "+path+"/{name}", actions, call.deleteVariable)
}

func (c call) listVariables() {
	names := page(c, slices.Sorted(maps.Keys(c.p.variables)))
	variables := make([]map[string]any, len(names))
	for i, name := range names {
		variables[i] = c.describeVariable(name)
	}
	reply(c.w, http.StatusOK, map[string]any{"total_count": len(c.p.variables), "variables": variables})
}

func (c call) getVariable() {
	if c.variable() != nil {
		reply(c.w, http.StatusOK, c.describeVariable(c.name()))
	}
}

// createVariable refuses a name that exists: 409.
func (c call) createVariable() {
	body, ok := c.readVariable()
	if !ok {
		return
	}
	name := strings.ToUpper(body.Name)
	most := maxRepositoryVariables
	if strings.Count(c.p.path, "/") > 1 {
		most = maxEnvironmentVariables
	}
	if err := checkName(name); err != nil {
		c.invalid(err)
		return
	}
	if c.p.variables[name] != nil {
		fail(c.w, http.StatusConflict, "Already exists - Variable already exists")
		return
	}
	if len(c.p.variables) >= most {
		c.invalid(fmt.Errorf("no more than %d variables can be here", most))
		return
	}
	now := c.s.now()
	c.p.variables[name] = &variable{value: *body.Value, created: now, updated: now}
	reply(c.w, http.StatusCreated, map[string]any{})
}

func (c call) updateVariable() {
	v := c.variable()
	if v == nil {
		return
	}
	if body, ok := c.readVariable(); ok {
		v.value, v.updated = *body.Value, c.s.now()
		c.w.WriteHeader(http.StatusNoContent)
	}
}

func (c call) deleteVariable() {
	if c.variable() != nil {
		delete(c.p.variables, c.name())
		c.w.WriteHeader(http.StatusNoContent)
	}
}

// readVariable reads a body and judges its value. It has answered if ok is false.
func (c call) readVariable() (body variableBody, ok bool) {
	if err := json.NewDecoder(c.r.Body).Decode(&body); err != nil {
		fail(c.w, http.StatusBadRequest, "Problems parsing JSON")
		return body, false
	}
	if body.Value == nil {
		c.invalid(fmt.Errorf("value is required"))
		return body, false
	}
	if err := checkValue([]byte(*body.Value)); err != nil {
		c.invalid(err)
		return body, false
	}
	return body, true
}

// variable returns the variable that the path names. It has answered if there is none.
func (c call) variable() *variable {
	v := c.p.variables[c.name()]
	if v == nil {
		fail(c.w, http.StatusNotFound, "Not Found")
	}
	return v
}

func (c call) describeVariable(name string) map[string]any {
	v := c.p.variables[name]
	return map[string]any{"name": name, "value": v.value, "created_at": v.created, "updated_at": v.updated}
}
