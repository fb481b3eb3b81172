package pulumicloud

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/google/uuid"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
)

// The actions for which a ruleset can require approval.
const (
	gatedUpdate = string(cloudtype.ChangeGateTargetActionTypeUpdate)
	gatedOpen   = string(cloudtype.ChangeGateTargetActionTypeOpen)
)

// The statuses of a change request.
const (
	requestDraft   = "draft"
	requestPending = "pending"
	requestReady   = "ready"
	requestApplied = "applied"
	requestClosed  = "closed"
)

// changeRequest is a definition that awaits approval to become that of the environment.
type changeRequest struct {
	id, status, description string
	env                     *environment
	definition              []byte
	author                  identity
	created                 string
}

func (r *changeRequest) open() bool { return r.status != requestApplied && r.status != requestClosed }

// RequireApproval adds a ruleset to the environment project/name that requires approval for "update", "open" or both.
// Without actions it removes the ruleset. Nobody has a grant to open.
func (s *Server) RequireApproval(env string, actions ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ref, ok := parseEnvRef(s.opts.Organization, env)
	found := s.cloud.envs[ref.name]
	if !ok || found == nil {
		return fmt.Errorf("there is no environment %s", env)
	}
	found.gated = actions
	return nil
}

// requireUngated refuses an action for which a ruleset requires approval.
func (e *environment) requireUngated(action string) error {
	if !slices.Contains(e.gated, action) {
		return nil
	}
	if action == gatedOpen {
		return forbidden("create an open request instead, opens must be approved for the environment %s", e.name.short())
	}
	return conflict("This environment requires updates to be approved via change request. " +
		"Please use the draft endpoint instead.")
}

// activeRequest returns the unfinished change request, nil if there is none.
func (s *Server) activeRequest(env *environment) *changeRequest {
	for _, r := range s.cloud.requests {
		if r.env == env && r.open() {
			return r
		}
	}
	return nil
}

func (r *changeRequest) ref() object {
	return object{"changeRequestId": r.id, "latestRevisionNumber": 1}
}

// createDraft stores a definition for approval. An environment can have only one open draft.
func (s *Server) createDraft(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	if err := c.who.requireUser("write environments"); err != nil {
		return nil, err
	}
	if s.activeRequest(env) != nil {
		return nil, conflict("the environment has an open draft")
	}
	if _, err := s.check(
		c.r.Context(), env.name.short(), c.body, s.keys.of(env.id), s.loader(env.name.org, c.who), false); err != nil {
		return nil, err
	}
	r := &changeRequest{
		id: uuid.NewString(), status: requestDraft, env: env, definition: c.body, author: c.who,
		created: timestamp(s.cloud.now),
	}
	s.cloud.requests = append(s.cloud.requests, r)
	return r.ref(), nil
}

// requestOf returns the change request in the URL.
func (s *Server) requestOf(c *call) (*changeRequest, error) {
	for _, r := range s.cloud.requests {
		if r.id == c.vars["request"] && r.env.name.org == c.vars["org"] {
			return r, c.who.requireUser("see change requests")
		}
	}
	return nil, notFound("Change request '%s' not found", c.vars["request"])
}

func (s *Server) getChangeRequest(c *call) (any, error) {
	r, err := s.requestOf(c)
	if err != nil {
		return nil, err
	}
	return object{
		"id": r.id, "status": r.status, "orgID": r.env.name.org, "createdBy": requester(r.author.login()),
		"description": r.description, "createdAt": r.created, "action": gatedUpdate, "latestRevisionNumber": 1,
		"entity": object{"entityType": "environment", "project": r.env.name.project, "name": r.env.name.name},
		"gateEvaluation": cloudtype.ChangeRequestGateEvaluation{
			Satisfied: r.status == requestReady, ApplicableGates: []cloudtype.ChangeGateEvaluation{},
		},
	}, nil
}

// moveRequest returns the handler that changes the status of a change request.
func (s *Server) moveRequest(from, to string) handler {
	return func(c *call) (any, error) {
		r, err := s.requestOf(c)
		if err != nil {
			return nil, err
		}
		var req struct {
			Description string `json:"description"`
		}
		if err := c.decode(&req); err != nil {
			return nil, err
		}
		if r.status != from && (to != requestClosed || !r.open()) {
			return nil, badRequest("the change request is %s", r.status)
		}
		if to == requestPending {
			r.description = req.Description
		}
		r.status = to
		return reply{status: http.StatusNoContent}, nil
	}
}

// applyRequest makes the definition of an approved change request the current one.
func (s *Server) applyRequest(c *call) (any, error) {
	r, err := s.requestOf(c)
	if err != nil {
		return nil, err
	}
	if r.status != requestReady {
		return nil, conflict("the change request is %s", r.status)
	}
	if _, err := s.addRevision(c.r.Context(), r.env, r.definition, r.author); err != nil {
		return nil, err
	}
	r.status = requestApplied
	return object{"entityUrl": envsPath + "/" + r.env.name.String()}, nil
}

func (r *routes) approvals() {
	s, base := r.server, "/api/change-requests/{org}/{request}"
	r.add("POST", envPath+"/drafts", s.createDraft)
	r.add("GET", base, s.getChangeRequest)
	r.add("POST", base+"/submit", s.moveRequest(requestDraft, requestPending))
	r.add("POST", base+"/approve", s.moveRequest(requestPending, requestReady))
	r.add("POST", base+"/apply", s.applyRequest)
	r.add("POST", base+"/close", s.moveRequest(requestPending, requestClosed))
}
