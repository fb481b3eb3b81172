package github

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (c call) publicKey() {
	reply(c.w, http.StatusOK, map[string]string{
		"key_id": c.p.keyID, "key": base64.StdEncoding.EncodeToString(c.p.public[:]),
	})
}

func (c call) list() {
	names := page(c, c.p.names())
	secrets := make([]map[string]any, len(names))
	for i, name := range names {
		secrets[i] = c.describe(name)
	}
	reply(c.w, http.StatusOK, map[string]any{"total_count": len(c.p.secrets), "secrets": secrets})
}

func (c call) get() {
	if c.secret() != nil {
		reply(c.w, http.StatusOK, c.describe(c.name()))
	}
}

// write is the body of a PUT.
type write struct {
	EncryptedValue *string `json:"encrypted_value"`
	KeyID          *string `json:"key_id"`
	Visibility     string  `json:"visibility"`
	// Dependabot's are strings, the others' are numbers.
	Selected []any `json:"selected_repository_ids"`
}

func (c call) put() {
	value, body, ok := c.readWrite()
	if !ok {
		return
	}
	selected, ok := c.selection(body.Selected)
	if !ok {
		return
	}
	now := c.s.now()
	s, exists := c.p.secrets[c.name()]
	if !exists {
		if len(c.p.secrets) >= c.p.limit {
			c.invalid(fmt.Errorf("no more than %d secrets can be here", c.p.limit))
			return
		}
		s = &secret{created: now}
		c.p.secrets[c.name()] = s
	}
	s.value, s.updated, s.visibility, s.selected = string(value), now, body.Visibility, selected
	if exists {
		c.w.WriteHeader(http.StatusNoContent)
		return
	}
	reply(c.w, http.StatusCreated, map[string]any{})
}

// readWrite reads and checks the name and body of a PUT. If ok is false, it has answered.
func (c call) readWrite() (value []byte, body write, ok bool) {
	if err := checkName(c.name()); err != nil {
		c.invalid(err)
		return nil, body, false
	}
	decoder := json.NewDecoder(c.r.Body)
	decoder.UseNumber()
	if err := decoder.Decode(&body); err != nil {
		fail(c.w, http.StatusBadRequest, "Problems parsing JSON")
		return nil, body, false
	}
	if body.EncryptedValue == nil || body.KeyID == nil {
		c.invalid(fmt.Errorf("encrypted_value and key_id are required"))
		return nil, body, false
	}
	if c.p.organization != slices.Contains([]string{"all", "private", "selected"}, body.Visibility) {
		c.invalid(fmt.Errorf("visibility %q: all, private or selected is required for an organization, and only there",
			body.Visibility))
		return nil, body, false
	}
	if body.Visibility != "selected" && len(body.Selected) > 0 {
		c.invalid(fmt.Errorf("selected_repository_ids is for the visibility selected only"))
		return nil, body, false
	}
	value, err := c.p.open(*body.EncryptedValue, *body.KeyID)
	if err == nil {
		err = checkValue(value)
	}
	if err != nil {
		c.invalid(err)
		return nil, body, false
	}
	return value, body, true
}

func (c call) delete() {
	if c.secret() == nil {
		return
	}
	delete(c.p.secrets, c.name())
	c.w.WriteHeader(http.StatusNoContent)
}

// name is the secret's name as GitHub stores it.
func (c call) name() string { return strings.ToUpper(c.r.PathValue("name")) }

// secret returns the secret that the path names. If there is none, it has answered and returns nil.
func (c call) secret() *secret {
	s := c.p.secrets[c.name()]
	if s == nil {
		fail(c.w, http.StatusNotFound, "Not Found")
	}
	return s
}

// describe returns everything that GitHub reveals about a secret.
func (c call) describe(name string) map[string]any {
	s := c.p.secrets[name]
	description := map[string]any{"name": name, "created_at": s.created, "updated_at": s.updated}
	if c.p.organization {
		description["visibility"] = s.visibility
	}
	if s.visibility == "selected" {
		description["selected_repositories_url"] = fmt.Sprintf("http://%s/orgs/%s/%s/secrets/%s/repositories",
			c.r.Host, c.s.organization, c.p.path, name)
	}
	return description
}

func (c call) invalid(err error) { fail(c.w, http.StatusUnprocessableEntity, err.Error()) }

// page returns the requested part of a list, and sets the Link header that leads clients to the next page.
func page[T any](c call, all []T) []T {
	query := c.r.URL.Query()
	number := func(name string, fallback, most int) int {
		n, err := strconv.Atoi(query.Get(name))
		if err != nil || n < 1 {
			return fallback
		}
		return min(n, most)
	}
	size, current := number("per_page", 30, 100), number("page", 1, 1<<20)
	start := min((current-1)*size, len(all))
	end := min(start+size, len(all))
	if end < len(all) {
		next := *c.r.URL
		query.Set("page", strconv.Itoa(current+1))
		next.RawQuery = query.Encode()
		c.w.Header().Set("Link", fmt.Sprintf(`<http://%s%s>; rel="next"`, c.r.Host, next.RequestURI()))
	}
	return all[start:end]
}
