package run

import (
	"context"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// RoleSearch is for what the deployments of a target stack are to run as.
type RoleSearch struct {
	// Stack is the target stack, which need not exist.
	Stack deployments.Stack
	// Asked is the name or id of the role that is asked for; empty for the one that the deployment settings select.
	Asked string
	// Preview says that no answer of Pulumi Cloud is no failure, and that it is not waited for longer than 5 seconds.
	Preview bool
}

// FoundRole is what a search found.
type FoundRole struct {
	// Role is empty for nothing in particular.
	deployments.Role

	// Unanswered says that a preview could not find out, and Slow that the time was over.
	Unanswered, Slow bool
}

// FindRole finds what the deployments of a stack are to run as, before the deployment settings are written: they are
// written as a whole, and the role is gone then. A preview ends and goes on whatever the service does: `pulumi up` asks
// again, and fails then. A role that is asked for and is not there fails it, too.
func FindRole(ctx context.Context, search RoleSearch) (FoundRole, error) {
	client, err := Client(ctx)
	if err != nil {
		return search.unanswered(err, false)
	}
	return findRole(ctx, client, search)
}

func findRole(ctx context.Context, client *deployments.Client, search RoleSearch) (FoundRole, error) {
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

// unanswered is what an error means.
func (s RoleSearch) unanswered(err error, slow bool) (FoundRole, error) {
	if s.Preview && (s.Asked == "" || slow || deployments.IsTransient(err)) {
		return FoundRole{Unanswered: true, Slow: slow}, nil
	}
	return FoundRole{}, err
}
