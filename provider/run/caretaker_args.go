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
	an.Describe(&a.Organization, "Organization of the target stack. A change removes all resources from the state of "+
		"the old stack, and leaves the secrets.")
	an.Describe(&a.Project, "Project of the target stack. A change has the same effect as one of `organization`.")
	an.Describe(&a.Stack, "Name of the target stack. A change has the same effect as one of `organization`.")
	an.Describe(&a.Environment, "The ESC environment that the target stack needs, as `project/name`. If it does not "+
		"exist, a destroy cannot work and is not tried. Default: not checked.")
	an.Describe(&a.Retain, "Whether to leave the pushed secrets alone: the deletion removes all resources from the "+
		"state of the stack, and starts no deployment. Default: false.")
	an.Describe(&a.Timeout, "How long the deletion waits for the destroy, queue included, as a Go duration such as "+
		"`45m`. After that, the deletion fails, nothing else is deleted, and the next `pulumi destroy` follows the same "+
		"run.")
	an.SetDefault(&a.Timeout, defaultTeardownTimeout)
	an.Describe(&a.Tags, "Tags to set on the stack and the environment, by name. Other tags stay.")
	an.Describe(&a.RoleID, "The role of the deployments: its ID, or the ID of another identity that Pulumi Cloud "+
		"accepts as one. Default: none in particular.")
	an.Describe(&a.RoleName, "The name of the role, for messages.")
	an.Describe(&a.HasToken, "Whether the deployments have an access token, which replaces a role.")
	an.Describe(&a.Settings, "Digest of the deployment settings. A change means that they were written, which removes "+
		"the role, so it is set again.")
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
	an.Describe(&s.Pending, "Whether setting the role failed, so that it must still be set.")
}
