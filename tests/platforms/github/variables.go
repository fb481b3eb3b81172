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

// VariablesName is the first segment of the identities of variables: githubVariables[/repository[/environment]]/NAME.
const VariablesName = "githubVariables"

// Limits from https://docs.github.com/en/actions/reference/workflows-and-actions/variables
const (
	maxOrganizationVariables = 1000
	maxRepositoryVariables   = 500
	maxEnvironmentVariables  = 100
)

type variable struct {
	value            string
	created, updated time.Time
	// visibility and selected are only for variables of an organization.
	visibility string
	selected   []int64
}

// variableBody is the body of a POST and of a PATCH.
type variableBody struct {
	Name       string  `json:"name"`
	Value      *string `json:"value"`
	Visibility *string `json:"visibility"`
	Selected   []any   `json:"selected_repository_ids"`
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

// maxVariables returns the maximum number of variables of the location.
func (p *location) maxVariables() int {
	switch strings.Count(p.path, "/") {
	case 0:
		return maxOrganizationVariables
	case 1:
		return maxRepositoryVariables
	}
	return maxEnvironmentVariables
}

// createVariable refuses a name that exists, with 409.
func (c call) createVariable() {
	body, ok := c.readVariable()
	if !ok {
		return
	}
	name := strings.ToUpper(body.Name)
	if err := checkName(name); err != nil {
		c.invalid(err)
		return
	}
	if body.Value == nil || c.p.organization && body.Visibility == nil {
		c.invalid(fmt.Errorf("value is required, and visibility for an organization"))
		return
	}
	if c.p.variables[name] != nil {
		fail(c.w, http.StatusConflict, "Already exists - Variable already exists")
		return
	}
	if most := c.p.maxVariables(); len(c.p.variables) >= most {
		c.invalid(fmt.Errorf("no more than %d variables can be here", most))
		return
	}
	v := &variable{created: c.s.now()}
	if c.write(v, body) {
		c.p.variables[name] = v
		reply(c.w, http.StatusCreated, map[string]any{})
	}
}

// updateVariable writes the fields that the body contains.
func (c call) updateVariable() {
	v := c.variable()
	if v == nil {
		return
	}
	if body, ok := c.readVariable(); ok && c.write(v, body) {
		c.w.WriteHeader(http.StatusNoContent)
	}
}

// write stores the fields that the body contains. If it returns false, it has answered.
func (c call) write(v *variable, body variableBody) bool {
	visibility := v.visibility
	if body.Visibility != nil {
		visibility = *body.Visibility
	}
	known := slices.Contains([]string{"all", "private", "selected"}, visibility)
	if c.p.organization && !known || !c.p.organization && visibility != "" {
		c.invalid(fmt.Errorf("visibility %q: all, private or selected, of an organization only", visibility))
		return false
	}
	if visibility != "selected" && len(body.Selected) > 0 {
		c.invalid(fmt.Errorf("selected_repository_ids is for the visibility selected only"))
		return false
	}
	selected, ok := c.selection(body.Selected)
	if !ok {
		return false
	}
	v.visibility, v.updated = visibility, c.s.now()
	if body.Value != nil {
		v.value = *body.Value
	}
	if body.Selected != nil || visibility != "selected" {
		v.selected = selected
	}
	return true
}

// listVariableRepositories lists the repositories that can see a variable of an organization.
func (c call) listVariableRepositories() {
	v := c.variable()
	if v == nil {
		return
	}
	if v.visibility != "selected" {
		fail(c.w, http.StatusConflict, "Visibility type must be selected for this variable")
		return
	}
	c.listRepositories(v.selected)
}

func (c call) deleteVariable() {
	if c.variable() != nil {
		delete(c.p.variables, c.name())
		c.w.WriteHeader(http.StatusNoContent)
	}
}

// readVariable reads a body and checks its value. If ok is false, it has answered.
func (c call) readVariable() (body variableBody, ok bool) {
	decoder := json.NewDecoder(c.r.Body)
	decoder.UseNumber()
	if err := decoder.Decode(&body); err != nil {
		fail(c.w, http.StatusBadRequest, "Problems parsing JSON")
		return body, false
	}
	if body.Value != nil {
		if err := checkValue([]byte(*body.Value)); err != nil {
			c.invalid(err)
			return body, false
		}
	}
	return body, true
}

// variable returns the variable that the path names. If there is none, it has answered and returns nil.
func (c call) variable() *variable {
	v := c.p.variables[c.name()]
	if v == nil {
		fail(c.w, http.StatusNotFound, "Not Found")
	}
	return v
}

func (c call) describeVariable(name string) map[string]any {
	v := c.p.variables[name]
	description := map[string]any{
		"name": name, "value": v.value, "created_at": v.created, "updated_at": v.updated,
	}
	if c.p.organization {
		description["visibility"] = v.visibility
	}
	if v.visibility == "selected" {
		description["selected_repositories_url"] = fmt.Sprintf("http://%s/orgs/%s/actions/variables/%s/repositories",
			c.r.Host, c.s.organization, name)
	}
	return description
}
