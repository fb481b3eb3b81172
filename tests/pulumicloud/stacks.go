package pulumicloud

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"sort"
	"strconv"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// stackNamePattern is the rule of the CLI (sdk/go/common/tokens/stack.go), which the service shares.
var stackNamePattern = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)

// requireOrg refuses an organization that does not exist.
func (s *Server) requireOrg(c *call) (string, error) {
	org := c.vars["org"]
	if org != s.opts.Organization && !slices.Contains(s.opts.OtherOrganizations, org) {
		return "", notFound("Organization '%s' not found", org)
	}
	return org, nil
}

// stackOf returns the stack in the URL if the caller may use it.
func (s *Server) stackOf(c *call) (*stack, error) {
	name := stackName{c.vars["org"], c.vars["project"], c.vars["stack"]}
	st, ok := s.cloud.stacks[name]
	if !ok {
		return nil, notFound("Stack '%s' not found", name)
	}
	if err := c.who.requireStack(st); err != nil {
		return nil, err
	}
	return st, nil
}

func (s *Server) createStack(c *call) (any, error) {
	org, err := s.requireOrg(c)
	if err != nil {
		return nil, err
	}
	if c.who.kind == stackIdentity {
		return nil, forbidden("this token may not create stacks")
	}
	var req apitype.CreateStackRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	if !stackNamePattern.MatchString(req.StackName) || !stackNamePattern.MatchString(c.vars["project"]) {
		return nil, badRequest("a stack name may only contain alphanumerics, hyphens, underscores and periods")
	}
	name := stackName{org, c.vars["project"], req.StackName}
	if _, ok := s.cloud.stacks[name]; ok {
		return nil, conflict("Stack '%s' already exists.", req.StackName)
	}
	st := newStack(name)
	maps.Copy(st.tags, req.Tags)
	if req.State != nil {
		st.checkpoint = *req.State
	}
	if req.Config != nil {
		if err := s.checkConfig(org, *req.Config); err != nil {
			return nil, err
		}
		st.config = req.Config
	}
	s.cloud.stacks[name] = st
	s.publishStack(st, "stack_created", "stack", object{"action": "created"})
	return apitype.CreateStackResponse{}, nil
}

func (s *Server) getStack(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	answer := apitype.Stack{
		ID:          st.id,
		OrgName:     st.name.org,
		ProjectName: st.name.project,
		StackName:   tokens.QName(st.name.stack),
		Tags:        st.tags,
		Version:     st.version,
		Config:      st.config,
	}
	if n := len(st.history); n > 0 {
		answer.ActiveUpdate = st.history[n-1].id // the newest, finished or not
	}
	if st.active != nil {
		answer.CurrentOperation = &apitype.OperationStatus{
			Kind: st.active.kind, Author: st.active.author, Started: st.active.start.Unix(),
		}
	}
	return answer, nil
}

func (s *Server) listStacks(c *call) (any, error) {
	query := c.r.URL.Query()
	answer := apitype.ListStacksResponse{Stacks: []apitype.StackSummary{}}
	for name, st := range s.cloud.stacks {
		if c.who.requireStack(st) != nil ||
			query.Get("organization") != "" && query.Get("organization") != name.org ||
			query.Get("project") != "" && query.Get("project") != name.project ||
			!st.tagged(query.Get("tagName"), query.Get("tagValue")) {
			continue
		}
		count := st.resources()
		summary := apitype.StackSummary{
			ID: st.id, OrgName: name.org, ProjectName: name.project, StackName: name.stack, ResourceCount: &count,
		}
		if n := len(st.history); n > 0 {
			last := st.history[n-1].start.Unix()
			summary.LastUpdate = &last
		}
		answer.Stacks = append(answer.Stacks, summary)
	}
	sort.Slice(answer.Stacks, func(i, j int) bool {
		a, b := answer.Stacks[i], answer.Stacks[j]
		return a.ProjectName+"/"+a.StackName < b.ProjectName+"/"+b.StackName
	})
	return answer, nil
}

