package pulumicloud

import (
	"context"
	"fmt"
	"time"
)

// Deployment is what became of a deployment, at the time of the call that returned it.
type Deployment struct {
	ID      string
	Version int // counts from 1 in a stack
	// Status is not-started (queued), running, succeeded, failed or skipped.
	Status string
	// Operation is update, preview, refresh, destroy, detect-drift or remediate-drift.
	Operation string
	// Initiator is what started it: the value of X-Pulumi-Deployment-Initiator, else api, webhook or schedule.
	Initiator string
	// RequestedBy is the login of the user, or "pulumi-deployments" where no user asked.
	RequestedBy string
	// Created, Started and Finished are times of the cloud's clock; zero while they are to come.
	Created, Started, Finished time.Time
	// Log is all that was written, secrets masked, each step under a line "=== name".
	Log     string
	Steps   []Step
	Updates []Update
}

// Changes counts what a deployment changed, by operation. Previews do not count.
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

// Step is a part of a deployment.
type Step struct {
	Name, Status      string
	Started, Finished time.Time
}

// Update is a run of the engine that a deployment made.
type Update struct {
	ID string
	// Kind is update, preview, refresh or destroy.
	Kind string
	// DryRun is true for a preview, also for the one that comes before an update.
	DryRun  bool
	Version int
	// Result is not-started, in-progress, succeeded or failed.
	Result string
	// ResourceChanges counts resources by operation: create, update, delete, same and so on.
	ResourceChanges map[string]int
}

// Deployments lists the deployments of org/project/stack, oldest first. It is empty for a stack that does not exist.
func (s *Server) Deployments(stack string) []Deployment {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, _ := s.report(stack)
	return list
}

// WaitForDeployments waits until no deployment of org/project/stack is queued or running, and lists them all. A stack
// whose queue is paused does not wait for what is queued. The error tells what is still under way when ctx ends.
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

// report lists deployments, and one that is under way, if any.
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
