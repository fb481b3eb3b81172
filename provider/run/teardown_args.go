package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// TeardownToken is the type of the resource that empties a target stack when it is deleted.
const TeardownToken = "escsync:index:Teardown" //nolint:gosec // a type, no credential

const defaultTeardownTimeout = "1h"

// TeardownArgs are the inputs of Teardown.
type TeardownArgs struct {
	Organization string `pulumi:"organization"`
	Project      string `pulumi:"project"`
	Stack        string `pulumi:"stack"`
	Environment  string `pulumi:"environment,optional"`
	Retain       bool   `pulumi:"retain,optional"`
	Timeout      string `pulumi:"timeout,optional"`
}

// Annotate describes the inputs.
func (a *TeardownArgs) Annotate(an infer.Annotator) {
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
}

// TeardownState is the state of Teardown: its inputs, all that a deletion has to go by.
type TeardownState struct {
	Organization string `pulumi:"organization"`
	Project      string `pulumi:"project"`
	Stack        string `pulumi:"stack"`
	Environment  string `pulumi:"environment,optional"`
	Retain       bool   `pulumi:"retain,optional"`
	Timeout      string `pulumi:"timeout"`
}

// Annotate describes the outputs.
func (s *TeardownState) Annotate(an infer.Annotator) {
	an.Describe(&s.Organization, "Organization of the target stack.")
	an.Describe(&s.Project, "Project of the target stack.")
	an.Describe(&s.Stack, "Name of the target stack.")
	an.Describe(&s.Environment, "The ESC environment that the target stack needs.")
	an.Describe(&s.Retain, "Whether what the stack holds stays where it is.")
	an.Describe(&s.Timeout, "How long the deletion waits.")
}

func (s TeardownState) stack() deployments.Stack {
	return deployments.Stack{Organization: s.Organization, Project: s.Project, Name: s.Stack}
}