func (s *Server) projectExists(c *call) (any, error) {
	for name := range s.cloud.stacks {
		if name.org == c.vars["org"] && name.project == c.vars["project"] {
			return reply{status: http.StatusOK}, nil
		}
	}
	return nil, notFound("Project '%s' not found", c.vars["project"])
}

func (s *Server) deleteStack(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	// The pulumiservice provider sends forceDestroy, which the service ignores.
	if st.resources() > 0 && !c.flag("force") {
		// The CLI recognizes this error by its text.
		return nil, badRequest("Stack still contains resources.")
	}
	s.removeStack(st)
	return noContent()
}

// removeStack removes a stack and cancels its deployments.
func (s *Server) removeStack(st *stack) {
	for _, d := range st.deployments {
		s.cancelDeployment(d)
	}
	delete(s.cloud.stacks, st.name)
	for token, who := range s.cloud.tokens {
		if who.kind == stackIdentity && who.stack == st {
			delete(s.cloud.tokens, token)
		}
	}
	s.publishStack(st, "stack_deleted", "stack", object{"action": "deleted"})
}

func (s *Server) renameStack(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var req apitype.StackRenameRequest
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	renamed := st.name
	if req.NewName != "" {
		renamed.stack = req.NewName
	}
	if req.NewProject != "" {
		renamed.project = req.NewProject
	}
	if _, ok := s.cloud.stacks[renamed]; ok {
		return nil, conflict("Stack '%s' already exists.", renamed.stack)
	}
	delete(s.cloud.stacks, st.name)
	st.name = renamed
	s.cloud.stacks[renamed] = st
	return apitype.ImportStackResponse{UpdateID: uuid.NewString()}, nil
}

func (s *Server) exportStack(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	if err := st.replayJournal(); err != nil {
		return nil, err
	}
	if text := c.vars["version"]; text != "" {
		version, _ := strconv.Atoi(text)
		checkpoint, ok := st.checkpoints[version]
		if !ok {
			return nil, notFound("Stack '%s' has no version %s", st.name, text)
		}
		return checkpoint, nil
	}
	return st.checkpoint, nil
}

func (s *Server) importStack(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	if st.active != nil {
		return nil, conflict("Another update is currently in progress.")
	}
	var checkpoint apitype.UntypedDeployment
	if err := c.decode(&checkpoint); err != nil {
		return nil, err
	}
	if len(checkpoint.Deployment) == 0 {
		checkpoint.Deployment = json.RawMessage("null")
	}
	u := s.newUpdate(c.who, st, apitype.StackImportUpdate)
	st.version++
	u.version, u.start, u.end = st.version, s.cloud.now, s.cloud.now
	u.status = apitype.UpdateStatusSucceeded
	st.checkpoint, st.checkpoints[st.version] = checkpoint, checkpoint
	st.history = append(st.history, u)
	return apitype.ImportStackResponse{UpdateID: u.id}, nil
}

func (s *Server) listUpdates(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	answer := apitype.GetHistoryResponse{Updates: []apitype.UpdateInfo{}}
	for _, u := range slices.Backward(st.history) {
		answer.Updates = append(answer.Updates, u.info())
	}
	if size := c.number("pageSize", 0); size > 0 {
		answer.Updates = page(answer.Updates, c.number("page", 1), size)
	}
	return answer, nil
}

func (s *Server) getUpdateByVersion(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	version, err := strconv.Atoi(c.vars["version"])
	if c.vars["version"] == "latest" {
		version, err = st.version, nil
	}
	for _, u := range st.history {
		if err == nil && u.version == version {
			return object{
				"info": u.info(), "updateID": u.id, "version": u.version, "latestVersion": st.version,
				"requestedBy": requester(u.author),
			}, nil
		}
	}
	return nil, notFound("Stack '%s' has no update %s", st.name, c.vars["version"])
}

// page returns one page of a list, starting at 1.
func page[T any](list []T, number, size int) []T {
	first := min((number-1)*size, len(list))
	return list[first:min(first+size, len(list))]
}
