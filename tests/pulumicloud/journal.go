package pulumicloud

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// journalVersion is the supported format of journal entries. A client that does not ask for a journal sends whole
// checkpoints.
const journalVersion = 1

// journal contains what an update did so far: its initial state and the entries from the CLI. They are stored by
// sequence number because the CLI may send a batch again.
type journal struct {
	base     apitype.UntypedDeployment
	entries  map[int64]apitype.JournalEntry
	replayed bool // the checkpoint of the stack contains all entries
}

// patchJournal serves PATCH .../journalentries.
func (s *Server) patchJournal(c *call) (any, error) {
	u, err := s.leasedUpdate(c)
	if err != nil {
		return nil, err
	}
	var req apitype.JournalEntries
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	if u.journal == nil {
		return nil, badRequest("the update was started without a journal")
	}
	for _, entry := range req.Entries {
		if entry.Version != journalVersion {
			return nil, badRequest("unknown version %d of a journal entry", entry.Version)
		}
		u.journal.entries[entry.SequenceID] = entry
	}
	u.journal.replayed = false
	return noContent()
}

// replayJournal applies the journal of the running update to the checkpoint of the stack. It runs before a checkpoint
// is read rather than for each batch, so that many batches do not make it slow.
func (st *stack) replayJournal() error {
	u := st.active
	if u == nil || u.journal == nil || u.journal.replayed {
		return nil
	}
	checkpoint, err := u.journal.replay(u.start)
	if err != nil {
		return fmt.Errorf("replaying the journal of update %s: %w", u.id, err)
	}
	u.journal.replayed = true
	st.checkpoint, st.checkpoints[u.version] = checkpoint, checkpoint
	return nil
}

// replay applies the entries to the base. The result has version 3, like the CLI's checkpoints for a service that
// advertises nothing newer.
func (j *journal) replay(now time.Time) (apitype.UntypedDeployment, error) {
	if len(j.entries) == 0 {
		return j.base, nil
	}
	var base apitype.DeploymentV3
	if err := json.Unmarshal(j.base.Deployment, &base); err != nil {
		return j.base, fmt.Errorf("reading the state: %w", err)
	}
	r := newReplay(base)
	for _, id := range slices.Sorted(maps.Keys(j.entries)) {
		if err := r.add(j.entries[id]); err != nil {
			return j.base, fmt.Errorf("entry %d: %w", id, err)
		}
	}
	deployment, err := r.deployment()
	if err != nil {
		return j.base, err
	}
	deployment.Manifest.Time = now
	raw, err := json.Marshal(deployment)
	return apitype.UntypedDeployment{Version: apitype.DeploymentSchemaVersionCurrent, Deployment: raw}, err
}

// replay rebuilds a state like the engine's JournalReplayer in pkg/v3/backend. That package would import the whole
// engine and its cloud SDKs. Resources of the base are identified by their index, new ones by the operation that made
// them.
type replay struct {
	base       apitype.DeploymentV3
	removed    map[int64]bool // new resources, by operation
	deleted    map[int64]bool // resources of the base, by index, like the next three
	replaced   map[int64]apitype.ResourceV3
	condemned  map[int64]bool // marked for deletion
	pending    map[int64]bool // marked for replacement
	made       []apitype.ResourceV3
	madeBy     map[int64]int // index in made, by operation
	begun      map[int64]apitype.JournalEntry
	extensions map[apitype.ExtensionRef]apitype.Extension
	refreshed  bool
}

func newReplay(base apitype.DeploymentV3) *replay {
	return &replay{
		base: base, removed: map[int64]bool{}, deleted: map[int64]bool{}, replaced: map[int64]apitype.ResourceV3{},
		condemned: map[int64]bool{}, pending: map[int64]bool{}, madeBy: map[int64]int{},
		begun: map[int64]apitype.JournalEntry{}, extensions: map[apitype.ExtensionRef]apitype.Extension{},
	}
}

func (r *replay) add(e apitype.JournalEntry) error {
	switch e.Kind {
	case apitype.JournalEntryKindBegin:
		r.begun[e.OperationID] = e
	case apitype.JournalEntryKindFailure:
		delete(r.begun, e.OperationID)
	case apitype.JournalEntryKindSuccess:
		return r.succeed(e)
	case apitype.JournalEntryKindRefreshSuccess:
		delete(r.begun, e.OperationID)
		r.refreshed = true
		return r.refresh(e)
	case apitype.JournalEntryKindOutputs:
		if e.State != nil {
			return r.refresh(e)
		}
	case apitype.JournalEntryKindWrite:
		if e.NewSnapshot == nil {
			return fmt.Errorf("it has no snapshot")
		}
		r.base = *e.NewSnapshot
	case apitype.JournalEntryKindSecretsManager:
		r.base.SecretsProviders = e.SecretsProvider
	case apitype.JournalEntryKindSnippets:
		r.base.Snippets = e.Snippets
	case apitype.JournalEntryKindRebuiltBaseState:
		base, err := r.deployment()
		if err != nil {
			return err
		}
		refreshed := r.refreshed
		*r = *newReplay(*base)
		r.refreshed = refreshed
	case apitype.JournalEntryKindExtensionParameterize:
		r.extensions[*e.ExtensionRef] = *e.Extension
	default:
		return fmt.Errorf("unknown kind %d", e.Kind)
	}
	return nil
}

