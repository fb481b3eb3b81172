package pulumicloud

import (
	"encoding/json"
	"sort"
	"time"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// cloud is all that the server remembers. The Server's lock guards it.
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
	changed   chan struct{} // closed and renewed when a deployment changes
	paused    bool          // deployments of the whole organization
	sequence  int           // orders schedules that come due at one time
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

// stack is a stack with all that hangs on it.
type stack struct {
	name        stackName
	id          string
	tags        map[string]string
	version     int
	config      *apitype.StackConfig // service-backed configuration; nil when unset
	checkpoint  apitype.UntypedDeployment
	checkpoints map[int]apitype.UntypedDeployment // by version
	history     []*update                         // updates that were no dry run, oldest first
	active      *update

	settings        tree // secrets as ciphertext; nil when unset
	settingsVersion int
	hooks           []*hook
	schedules       []*schedule
	deployments     []*deployment // oldest first; versions count from 1
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

// emptyCheckpoint is the export of a stack that was never updated.
func emptyCheckpoint() apitype.UntypedDeployment {
	return apitype.UntypedDeployment{Version: 3, Deployment: json.RawMessage("null")}
}

// resources counts the resources in the stack's state.
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

// Stacks lists the stacks that exist, as org/project/stack, sorted.
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

// StackState is the stored checkpoint of org/project/stack, as `pulumi stack export` gets it: secrets are ciphertext.
// It is nil for a stack that does not exist.
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

// find looks a stack up by org/project/stack.
func (c *cloud) find(full string) *stack {
	for name, st := range c.stacks {
		if name.String() == full {
			return st
		}
	}
	return nil
}
