package aws

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Permit lets the proxy refuse all actions that none of the policies allows. A policy is an IAM document, of which only
// the actions count and not the resources. Without a call to Permit everything is allowed.
func (s *Server) Permit(policies ...string) error {
	permitted := map[string]bool{}
	for _, text := range policies {
		var policy struct{ Statement []struct{ Action any } }
		if err := json.Unmarshal([]byte(text), &policy); err != nil {
			return fmt.Errorf("reading a policy: %w", err)
		}
		for _, statement := range policy.Statement {
			actions, isList := statement.Action.([]any)
			if !isList {
				actions = []any{statement.Action}
			}
			for _, action := range actions {
				permitted[fmt.Sprint(action)] = true
			}
		}
	}
	s.permitted.Store(&permitted)
	return nil
}

// permits reports whether a request is allowed. A request without an action is: logging in, and asking for one's own
// identity, need no permission.
func (s *Server) permits(r *http.Request) bool {
	permitted, asked := s.permitted.Load(), action(r)
	return permitted == nil || asked == "" || (*permitted)[asked]
}

// action returns the action of a request as policies name it, such as ssm:PutParameter, or "" if the protocol is not
// JSON.
func action(r *http.Request) string {
	service, operation, found := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	if !found {
		return ""
	}
	if strings.HasPrefix(service, "ResourceGroupsTaggingAPI") {
		return "tag:" + operation
	}
	return strings.TrimPrefix(strings.ToLower(service), "amazon") + ":" + operation
}
