package escsync

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// role is the role that a sync's deployments run as. The zero value means that none is chosen.
type role struct {
	id, name string
	// unknown reports whether a preview cannot know the role.
	unknown bool
	// token reports whether an access token is used instead of a role.
	token bool
}

// outputs returns the ID and the name. Both are nil if there is no role to keep.
func (r role) outputs() (id, name pulumi.StringInput) {
	if r.unknown {
		unknown := pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
		return unknown, unknown
	}
	if r.id == "" {
		return nil, nil
	}
	return pulumi.String(r.id), pulumi.String(r.name)
}

// role returns the role of the deployments. It must run before their settings are written, because writing them removes
// the role. With a token there is no role: Pulumi Cloud refuses settings that have both. The error means that there is
// no client, which is not the fault of a property.
func (i *inquiries) role(ctx context.Context, completed property.Map, preview bool) (role, problem.List, error) {
	deployment := fields(completed, "deployment")
	if hasToken(deployment) {
		return role{token: true}, nil, nil
	}
	asked := deployment.Get("role")
	organization, stack := completed.Get("organization"), completed.Get("stackName")
	project := fields(completed, "source").Get("project")
	if !organization.IsString() || !stack.IsString() || !project.IsString() || asked.IsComputed() {
		return role{unknown: true}, nil, nil
	}
	if preview && i.givenUp() {
		return role{unknown: true}, nil, nil
	}
	client, err := run.Client(ctx)
	if err != nil {
		if preview && !asked.IsString() {
			return role{unknown: true}, nil, nil
		}
		return role{}, nil, fmt.Errorf("%w. Nothing was changed", err)
	}
	search := run.RoleSearch{Preview: preview, Stack: deployments.Stack{
		Organization: organization.AsString(), Project: project.AsString(), Name: stack.AsString(),
	}}
	if asked.IsString() {
		search.Asked = asked.AsString()
	}
	found, err := run.FindRole(ctx, client, search)
	if err != nil {
		var problems problem.List
		problems.Add(problem.At("deployment").Key("role"), "%s. The deployment settings were not written", err)
		return role{}, problems, nil
	}
	if found.Slow {
		i.giveUp()
	}
	return role{id: found.ID, name: found.String(), unknown: found.Unanswered}, nil, nil
}

// hasToken reports whether the deployments have an access token, which replaces a role.
func hasToken(deployment property.Map) bool {
	_, inVariables := fields(deployment, "environmentVariables").GetOk(accessTokenVariable)
	return inVariables || !deployment.Get("accessToken").IsNull()
}

// fields returns the properties of an object, or none if it is missing or unknown.
func fields(properties property.Map, name string) property.Map {
	if v := properties.Get(name); v.IsMap() {
		return v.AsMap()
	}
	return property.Map{}
}
