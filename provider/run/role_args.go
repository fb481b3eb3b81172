package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

const (
	// RoleToken is the type of the resource that keeps what the deployments of a target stack run as.
	RoleToken = "escsync:index:DeploymentRole" //nolint:gosec // a type, no credential
	// RoleFunctionToken is the function that reads what they run as before anything is written.
	RoleFunctionToken = "escsync:index:getDeploymentRole" //nolint:gosec // a function, no credential
)

// DeploymentRoleArgs are the inputs of DeploymentRole.
type DeploymentRoleArgs struct {
	Organization string `pulumi:"organization"`
	Project      string `pulumi:"project"`
	Stack        string `pulumi:"stack"`
	RoleID       string `pulumi:"roleId,optional"`
	RoleName     string `pulumi:"roleName,optional"`
	Settings     string `pulumi:"settings,optional" provider:"secret"`
}

// Annotate describes the inputs.
func (a *DeploymentRoleArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the target stack.")
	an.Describe(&a.Project, "Project of the target stack.")
	an.Describe(&a.Stack, "Name of the target stack.")
	an.Describe(&a.RoleID, "What the deployments are to run as: the id of a role, or of what else Pulumi Cloud takes for "+
		"one. Default: nothing in particular.")
	an.Describe(&a.RoleName, "Its name, for messages.")
	an.Describe(&a.Settings, "Digest of the deployment settings. Where it changes, they are written as a whole, and the "+
		"role is chosen again.")
}

func (a DeploymentRoleArgs) stack() deployments.Stack {
	return deployments.Stack{Organization: a.Organization, Project: a.Project, Name: a.Stack}
}

func (a DeploymentRoleArgs) role() deployments.Role {
	return deployments.Role{ID: a.RoleID, Name: a.RoleName}
}

// DeploymentRoleState is the state of DeploymentRole.
type DeploymentRoleState struct {
	Organization string `pulumi:"organization"`
	Project      string `pulumi:"project"`
	Stack        string `pulumi:"stack"`
	RoleID       string `pulumi:"roleId"`
	RoleName     string `pulumi:"roleName"`
	Settings     string `pulumi:"settings,optional" provider:"secret"`
	Pending      bool   `pulumi:"pending"`
}

// Annotate describes the outputs.
func (s *DeploymentRoleState) Annotate(an infer.Annotator) {
	an.Describe(&s.Organization, "Organization of the target stack.")
	an.Describe(&s.Project, "Project of the target stack.")
	an.Describe(&s.Stack, "Name of the target stack.")
	an.Describe(&s.RoleID, "The id of what the deployments run as; empty for nothing in particular.")
	an.Describe(&s.RoleName, "Its name.")
	an.Describe(&s.Settings, "Digest of the deployment settings that it was chosen for.")
	an.Describe(&s.Pending, "Whether it is still to be chosen, as that failed.")
}

func (s DeploymentRoleState) stack() deployments.Stack {
	return deployments.Stack{Organization: s.Organization, Project: s.Project, Name: s.Stack}
}

func (s DeploymentRoleState) role() deployments.Role {
	return deployments.Role{ID: s.RoleID, Name: s.RoleName}
}
