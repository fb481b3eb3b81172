package run

import (
	"context"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// RoleSearch describes a search for the role of a target stack's deployments.
type RoleSearch struct {
	// Stack is the target stack. It need not exist.
	Stack deployments.Stack
	// Asked is the name or the ID of the role, or "" for the role in the current deployment settings.
	Asked string
	// Preview tolerates a missing answer from Pulumi Cloud, and limits the wait to 5 seconds.
	Preview bool
}

// FoundRole is the result of a RoleSearch.
type FoundRole struct {
	// Role is empty if no particular role applies.
	deployments.Role

	// Unanswered reports that a preview could not find out, and Slow that it ran into the time limit.
	Unanswered, Slow bool
}

// FindRole finds the role for the deployments of a stack. Call it before the deployment settings are written, because
// writing them removes the role. A preview goes on without an answer from the service, because `pulumi up` asks again
// and then fails. But if the service refuses or does not know a requested role, a preview fails too.
func FindRole(ctx context.Context, client *deployments.Client, search RoleSearch) (FoundRole, error) {
	if search.Preview {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, inquiryTimeout, errSlow)
		defer cancel()
	}
	role, err := deployments.Role{}, error(nil)
	if search.Asked != "" {
		role, err = client.FindRole(ctx, search.Stack.Organization, search.Asked)
	} else {
		role, err = client.Role(ctx, search.Stack)
	}
	if err != nil {
		return search.unanswered(err, ctx.Err() != nil)
	}
	return FoundRole{Role: role}, nil
}

// unanswered decides whether an error is fatal. At preview, a missing answer is not.
func (s RoleSearch) unanswered(err error, slow bool) (FoundRole, error) {
	if s.Preview && (s.Asked == "" || slow || deployments.IsTransient(err)) {
		return FoundRole{Unanswered: true, Slow: slow}, nil
	}
	return FoundRole{}, err
}
