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

// Token is the type of the component in Pulumi's programs and states.
const Token = "escsync:index:EscSync" //nolint:gosec // a type, no credential

// EscSync keeps the values of an ESC environment equal on an external secret platform. Its outputs are always present:
// empty where there is no such child.
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
	// LastSync tells of the run that the program started.
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
	a.Describe(&e.EnvironmentName, "The name of the environment, for the input of the same name.")
	a.Describe(&e.Environment, "The environment as `project/name`, as other environments import it.")
	a.Describe(&e.StackName, "The name of the target stack, for the input of the same name.")
	a.Describe(&e.Stack, "The target stack as `organization/project/name`, as the CLI and stack references expect it.")
	a.Describe(&e.EnvironmentID, "The id that Pulumi Cloud gave the environment.")
	a.Describe(&e.Revision, "The revision of the environment.")
	a.Describe(&e.ScheduleID, "The id of the schedule. Empty if the schedule is `off` or the sync is suspended.")
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
	// The SDK walks up the stack at each registration, to the bottom. That of a new goroutine is short.
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

// describe fills the outputs.
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

// facts are what decides which children there are. They are known at preview.
type facts struct {
	// custom says that the destination is a program of the user's own.
	custom bool
	// parallelism is how many resources a run handles at once; 0 leaves it to the CLI.
	parallelism int
	hasSchedule bool
	onChange    bool
	// suspended says that nothing may start a run.
	suspended   bool
	initialSync bool
	teams       []string
	// cloudURL is the configured address of the service's API; empty if none is.
	cloudURL string
	// builtIn tells whether the target runs the program of this package, be it a mirror.
	builtIn bool
	// retains says that a destroy changes nothing on the platform.
	retains bool
	// deleteTimeout is that of the resource's customTimeouts; 0 if it has none.
	deleteTimeout time.Duration
	// refused finds out what became of a definition that the service did not take as it was sent.
	refused func(deployments.Environment, string) (revision int, err error)
	// planned is what a run will push.
	planned planned
	// role is what the deployments are to run as.
	role role
}