// succeed completes an operation: it adds, removes or marks resources.
func (r *replay) succeed(e apitype.JournalEntry) error {
	delete(r.begun, e.OperationID)
	r.refreshed = r.refreshed || e.IsRefresh
	if e.State != nil {
		r.madeBy[e.OperationID] = len(r.made)
		r.made = append(r.made, *e.State)
	}
	mark := func(set map[int64]bool, id *int64) {
		if id != nil {
			set[*id] = true
		}
	}
	mark(r.deleted, e.RemoveOld)
	mark(r.removed, e.RemoveNew)
	mark(r.condemned, e.DeleteOld)
	mark(r.pending, e.PendingReplacementOld)
	if e.DeleteNew != nil {
		made, err := r.madeIn(*e.DeleteNew)
		if err != nil {
			return err
		}
		made.Delete = true
	}
	if e.PendingReplacementNew != nil {
		made, err := r.madeIn(*e.PendingReplacementNew)
		if err != nil {
			return err
		}
		made.PendingReplacement = true
	}
	return nil
}

// refresh replaces the state of a resource, or removes it if the entry has no state.
func (r *replay) refresh(e apitype.JournalEntry) error {
	if old := e.RemoveOld; old != nil && e.State == nil {
		r.deleted[*old] = true
	} else if old != nil {
		r.replaced[*old] = *e.State
	}
	if made := e.RemoveNew; made != nil && e.State == nil {
		r.removed[*made] = true
	} else if made != nil {
		state, err := r.madeIn(*made)
		if err != nil {
			return err
		}
		*state = *e.State
	}
	return nil
}

func (r *replay) madeIn(operation int64) (*apitype.ResourceV3, error) {
	index, ok := r.madeBy[operation]
	if !ok {
		return nil, fmt.Errorf("operation %d made no resource", operation)
	}
	return &r.made[index], nil
}

// deployment returns the new state: the new resources, then the remaining ones of the base.
func (r *replay) deployment() (*apitype.DeploymentV3, error) {
	gone := map[int]bool{}
	for operation := range r.removed {
		if index, ok := r.madeBy[operation]; ok {
			gone[index] = true
		}
	}
	out := r.base
	out.Resources = []apitype.ResourceV3{}
	for i, made := range r.made {
		if !gone[i] {
			out.Resources = append(out.Resources, made)
		}
	}
	for i, old := range r.base.Resources {
		at := int64(i)
		if r.deleted[at] {
			continue
		}
		if state, ok := r.replaced[at]; ok {
			out.Resources = append(out.Resources, state)
			continue
		}
		old.PendingReplacement = old.PendingReplacement || r.pending[at]
		old.Delete = old.Delete || r.condemned[at]
		out.Resources = append(out.Resources, old)
	}
	out.PendingOperations = r.pendingOperations()
	if r.refreshed {
		dropDangling(out.Resources)
	}
	out.Extensions = maps.Clone(r.base.Extensions)
	if out.Extensions == nil && len(r.extensions) > 0 {
		out.Extensions = map[apitype.ExtensionRef]apitype.Extension{}
	}
	maps.Copy(out.Extensions, r.extensions)
	return out.NormalizeURNReferences()
}

// pendingOperations returns the unfinished operations, and creations that were already pending: only the user can find
// out what became of them.
func (r *replay) pendingOperations() []apitype.OperationV2 {
	var out []apitype.OperationV2
	for _, id := range slices.Sorted(maps.Keys(r.begun)) {
		if operation := r.begun[id].Operation; operation != nil {
			out = append(out, *operation)
		}
	}
	for _, operation := range r.base.PendingOperations {
		if operation.Type == apitype.OperationTypeCreating {
			out = append(out, operation)
		}
	}
	return out
}

// dropDangling removes references to resources that a refresh removed.
func dropDangling(resources []apitype.ResourceV3) {
	known := map[resource.URN]bool{}
	unknown := func(urn resource.URN) bool { return !known[urn] }
	for i := range resources {
		r := &resources[i]
		r.Dependencies = slices.DeleteFunc(slices.Clone(r.Dependencies), unknown)
		r.ReplaceWith = slices.DeleteFunc(slices.Clone(r.ReplaceWith), unknown)
		kept := map[resource.PropertyKey][]resource.URN{}
		for key, urns := range r.PropertyDependencies {
			if left := slices.DeleteFunc(slices.Clone(urns), unknown); len(left) > 0 {
				kept[key] = left
			}
		}
		if len(r.PropertyDependencies) > 0 {
			r.PropertyDependencies = kept
		}
		if !known[r.DeletedWith] {
			r.DeletedWith = ""
		}
		if !known[r.Parent] {
			r.Parent = ""
		}
		known[r.URN] = true
	}
}
