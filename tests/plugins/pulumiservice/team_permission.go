package pulumiservice

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// permissionState is the state of a TeamEnvironmentPermission, which equals its inputs.
type permissionState struct {
	Organization    string `json:"organization"`
	Team            string `json:"team"`
	Project         string `json:"project"`
	Environment     string `json:"environment"`
	Permission      string `json:"permission"`
	MaxOpenDuration string `json:"maxOpenDuration,omitempty"`
}

// permissionBody is the wire form of a team's permission on an environment.
type permissionBody struct {
	EnvName         string `json:"envName"`
	ProjectName     string `json:"projectName"`
	Permission      string `json:"permission,omitempty"`
	MaxOpenDuration string `json:"maxOpenDuration,omitempty"`
}

// permissionPatch is one change of a team.
type permissionPatch struct {
	Add    *permissionBody `json:"addEnvironmentPermission,omitempty"`
	Remove *permissionBody `json:"removeEnvironment,omitempty"`
}

func (c *cloud) teamEnvironmentPermission() standin.Resource {
	return standin.Resource{
		Check: checkPermission, Create: c.createPermission, Read: c.readPermission, Delete: c.deletePermission,
		DeleteBeforeReplace: true,
	}
}

// checkPermission formats maxOpenDuration like Go, and drops an empty one.
func checkPermission(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	value, set := req.Inputs.GetOk("maxOpenDuration")
	if !set || !value.IsString() {
		return req.Inputs, nil, nil
	}
	if value.AsString() == "" {
		return req.Inputs.Delete("maxOpenDuration"), nil, nil
	}
	duration, err := time.ParseDuration(value.AsString())
	if err != nil {
		return req.Inputs, []p.CheckFailure{{
			Property: "maxOpenDuration", Reason: fmt.Sprintf("malformed duration: %v", err),
		}}, nil
	}
	return req.Inputs.Set("maxOpenDuration", property.WithGoValue(value, duration.String())), nil, nil
}

func (c *cloud) patchTeam(ctx context.Context, organization, team string, patch any) error {
	_, _, err := c.client.do(ctx, call{
		method: http.MethodPatch, path: []string{"orgs", organization, "teams", team}, json: patch,
	}, nil)
	return err
}

func (c *cloud) createPermission(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state permissionState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	err := c.patchTeam(ctx, state.Organization, state.Team, permissionPatch{Add: &permissionBody{
		state.Environment, state.Project, state.Permission, state.MaxOpenDuration,
	}})
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error granting team environment permission: %w", err)
	}
	id := fmt.Sprintf("%s/%s/%s+%s", state.Organization, state.Team, state.Project, state.Environment)
	return p.CreateResponse{ID: id, Properties: req.Properties}, nil
}

// parsePermissionID reads organization/team/project+environment. The default project is "default".
func parsePermissionID(id string) (permissionState, error) {
	parts := strings.Split(id, "/")
	if len(parts) != 3 {
		return permissionState{}, fmt.Errorf("invalid id %q, expected 3 parts", id)
	}
	project, environment, both := strings.Cut(parts[2], "+")
	if !both {
		project, environment = "default", parts[2]
	}
	return permissionState{Organization: parts[0], Team: parts[1], Project: project, Environment: environment}, nil
}

// readPermission fails if the team does not exist. It drops the resource if the team has no such permission.
func (c *cloud) readPermission(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	state, err := parsePermissionID(req.ID)
	if err != nil {
		return p.ReadResponse{}, err
	}
	var team struct {
		Environments []permissionBody `json:"environments"`
	}
	_, _, err = c.client.do(ctx, call{
		method: http.MethodGet, path: []string{"orgs", state.Organization, "teams", state.Team},
	}, &team)
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("failed to get team environment permission: %w", err)
	}
	for _, found := range team.Environments {
		if found.EnvName == state.Environment && found.ProjectName == state.Project {
			state.Permission, state.MaxOpenDuration = found.Permission, found.MaxOpenDuration
			properties, err := standin.Encode(state)
			return p.ReadResponse{ID: req.ID, Inputs: properties, Properties: properties}, err
		}
	}
	return p.ReadResponse{}, nil
}

func (c *cloud) deletePermission(ctx context.Context, req p.DeleteRequest) error {
	var state permissionState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return err
	}
	err := c.patchTeam(ctx, state.Organization, state.Team, permissionPatch{Remove: &permissionBody{
		EnvName: state.Environment, ProjectName: state.Project,
	}})
	if err != nil {
		return fmt.Errorf("failed to remove permissions for environment %s: %w", state.Environment, err)
	}
	return nil
}
