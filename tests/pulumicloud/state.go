package pulumicloud

import (
	"encoding/json"
	"sort"
	"time"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// cloud is the state of the server, guarded by the lock of Server.
type cloud struct {
	now       time.Time
	userToken string
	tokens    map[string]identity
	stacks    map[stackName]*stack
	envs      map[envName]*environment
	teams     map[string]*team
	roles     []*Role
	hooks     []*hook // of the organization
	updates   map[string]*update
	sessions  map[string]*session
	requests  []*changeRequest
	changed   chan struct{} // closed and replaced when a deployment changes
	paused    bool          // deployments of the whole organization
	sequence  int           // orders schedules that are due at the same time
}

func newCloud(now time.Time) *cloud {
	token := "pul-" + randomHex(20)
	return &cloud{
		now:       now,
		userToken: token,
		tokens:    map[string]identity{token: {kind: userIdentity}},
		stacks:    map[stackName]*stack{},
		envs:      map[envName]*environment{},
		teams:     map[string]*team{},
		updates:   map[string]*update{},
		sessions:  map[string]*session{},
		changed:   make(chan struct{}),
	}
}

// stackName identifies a stack.
type stackName struct{ org, project, stack string }

func (n stackName) String() string { return n.org + "/" + n.project + "/" + n.stack }

// stack is a stack with everything that belongs to it.
type stack struct {
	name        stackName
	id          string
	tags        map[string]string
	version     int
	config      *apitype.StackConfig // service-backed configuration, nil if unset
	checkpoint  apitype.UntypedDeployment
	checkpoints map[int]apitype.UntypedDeployment // by version
	history     []*update                         // updates that were not dry runs, oldest first
	active      *update

	settings        tree // secrets as ciphertext; nil if unset
	settingsVersion int
	hooks           []*hook
	schedules       []*schedule
	deployments     []*deployment // oldest first; versions start at 1
	paused          bool
	driftRuns       []*driftRun
}

func newStack(name stackName) *stack {
	return &stack{
		name:        name,
		id:          uuid.NewString(),
		tags:        map[string]string{},
		checkpoint:  emptyCheckpoint(),
		checkpoints: map[int]apitype.UntypedDeployment{},
	}
}

// emptyCheckpoint is what exporting a stack without updates returns.
func emptyCheckpoint() apitype.UntypedDeployment {
	return apitype.UntypedDeployment{Version: 3, Deployment: json.RawMessage("null")}
}

// resources counts the resources in the state of the stack.
func (st *stack) resources() int {
	var deployment struct {
		Resources         []json.RawMessage `json:"resources"`
		PendingOperations []json.RawMessage `json:"pending_operations"`
	}
	if st.replayJournal() != nil || json.Unmarshal(st.checkpoint.Deployment, &deployment) != nil {
		return 0
	}
	return len(deployment.Resources) + len(deployment.PendingOperations)
}

// Stacks lists the existing stacks as org/project/stack, sorted.
func (s *Server) Stacks() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := make([]string, 0, len(s.cloud.stacks))
	for name := range s.cloud.stacks {
		names = append(names, name.String())
	}
	sort.Strings(names)
	return names
}

// StackState returns the stored checkpoint of org/project/stack, like `pulumi stack export` without --show-secrets. It
// is nil if the stack does not exist.
func (s *Server) StackState(stack string) json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.cloud.find(stack)
	if st == nil || st.replayJournal() != nil {
		return nil
	}
	state, err := json.Marshal(st.checkpoint)
	if err != nil {
		return nil
	}
	return state
}

// find returns the stack org/project/stack, nil if it does not exist.
func (c *cloud) find(full string) *stack {
	for name, st := range c.stacks {
		if name.String() == full {
			return st
		}
	}
	return nil
}
