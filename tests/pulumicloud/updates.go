package pulumicloud

import (
	"encoding/json"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// update is one run of the engine on a stack.
type update struct {
	id      string
	stack   *stack
	kind    apitype.UpdateKind
	dryRun  bool
	request apitype.UpdateProgramRequest
	author  string
	token   string // the lease, empty until the start
	status  apitype.UpdateStatus
	version int
	start   time.Time
	end     time.Time
	events  []json.RawMessage
	changes map[apitype.OpType]int // from the last summary
	journal *journal               // nil if the client sends checkpoints

	deployment *deployment // the one that ran it, if any
}

func (s *Server) newUpdate(who identity, st *stack, kind apitype.UpdateKind) *update {
	u := &update{
		id:         uuid.NewString(),
		stack:      st,
		kind:       kind,
		author:     who.login(),
		status:     apitype.StatusNotStarted,
		version:    st.version,
		deployment: who.deployment,
	}
	s.cloud.updates[u.id] = u
	return u
}

func (u *update) done() bool {
	switch u.status {
	case apitype.UpdateStatusSucceeded, apitype.UpdateStatusFailed, apitype.UpdateStatusCancelled:
		return true
	default:
		return false
	}
}

func (u *update) result() apitype.UpdateResult {
	switch {
	case u.status == apitype.UpdateStatusSucceeded:
		return apitype.SucceededResult
	case u.done():
		return apitype.FailedResult
	case u.status == apitype.StatusRunning:
		return apitype.InProgressResult
	default:
		return apitype.NotStartedResult
	}
}

func (u *update) info() apitype.UpdateInfo {
	info := apitype.UpdateInfo{
		Kind:            u.kind,
		StartTime:       u.start.Unix(),
		Message:         u.request.Metadata.Message,
		Environment:     u.request.Metadata.Environment,
		Config:          u.request.Config,
		Result:          u.result(),
		Version:         u.version,
		ResourceChanges: u.changes,
		ResourceCount:   u.stack.resources(),
	}
	if u.done() {
		info.EndTime = u.end.Unix()
	}
	return info
}

// createUpdate serves POST .../{update,preview,refresh,destroy}.
func (s *Server) createUpdate(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var req apitype.UpdateProgramRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	u := s.newUpdate(c.who, st, apitype.UpdateKind(c.vars["kind"]))
	u.request = req
	u.dryRun = req.Options.DryRun || u.kind == apitype.PreviewUpdate
	if u.deployment == nil {
		u.deployment = st.running(req.Metadata.Environment["ci.build.id"])
	}
	if u.deployment != nil {
		u.deployment.updates = append(u.deployment.updates, u)
	}
	return apitype.UpdateProgramResponse{UpdateID: u.id}, nil
}

// updateOf returns the update in the URL. Clients use /update/ for updates of every kind.
func (s *Server) updateOf(c *call) (*update, error) {
	u, ok := s.cloud.updates[c.vars["update"]]
	name := stackName{c.vars["org"], c.vars["project"], c.vars["stack"]}
	if !ok || u.stack.name != name {
		return nil, notFound("Update '%s' not found", c.vars["update"])
	}
	if c.who.kind == leaseIdentity {
		return u, nil
	}
	return u, c.who.requireStack(u.stack)
}

// leasedUpdate returns the update in the URL if the caller has its lease.
func (s *Server) leasedUpdate(c *call) (*update, error) {
	u, err := s.updateOf(c)
	if err != nil {
		return nil, err
	}
	if c.who.kind != leaseIdentity || u.token == "" || c.who.lease != u.token {
		return nil, forbidden("The update token is invalid or expired.")
	}
	if u.done() {
		return nil, conflict("The update is already complete.")
	}
	return u, nil
}

func (s *Server) startUpdate(c *call) (any, error) {
	u, err := s.updateOf(c)
	if err != nil {
		return nil, err
	}
	var req apitype.StartUpdateRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	if u.status != apitype.StatusNotStarted {
		return nil, conflict("The update was already started.")
	}
	st := u.stack
	if !u.dryRun {
		if st.active != nil {
			return nil, conflict("Another update is currently in progress.")
		}
		st.active = u
		st.version++
		st.history = append(st.history, u)
	}
	if req.Tags != nil {
		st.tags = maps.Clone(req.Tags)
	}
	u.version, u.status, u.start, u.token = st.version, apitype.StatusRunning, s.cloud.now, randomHex(16)
	answer := apitype.StartUpdateResponse{Version: u.version, Token: u.token}
	if !u.dryRun && req.JournalVersion >= journalVersion {
		u.journal = &journal{base: st.checkpoint, entries: map[int64]apitype.JournalEntry{}}
		answer.JournalVersion = journalVersion
	}
	return answer, nil
}

// patchCheckpoint stores the state. The last one of an update wins.
func (s *Server) patchCheckpoint(c *call) (any, error) {
	u, err := s.leasedUpdate(c)
	if err != nil {
		return nil, err
	}
	var req apitype.PatchUpdateCheckpointRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	if u.dryRun {
		return nil, badRequest("a preview has no checkpoint")
	}
	if req.IsInvalid {
		return noContent()
	}
	checkpoint := apitype.UntypedDeployment{Version: req.Version, Features: req.Features, Deployment: req.Deployment}
	u.stack.checkpoint = checkpoint
	u.stack.checkpoints[u.version] = checkpoint
	return noContent()
}

func (s *Server) renewLease(c *call) (any, error) {
	u, err := s.leasedUpdate(c)
	if err != nil {
		return nil, err
	}
	return apitype.RenewUpdateLeaseResponse{Token: u.token}, nil
}

func (s *Server) completeUpdate(c *call) (any, error) {
	u, err := s.leasedUpdate(c)
	if err != nil {
		return nil, err
	}
	var req apitype.CompleteUpdateRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	if err := u.stack.replayJournal(); err != nil {
		return nil, err
	}
	s.finishUpdate(u, req.Status)
	return noContent()
}

// cancelUpdate serves `pulumi cancel`. The update loses its lease.
func (s *Server) cancelUpdate(c *call) (any, error) {
	u, err := s.updateOf(c)
	if err != nil {
		return nil, err
	}
	if u.done() {
		return nil, conflict("The update is already complete.")
	}
	s.finishUpdate(u, apitype.UpdateStatusCancelled)
	return noContent()
}

// finishUpdate ends an update and stores the state from its journal.
func (s *Server) finishUpdate(u *update, status apitype.UpdateStatus) {
	if u.stack.active == u {
		_ = u.stack.replayJournal() // completeUpdate returns the error; a cancelled update keeps the state before it
	}
	u.status, u.end, u.token = status, s.cloud.now, ""
	if u.stack.active == u {
		u.stack.active = nil
	}
	if _, exists := u.stack.checkpoints[u.version]; !exists && !u.dryRun {
		u.stack.checkpoints[u.version] = u.stack.checkpoint
	}
	kind, outcome := u.kind, "failed"
	if u.dryRun {
		kind = apitype.PreviewUpdate
	}
	if status == apitype.UpdateStatusSucceeded {
		outcome = "succeeded"
	}
	s.publishStack(u.stack, string(kind)+"_"+outcome, "stack_"+string(kind), object{
		"kind": kind, "result": u.result(), "resourceChanges": u.changes, "version": u.version,
	})
}

func (s *Server) getUpdate(c *call) (any, error) {
	u, err := s.updateOf(c)
	if err != nil {
		return nil, err
	}
	return apitype.UpdateResults{Status: u.status, Events: []apitype.UpdateEvent{}}, nil
}
