package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// CaretakerToken is the type token of Caretaker.
const CaretakerToken = "escsync:index:Caretaker" //nolint:gosec // a type, no credential

const defaultTeardownTimeout = "1h"

// CaretakerArgs are the inputs of Caretaker.
type CaretakerArgs struct {
	Organization string            `pulumi:"organization"`
	Project      string            `pulumi:"project"`
	Stack        string            `pulumi:"stack"`
	Environment  string            `pulumi:"environment,optional"`
	Retain       bool              `pulumi:"retain,optional"`
	Timeout      string            `pulumi:"timeout,optional"`
	Tags         map[string]string `pulumi:"tags,optional"`
	RoleID       string            `pulumi:"roleId,optional"`
	RoleName     string            `pulumi:"roleName,optional"`
	HasToken     bool              `pulumi:"hasToken,optional"`
	// Settings is nil if there is no role: an empty string would be a secret, which every operation encrypts.
	Settings *string `pulumi:"settings,optional" provider:"secret"`
}

// Annotate describes the inputs.
func (a *CaretakerArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the target stack. After a change the old stack gives up what it holds.")
	an.Describe(&a.Project, "Project of the target stack. A change is as one of `organization`.")
	an.Describe(&a.Stack, "Name of the target stack. A change is as one of `organization`.")
	an.Describe(&a.Environment, "The ESC environment that the target stack needs, as `project/name`. Where it is gone "+
		"already, a destroy cannot work and is not tried. Default: not looked at.")
	an.Describe(&a.Retain, "Leave what the stack holds where it is: the deletion takes it out of the stack's state, and "+
		"starts no deployment. Default: false.")
	an.Describe(&a.Timeout, "How long the deletion waits for the destroy, queue included, as a Go duration such as "+
		"`45m`. After it the deletion fails, nothing else is deleted, and the next `pulumi destroy` follows the same run.")
	an.SetDefault(&a.Timeout, defaultTeardownTimeout)
	an.Describe(&a.Tags, "The tags of stack and environment, by name, beside those that they have.")
	an.Describe(&a.RoleID, "What the deployments are to run as: the id of a role, or of what else Pulumi Cloud takes for "+
		"one. Default: nothing in particular.")
	an.Describe(&a.RoleName, "Its name, for messages.")
	an.Describe(&a.HasToken, "Whether the deployments have an access token, which takes the place of a role.")
	an.Describe(&a.Settings, "Digest of the deployment settings. Where it changes, they are written as a whole, and the "+
		"role is chosen again.")
}

func (a CaretakerArgs) stack() deployments.Stack {
	return deployments.Stack{Organization: a.Organization, Project: a.Project, Name: a.Stack}
}

func (a CaretakerArgs) role() deployments.Role {
	return deployments.Role{ID: a.RoleID, Name: a.RoleName}
}

// CaretakerState is the state of Caretaker. It contains the inputs because a deletion gets nothing else. The role is
// the one that the deployments run as.
type CaretakerState struct {
	CaretakerArgs

	Pending bool `pulumi:"pending,optional"`
}

// Annotate describes the outputs.
func (s *CaretakerState) Annotate(an infer.Annotator) {
	an.Describe(&s.Pending, "Whether the role is still to be chosen, as that failed.")
}
