// Package escsync is the component EscSync: the control plane of a sync.
package escsync

import (
	"fmt"
	"sync"
	"time"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumix"

	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// Token is the component's type token in programs and states.
const Token = "escsync:index:EscSync" //nolint:gosec // a type, not a credential

// EscSync keeps an external secret platform in sync with an ESC environment. Its outputs are always present: an output
// of a child that does not exist is empty.
type EscSync struct {
	pulumi.ResourceState

	Organization    pulumi.StringOutput `pulumi:"organization"`
	TargetProject   pulumi.StringOutput `pulumi:"targetProject"`
	EnvironmentName pulumi.StringOutput `pulumi:"environmentName"`
	Environment     pulumi.StringOutput `pulumi:"environment"`
	StackName       pulumi.StringOutput `pulumi:"stackName"`
	Stack           pulumi.StringOutput `pulumi:"stack"`
	EnvironmentID   pulumi.StringOutput `pulumi:"environmentId"`
	Revision        pulumi.IntOutput    `pulumi:"revision"`
	ScheduleID      pulumi.StringOutput `pulumi:"scheduleId"`
	WebhookName     pulumi.StringOutput `pulumi:"webhookName"`
	ConsoleURL      pulumi.StringOutput `pulumi:"consoleUrl"`
	// LastSync is the status of the run that the program started.
	LastSync pulumix.Output[run.SyncStatus] `pulumi:"lastSync"`
}

var _ infer.Annotated = (*EscSync)(nil)

// Annotate documents the component and its outputs.
func (e *EscSync) Annotate(a infer.Annotator) {
	a.SetToken("index", "EscSync")
	a.Describe(&e, "Syncs the values of a Pulumi ESC environment to an external secret platform.\n\nIt creates an ESC "+
		"environment with the values, a target stack, its deployment settings, a schedule, and a webhook that starts a "+
		"deployment when the environment or one that it imports changes. The deployment runs a small program that writes "+
		"the values to the platform with the platform's own Pulumi provider.")
	a.Describe(&e.Organization, "The organization of the environment and of the target stack.")
	a.Describe(&e.TargetProject, "The project of the target stack.")
	a.Describe(&e.EnvironmentName, "The name of the environment. See the input `environmentName`.")
	a.Describe(&e.Environment, "The environment as `project/name`, as other environments import it.")
	a.Describe(&e.StackName, "The name of the target stack. See the input `stackName`.")
	a.Describe(&e.Stack, "The target stack as `organization/project/name`, as the CLI and stack references expect it.")
	a.Describe(&e.EnvironmentID, "The ID that Pulumi Cloud gave the environment.")
	a.Describe(&e.Revision, "The revision of the environment.")
	a.Describe(&e.ScheduleID, "The ID of the schedule. Empty if the schedule is `off` or the sync is suspended.")
	a.Describe(&e.WebhookName, "The name of the webhook. Empty if `onChange` is false.")
	a.Describe(&e.ConsoleURL, "The page of the target stack in the Pulumi Cloud console, with its deployments.")
	a.Describe(&e.LastSync, "The result of the last run that `pulumi up` started. Empty if `initialSync` is not "+
		"enabled. `getSyncStatus` reports later runs.")
}

// register registers the component and its children.
func register(ctx *pulumi.Context, name string, known facts, args *Args, opts ...pulumi.ResourceOption,
) (*EscSync, error) {
	made := &EscSync{}
	if err := ctx.RegisterComponentResource(Token, name, made, opts...); err != nil {
		return nil, fmt.Errorf("registering %s: %w", name, err)
	}
	b := &syncBuilder{
		ctx: ctx, name: name, facts: known, args: args, component: made, parent: pulumi.Parent(made),
		organization: args.Organization.ToStringPtrOutput().Elem(),
		project:      args.EnvironmentProject.ToStringPtrOutput().Elem(),
		environment:  args.EnvironmentName.ToStringPtrOutput().Elem(),
		stack:        args.StackName.ToStringPtrOutput().Elem(),
		target:       args.Source.Project.ToStringPtrOutput().Elem(),
	}
	// At each registration the SDK walks up the whole stack. A new goroutine has a short one.
	var children *syncChildren
	var err error
	var registered sync.WaitGroup
	registered.Go(func() { children, err = b.register() })
	registered.Wait()
	if err != nil {
		return nil, err
	}
	b.describe(made, children)
	return made, nil
}

// describe sets the outputs.
func (b *syncBuilder) describe(sync *EscSync, children *syncChildren) {
	sync.Organization = b.organization
	sync.TargetProject = b.target
	sync.EnvironmentName = b.environment
	sync.Environment = pulumi.Sprintf("%s/%s", b.project, b.environment)
	sync.StackName = b.stack
	sync.Stack = pulumi.Sprintf("%s/%s/%s", b.organization, b.target, b.stack)
	sync.EnvironmentID = children.environment.EnvironmentId.ApplyT(func(id *string) string {
		if id == nil {
			return ""
		}
		return *id
	}).(pulumi.StringOutput)
	sync.Revision = pulumi.Unsecret(children.revision).(pulumi.IntOutput)
	sync.ScheduleID = pulumi.String("").ToStringOutput()
	if children.schedule != nil {
		sync.ScheduleID = children.schedule.ScheduleId
	}
	sync.WebhookName = pulumi.String("").ToStringOutput()
	if children.webhook != nil {
		sync.WebhookName = children.webhook.Name
	}
	sync.LastSync = children.lastSync()
	sync.ConsoleURL = pulumi.All(b.organization, b.target, b.stack).ApplyT(func(parts []any) string {
		return run.ConsoleURL(run.CloudURL(b.facts.cloudURL), parts[0].(string), parts[1].(string), parts[2].(string))
	}).(pulumi.StringOutput)
}

// facts decide which children there are. All are known at preview.
type facts struct {
	// custom reports whether the destination is a program of the user's own.
	custom bool
	// parallelism is the number of resources that a run handles at once. 0 means the CLI's default.
	parallelism int
	hasSchedule bool
	onChange    bool
	// suspended reports whether the sync is paused: nothing may start a run.
	suspended   bool
	initialSync bool
	teams       []string
	// cloudURL is the configured address of the service's API, or "".
	cloudURL string
	// builtIn reports whether the target stack runs this package's program, from this repository or a mirror.
	builtIn bool
	// retains reports whether a destroy changes nothing on the platform.
	retains bool
	// deleteTimeout is the resource's customTimeouts.delete. 0 means none.
	deleteTimeout time.Duration
	// refused finds out what happened to a definition that the service did not accept.
	refused func(deployments.Environment, string) (revision int, err error)
	// planned is what a run will push.
	planned planned
	// role is the role that the deployments run as.
	role role
}
