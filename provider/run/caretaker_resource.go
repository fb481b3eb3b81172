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

// CaretakerInputs are the inputs that a component gives its Caretaker. Nil means the default. Pass the names as outputs
// of the stack and of its deployment settings, so that the Caretaker depends on both.
type CaretakerInputs struct {
	Organization, Project, Stack pulumi.StringInput
	// Environment is project/name.
	Environment pulumi.StringPtrInput
	// Retain removes the resources from the state of the stack instead of destroying them.
	Retain pulumi.BoolInput
	// Timeout limits how long the deletion waits, as a Go duration. Default: 1h.
	Timeout pulumi.StringPtrInput
	Tags    pulumi.StringMapInput
	// RoleID and RoleName are the result of FindRole. Nil means no particular role.
	RoleID, RoleName pulumi.StringInput
	// HasToken reports that the deployments have an access token, which replaces a role.
	HasToken bool
	// Settings is a digest of the deployment settings. It is needed only with a role.
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
