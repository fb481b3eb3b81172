package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
)

var _ interface {
	infer.CustomCheck[SyncRunArgs]
	infer.CustomUpdate[SyncRunArgs, SyncRunState]
	infer.CustomRead[SyncRunArgs, SyncRunState]
} = (*SyncRun)(nil)

var _ infer.CustomDiff[Config, Config] = Config{}

// SyncRunResource is a registered SyncRun with the outputs that EscSync shows.
type SyncRunResource struct {
	pulumi.CustomResourceState

	DeploymentID    pulumi.StringOutput `pulumi:"deploymentId"`
	Version         pulumi.IntOutput    `pulumi:"version"`
	Status          pulumi.StringOutput `pulumi:"status"`
	Started         pulumi.StringOutput `pulumi:"started"`
	Finished        pulumi.StringOutput `pulumi:"finished"`
	Initiator       pulumi.StringOutput `pulumi:"initiator"`
	ConsoleURL      pulumi.StringOutput `pulumi:"consoleUrl"`
	FailedStep      pulumi.StringOutput `pulumi:"failedStep"`
	ResourceChanges pulumi.IntMapOutput `pulumi:"resourceChanges"`
}

// SyncRunInputs are the inputs that a component gives its SyncRun. Nil means the default.
type SyncRunInputs struct {
	Organization, Project, Stack pulumi.StringInput
	Triggers                     pulumi.MapInput
	Pushed                       PushedInputs
	Wait                         pulumi.BoolPtrInput
	Timeout                      pulumi.StringPtrInput
	ShowLog                      pulumi.BoolPtrInput
	Suspended                    pulumi.BoolPtrInput
}

// PushedInputs are the inputs of Pushed. Nil means that the names are unknown.
type PushedInputs struct {
	Secrets   pulumi.MapInput
	Within    pulumi.StringInput
	Deletable pulumi.StringArrayInput
	// CaseInsensitive reports whether the platform ignores case in the names.
	CaseInsensitive bool
}

// RegisterSyncRun registers a SyncRun from within a component.
func RegisterSyncRun(
	ctx *pulumi.Context, name string, in SyncRunInputs, opts ...pulumi.ResourceOption,
) (*SyncRunResource, error) {
	inputs := pulumi.Map{
		"organization": in.Organization, "project": in.Project, "stack": in.Stack, "triggers": in.Triggers,
	}
	if pushed := in.Pushed; pushed.Within != nil {
		inputs["secrets"], inputs["within"] = pushed.Secrets, pushed.Within
	}
	if in.Pushed.Deletable != nil {
		inputs["deletable"] = in.Pushed.Deletable
	}
	if in.Pushed.CaseInsensitive {
		inputs["caseInsensitive"] = pulumi.Bool(true)
	}
	if in.Wait != nil {
		inputs["wait"] = in.Wait
	}
	if in.Timeout != nil {
		inputs["timeout"] = in.Timeout
	}
	if in.ShowLog != nil {
		inputs["showLog"] = in.ShowLog
	}
	if in.Suspended != nil {
		inputs["suspended"] = in.Suspended
	}
	run := &SyncRunResource{}
	err := ctx.RegisterResource(SyncRunToken, name, inputs, run, construct.OwnProvider(opts...)...)
	return run, err
}
