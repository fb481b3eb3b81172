package github

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// serveRepositories serves the lookups of a client before it writes secrets. It returns only the fields that identify
// an organization, a repository or an environment.
func (s *Server) serveRepositories(mux *http.ServeMux) {
	s.serve(mux, "GET /orgs/{owner}", actions, func(c call) {
		reply(c.w, http.StatusOK, c.describeOwner())
	})
	s.serve(mux, "GET /repos/{owner}/{repository}", actions, func(c call) {
		reply(c.w, http.StatusOK, c.describeRepository(s.repository(c.r.PathValue("repository"))))
	})
	s.serve(mux, "GET /repos/{owner}/{repository}/environments/{environment}", actions, func(c call) {
		reply(c.w, http.StatusOK, map[string]any{"id": 1, "name": c.r.PathValue("environment")})
	})
	mux.HandleFunc("PUT /repos/{owner}/{repository}/environments/{environment}", s.putEnvironment)
}

func (s *Server) putEnvironment(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.repository(r.PathValue("repository"))
	if found == nil {
		fail(w, http.StatusNotFound, "Not Found")
		return
	}
	check(s.addEnvironment(found, r.PathValue("environment")))
	reply(w, http.StatusOK, map[string]any{"id": 1, "name": r.PathValue("environment")})
}

// describeRepository returns the fields that GitHub's description requires of a repository, with URLs that do not work.
func (c call) describeRepository(r *repository) map[string]any {
	full := c.s.organization + "/" + r.name
	description := c.addresses("/repos/"+full, repositoryAddresses)
	maps.Copy(description, map[string]any{
		"id": r.id, "node_id": strconv.FormatInt(r.id, 10), "name": r.name, "full_name": full,
		"private": true, "fork": false, "description": nil, "owner": c.describeOwner(),
	})
	return description
}

func (c call) describeOwner() map[string]any {
	owner := c.addresses("/orgs/"+c.s.organization, ownerAddresses)
	maps.Copy(owner, map[string]any{
		"id": 1, "node_id": "1", "login": c.s.organization, "type": "Organization", "site_admin": false,
		"gravatar_id": nil,
	})
	return owner
}

// addresses returns a URL for each name, below path.
func (c call) addresses(path, names string) map[string]any {
	urls := map[string]any{"url": "http://" + c.r.Host + path}
	for name := range strings.FieldsSeq(names) {
		urls[name+"_url"] = "http://" + c.r.Host + path + "/" + name
	}
	return urls
}

const (
	repositoryAddresses = "archive assignees blobs branches collaborators comments commits compare contents " +
		"contributors deployments downloads events forks git_commits git_refs git_tags hooks html issue_comment " +
		"issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses " +
		"subscribers subscription tags teams trees"
	ownerAddresses = "avatar events followers following gists html organizations received_events repos starred " +
		"subscriptions"
)

// selection reads IDs of repositories: numbers, or strings of digits. If ok is false, it has answered.
func (c call) selection(raw []any) (ids []int64, ok bool) {
	for _, item := range raw {
		id, err := strconv.ParseInt(fmt.Sprint(item), 10, 64)
		if err != nil || c.s.repositoryByID(id) == nil {
			c.invalid(fmt.Errorf("selected_repository_ids holds %v, which is no repository of the organization", item))
			return nil, false
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), true
}

// selectable returns the secret that the path names if it is for selected repositories. Otherwise it has answered and
// returns nil.
func (c call) selectable() *secret {
	s := c.secret()
	if s != nil && s.visibility != "selected" {
		fail(c.w, http.StatusConflict, "Visibility type must be selected for this secret")
		return nil
	}
	return s
}

func (c call) listSelected() {
	if s := c.selectable(); s != nil {
		c.listRepositories(s.selected)
	}
}

// listRepositories answers with a page of the repositories.
func (c call) listRepositories(all []int64) {
	ids := page(c, all)
	repositories := make([]map[string]any, len(ids))
	for i, id := range ids {
		repositories[i] = c.describeRepository(c.s.repositoryByID(id))
	}
	reply(c.w, http.StatusOK, map[string]any{"total_count": len(all), "repositories": repositories})
}

func (c call) setSelected() {
	s := c.selectable()
	if s == nil {
		return
	}
	var body write
	decoder := json.NewDecoder(c.r.Body)
	decoder.UseNumber()
	if err := decoder.Decode(&body); err != nil {
		fail(c.w, http.StatusBadRequest, "Problems parsing JSON")
		return
	}
	if ids, ok := c.selection(body.Selected); ok {
		s.selected = ids
		c.w.WriteHeader(http.StatusNoContent)
	}
}

func (c call) addSelected() {
	s := c.selectable()
	if s == nil {
		return
	}
	if ids, ok := c.selection([]any{c.r.PathValue("id")}); ok {
		s.selected = append(s.selected, ids...)
		slices.Sort(s.selected)
		s.selected = slices.Compact(s.selected)
		c.w.WriteHeader(http.StatusNoContent)
	}
}

func (c call) removeSelected() {
	s := c.selectable()
	if s == nil {
		return
	}
	s.selected = slices.DeleteFunc(
		s.selected,
		func(id int64) bool { return strconv.FormatInt(id, 10) == c.r.PathValue("id") },
	)
	c.w.WriteHeader(http.StatusNoContent)
}
