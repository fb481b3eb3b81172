package pulumicloud

import (
	"context"
	"fmt"
	"time"
)

// Deployment describes a deployment at the time of the call that returned it.
type Deployment struct {
	ID      string
	Version int // in its stack, starting at 1
	// Status is not-started (queued), accepted, running, succeeded, failed or skipped.
	Status string
	// Operation is update, preview, refresh, destroy, detect-drift or remediate-drift.
	Operation string
	// Initiator is the value of X-Pulumi-Deployment-Initiator, or else api, webhook or schedule.
	Initiator string
	// RequestedBy is the login of the user, or "pulumi-deployments" if no user requested it.
	RequestedBy string
	// Created, Started and Finished are times of the cloud's clock, zero until then.
	Created, Started, Finished time.Time
	// Log contains the whole output with secrets masked. Each step follows a line "=== name".
	Log     string
	Steps   []Step
	Updates []Update
}

// Changes counts the changed resources by operation. Previews do not count.
func (d Deployment) Changes() map[string]int {
	changes := map[string]int{}
	for _, update := range d.Updates {
		for operation, count := range update.ResourceChanges {
			if !update.DryRun && operation != "same" && count > 0 {
				changes[operation] += count
			}
		}
	}
	return changes
}

// Step is a step of a deployment.
type Step struct {
	Name, Status      string
	Started, Finished time.Time
}

// Update is an engine run of a deployment.
type Update struct {
	ID string
	// Kind is update, preview, refresh or destroy.
	Kind string
	// DryRun is true for a preview, including the one before an update.
	DryRun  bool
	Version int
	// Result is not-started, in-progress, succeeded or failed.
	Result string
	// ResourceChanges counts the resources by operation: create, update, delete, same and so on.
	ResourceChanges map[string]int
}

// Deployments lists the deployments of org/project/stack, oldest first. The list is empty if the stack does not exist.
func (s *Server) Deployments(stack string) []Deployment {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, _ := s.report(stack)
	return list
}

// WaitForDeployments waits until no deployment of org/project/stack is queued or running, and returns all of them. If
// the queue is paused, it does not wait for queued ones. If ctx ends first, the error names a deployment that is still
// unfinished.
func (s *Server) WaitForDeployments(ctx context.Context, stack string) ([]Deployment, error) {
	for {
		s.mu.Lock()
		list, pending := s.report(stack)
		changed := s.cloud.changed
		s.mu.Unlock()
		if pending == nil {
			return list, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return list, fmt.Errorf("waiting for deployment %d of %s, which is %s: %w",
				pending.version, stack, pending.status, ctx.Err())
		}
	}
}

// report returns all deployments, and an unfinished one if there is one.
func (s *Server) report(stack string) ([]Deployment, *deployment) {
	st := s.cloud.find(stack)
	if st == nil {
		return nil, nil
	}
	var pending *deployment
	list := make([]Deployment, 0, len(st.deployments))
	for _, d := range st.deployments {
		held := d.status == statusQueued && (st.paused || s.cloud.paused)
		if !d.done() && !held && pending == nil {
			pending = d
		}
		list = append(list, d.report())
	}
	return list, pending
}

func (d *deployment) report() Deployment {
	out := Deployment{
		ID: d.id, Version: d.version, Status: d.status, Operation: string(d.request.operation), Initiator: d.initiator,
		RequestedBy: d.who.login(), Created: d.created, Started: d.started, Finished: d.finished, Log: d.logText(),
	}
	for _, st := range d.steps {
		out.Steps = append(out.Steps, Step{Name: st.name, Status: st.status, Started: st.started, Finished: st.finished})
	}
	for _, u := range d.updates {
		changes := map[string]int{}
		for op, n := range u.changes {
			changes[string(op)] = n
		}
		out.Updates = append(out.Updates, Update{
			ID: u.id, Kind: string(u.kind), DryRun: u.dryRun, Version: u.version, Result: string(u.result()),
			ResourceChanges: changes,
		})
	}
	return out
}
