package deploymentstest

import (
	"encoding/json"
	"net/http"
)

// The IDs of two roles of the organization.
const (
	SyncsID   = "11111111-1111-4111-8111-111111111111"
	ReadersID = "22222222-2222-4222-8222-222222222222"
)

var roles = []map[string]string{
	{"id": SyncsID, "name": "syncs"}, {"id": ReadersID, "name": "readers"},
	{"id": "33333333-3333-4333-8333-333333333333", "name": "twice"},
	{"id": "44444444-4444-4444-8444-444444444444", "name": "twice"},
}

// SetRole sets the role of the deployments by its ID, "" for none.
func (c *Cloud) SetRole(id string) { c.mu.Lock(); c.role = id; c.mu.Unlock() }

// Role returns the ID of the role of the deployments.
func (c *Cloud) Role() string { c.mu.Lock(); defer c.mu.Unlock(); return c.role }

// IgnoreRoles makes the service accept settings but ignore the role in them.
func (c *Cloud) IgnoreRoles() { c.mu.Lock(); c.ignoresRoles = true; c.mu.Unlock() }

// settings returns the deployment settings. They contain only the role.
func (c *Cloud) settings() map[string]any {
	if c.role == "" {
		return map[string]any{"operationContext": map[string]any{}}
	}
	role := map[string]string{"id": c.role}
	for _, known := range roles {
		if known["id"] == c.role {
			role = known
		}
	}
	return map[string]any{"operationContext": map[string]any{"role": role}}
}

// postSettings sets the role and refuses any other setting.
func (c *Cloud) postSettings(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		OperationContext struct {
			Role struct {
				ID string `json:"id"`
			} `json:"role"`
		} `json:"operationContext"`
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&sent); err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	if !c.ignoresRoles {
		c.role = sent.OperationContext.Role.ID
	}
	answer(w, c.settings())
}
