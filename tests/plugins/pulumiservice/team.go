package pulumiservice

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// teamState is the state of a Team, which equals its inputs.
type teamState struct {
	Organization string   `json:"organizationName"`
	Type         string   `json:"teamType"`
	Name         string   `json:"name,omitempty"`
	DisplayName  string   `json:"displayName,omitempty"`
	Description  string   `json:"description,omitempty"`
	GitHubTeamID float64  `json:"githubTeamId,omitempty"`
	Members      []string `json:"members"`
}

// teamBody creates a team.
type teamBody struct {
	Organization string  `json:"organization"`
	TeamType     string  `json:"teamType"`
	Name         string  `json:"name"`
	DisplayName  string  `json:"displayName"`
	Description  string  `json:"description"`
	GitHubTeamID float64 `json:"githubTeamID,omitempty"`
}

// memberPatch adds or removes a member.
type memberPatch struct {
	Action string `json:"memberAction"`
	Member string `json:"member"`
}

// describePatch renames and describes a team.
type describePatch struct {
	DisplayName string `json:"newDisplayName"`
	Description string `json:"newDescription"`
}

func (c *cloud) team() standin.Resource {
	return standin.Resource{
		Check: checkTeam, Create: c.createTeam, Read: c.readTeam, Update: c.updateTeam, Delete: c.deleteTeam,
	}
}

// checkTeam sets the default display name and sorts the members.
func checkTeam(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs
	var failures []p.CheckFailure
	kind := standin.Text(inputs, "teamType")
	if kind != "pulumi" && kind != "github" && !inputs.Get("teamType").IsComputed() {
		failures = append(failures, p.CheckFailure{
			Property: "type", Reason: fmt.Sprintf("found %q instead of 'pulumi' or 'github'", kind),
		})
	}
	for wanted, key := range map[string]string{"github": "githubTeamId", "pulumi": "name"} {
		if _, ok := inputs.GetOk(key); !ok && kind == wanted {
			failures = append(failures, p.CheckFailure{
				Property: key, Reason: fmt.Sprintf("teams with teamType '%s' require a %s", kind, key),
			})
		}
	}
	if name, named := inputs.GetOk("name"); named && inputs.Get("displayName").IsNull() {
		inputs = inputs.Set("displayName", name)
	}
	if members := inputs.Get("members"); members.IsNull() {
		inputs = inputs.Set("members", property.New([]property.Value{}))
	} else if members.IsArray() && !members.HasComputed() {
		sorted := members.AsArray().AsSlice()
		slices.SortFunc(sorted, func(a, b property.Value) int { return strings.Compare(a.AsString(), b.AsString()) })
		inputs = inputs.Set("members", property.WithGoValue(members, property.NewArray(sorted)))
	}
	return inputs, failures, nil
}

func (c *cloud) createTeam(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state teamState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	var answer teamState
	_, _, err := c.client.do(ctx, call{
		method: http.MethodPost, path: []string{"orgs", state.Organization, "teams", state.Type},
		json: teamBody{
			state.Organization, state.Type, state.Name, state.DisplayName, state.Description, state.GitHubTeamID,
		},
	}, &struct{ Name *string }{&answer.Name})
	if err != nil {
		return p.CreateResponse{}, fmt.Errorf("error creating team '%s': %w", state.Name, err)
	}
	for _, member := range state.Members {
		if err := c.patchTeam(ctx, state.Organization, state.Name, memberPatch{"add", member}); err != nil {
			return p.CreateResponse{}, fmt.Errorf("failed to add %s to team: %w", member, err)
		}
	}
	return p.CreateResponse{
		ID: state.Organization + "/" + answer.Name, Properties: req.Properties.Set("name", property.New(answer.Name)),
	}, nil
}

func (c *cloud) readTeam(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	organization, name, ok := strings.Cut(req.ID, "/")
	if !ok {
		return p.ReadResponse{}, fmt.Errorf("%q is invalid, must contain a single slash ('/')", req.ID)
	}
	var answer struct {
		Kind, Name, DisplayName, Description string
		Members                              []struct{ GithubLogin string }
	}
	_, _, err := c.client.do(ctx, call{
		method: http.MethodGet, path: []string{"orgs", organization, "teams", name},
	}, &answer)
	if isNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("failed to read Team (%q): %w", req.ID, err)
	}
	state := teamState{
		Organization: organization, Type: answer.Kind, Name: answer.Name, DisplayName: answer.DisplayName,
		Description: answer.Description, Members: []string{},
	}
	for _, member := range answer.Members {
		state.Members = append(state.Members, member.GithubLogin)
	}
	slices.Sort(state.Members)
	properties, err := standin.Encode(state)
	if id, ok := req.Inputs.GetOk("githubTeamId"); ok {
		properties = properties.Set("githubTeamId", id)
	}
	return p.ReadResponse{ID: req.ID, Inputs: properties, Properties: properties}, err
}

func (c *cloud) updateTeam(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var old, state teamState
	if err := standin.Decode(req.State, &old); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	patches := []any{describePatch{state.DisplayName, state.Description}}
	for _, member := range old.Members {
		if !slices.Contains(state.Members, member) {
			patches = append(patches, memberPatch{"remove", member})
		}
	}
	for _, member := range state.Members {
		if !slices.Contains(old.Members, member) {
			patches = append(patches, memberPatch{"add", member})
		}
	}
	for _, patch := range patches {
		if err := c.patchTeam(ctx, state.Organization, old.Name, patch); err != nil {
			return p.UpdateResponse{}, fmt.Errorf("failed to update team: %w", err)
		}
	}
	return p.UpdateResponse{Properties: req.Inputs.Set("name", property.New(old.Name))}, nil
}

func (c *cloud) deleteTeam(ctx context.Context, req p.DeleteRequest) error {
	path := []string{
		"orgs",
		standin.Text(req.Properties, "organizationName"),
		"teams",
		standin.Text(req.Properties, "name"),
	}
	_, _, err := c.client.do(ctx, call{method: http.MethodDelete, path: path}, nil)
	if err != nil {
		return fmt.Errorf("failed to delete team: %w", err)
	}
	return nil
}
