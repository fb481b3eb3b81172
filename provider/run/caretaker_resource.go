package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
)

var _ interface {
	infer.CustomCheck[CaretakerArgs]
	infer.CustomUpdate[CaretakerArgs, CaretakerState]
	infer.CustomRead[CaretakerArgs, CaretakerState]
	infer.CustomDelete[CaretakerState]
} = (*Caretaker)(nil)

// CaretakerResource is a registered Caretaker.
type CaretakerResource struct{ pulumi.CustomResourceState }

// CaretakerInputs are what a component gives its Caretaker. Nil means the default. Give the names as outputs of the
// stack and of the settings, so that it comes after them.
type CaretakerInputs struct {
	Organization, Project, Stack pulumi.StringInput
	// Environment is project/name.
	Environment pulumi.StringPtrInput
	// Retain takes what the stack holds out of its state, in place of a destroy.
	Retain pulumi.BoolInput
	// Timeout is how long the deletion waits, as a Go duration.
	Timeout pulumi.StringPtrInput
	Tags    pulumi.StringMapInput
	// RoleID and RoleName are what FindRole found; nil for nothing in particular.
	RoleID, RoleName pulumi.StringInput
	// HasToken says that the deployments have an access token.
	HasToken bool
	// Settings is a digest of the deployment settings, where there is a role.
	Settings pulumi.StringInput
}

// RegisterCaretaker registers a Caretaker from within a component.
func RegisterCaretaker(
	ctx *pulumi.Context, name string, in CaretakerInputs, opts ...pulumi.ResourceOption,
) (*CaretakerResource, error) {
	inputs := pulumi.Map{"organization": in.Organization, "project": in.Project, "stack": in.Stack, "retain": in.Retain}
	if in.Tags != nil {
		inputs["tags"] = in.Tags
	}
	if in.HasToken {
		inputs["hasToken"] = pulumi.Bool(true)
	}
	if in.RoleID != nil {
		inputs["roleId"], inputs["roleName"], inputs["settings"] = in.RoleID, in.RoleName, in.Settings
	}
	if in.Environment != nil {
		inputs["environment"] = in.Environment
	}
	if in.Timeout != nil {
		inputs["timeout"] = in.Timeout
	}
	caretaker := &CaretakerResource{}
	err := ctx.RegisterResource(CaretakerToken, name, inputs, caretaker, construct.OwnProvider(opts...)...)
	return caretaker, err
}
