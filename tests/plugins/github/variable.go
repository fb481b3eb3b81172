package github

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/go-github/v74/github"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// variable is a variable of a repository, an environment or an organization. A changed value is an update. So is a
// changed repository, and the update then finds nothing. GitHub refuses to create a variable that exists. A changed
// visibility is a replacement: the new variable is created first, and refused.
func (a *account) variable(s scope) standin.Resource {
	write := func(ctx context.Context, method string, inputs property.Map) (location, property.Map, error) {
		where := locationOf("actions", s, inputs)
		where.name = standin.Text(inputs, "variableName")
		path, err := a.variables(ctx, where)
		if err != nil {
			return where, property.Map{}, err
		}
		to := path
		if method == http.MethodPatch {
			to += "/" + where.name
		}
		body := github.ActionsVariable{Name: where.name, Value: standin.Text(inputs, "value")}
		if s == scopeOrganization {
			var given secretState
			if err := standin.Decode(inputs, &given); err != nil {
				return where, property.Map{}, err
			}
			ids := append(github.SelectedRepoIDs{}, given.SelectedRepositoryIDs...)
			body.Visibility, body.SelectedRepositoryIDs = &given.Visibility, &ids
		}
		if err := a.do(ctx, method, to, body, nil); err != nil {
			return where, property.Map{}, fmt.Errorf("writing variable %s: %w", where.name, err)
		}
		_, state, err := a.readVariable(ctx, where)
		return where, state, err
	}
	return standin.Resource{
		Create: func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
			where, state, err := write(ctx, http.MethodPost, req.Properties)
			return p.CreateResponse{ID: where.id(), Properties: state}, err
		},
		Update: func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
			_, state, err := write(ctx, http.MethodPatch, req.Inputs)
			return p.UpdateResponse{Properties: state}, err
		},
		Read: func(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
			where, err := parseID("actions", s, req.ID)
			if err != nil {
				return p.ReadResponse{}, err
			}
			inputs, state, err := a.readVariable(ctx, where)
			if isNotFound(err) {
				return p.ReadResponse{}, nil
			}
			return p.ReadResponse{ID: where.id(), Inputs: inputs, Properties: state}, err
		},
		Delete: func(ctx context.Context, req p.DeleteRequest) error {
			where, err := parseID("actions", s, req.ID)
			if err != nil {
				return err
			}
			path, err := a.variables(ctx, where)
			if err != nil {
				return err
			}
			if err := a.do(ctx, http.MethodDelete, path+"/"+where.name, nil, nil); err != nil {
				return fmt.Errorf("deleting variable %s: %w", where.name, err)
			}
			return nil
		},
	}
}

// variables returns the path of the location's collection of variables.
func (a *account) variables(ctx context.Context, where location) (string, error) {
	path, err := a.secrets(ctx, where)
	return strings.TrimSuffix(path, "secrets") + "variables", err
}

func (a *account) readVariable(ctx context.Context, where location) (inputs, state property.Map, err error) {
	path, err := a.variables(ctx, where)
	if err != nil {
		return inputs, state, err
	}
	var found github.ActionsVariable
	if err := a.do(ctx, http.MethodGet, path+"/"+where.name, nil, &found); err != nil {
		return inputs, state, fmt.Errorf("reading variable %s: %w", where.name, err)
	}
	inputs = where.inputs().Delete("secretName").
		Set("variableName", property.New(found.Name)).Set("value", property.New(found.Value))
	if where.scope == scopeOrganization {
		inputs = inputs.Set("visibility", property.New(found.GetVisibility()))
	}
	if found.GetVisibility() == "selected" {
		var list github.SelectedReposList
		if err := a.do(ctx, http.MethodGet, path+"/"+where.name+"/repositories?per_page=100", nil, &list); err != nil {
			return inputs, state, fmt.Errorf("reading the repositories of variable %s: %w", where.name, err)
		}
		ids := []property.Value{}
		for _, repository := range list.Repositories {
			ids = append(ids, property.New(float64(repository.GetID())))
		}
		inputs = inputs.Set("selectedRepositoryIds", property.New(ids))
	}
	return inputs, inputs.Set("createdAt", property.New(found.CreatedAt.String())).
		Set("updatedAt", property.New(found.UpdatedAt.String())), nil
}

// listVariables returns the function that lists the variables of a scope.
func (a *account) listVariables(s scope) standin.Function {
	return func(ctx context.Context, args property.Map) (property.Map, error) {
		repository := standin.Text(args, "name")
		if repository == "" && s != scopeOrganization {
			return property.Map{}, fmt.Errorf("the stand-in lists by name only")
		}
		path, err := a.variables(ctx, location{
			service: "actions", scope: s, repository: repository, environment: standin.Text(args, "environment"),
		})
		if err != nil {
			return property.Map{}, err
		}
		items := []property.Value{}
		for page := 1; page != 0; {
			req, err := a.client.NewRequest(http.MethodGet, fmt.Sprintf("%s?per_page=100&page=%d", path, page), nil)
			if err != nil {
				return property.Map{}, fmt.Errorf("building the request: %w", err)
			}
			var found github.ActionsVariables
			response, err := a.client.Do(ctx, req, &found)
			if err != nil {
				return property.Map{}, fmt.Errorf("listing variables: %w", err)
			}
			for _, v := range found.Variables {
				item := property.NewMap(map[string]property.Value{
					"name": property.New(v.Name), "value": property.New(v.Value),
					"createdAt": property.New(v.CreatedAt.String()), "updatedAt": property.New(v.UpdatedAt.String()),
				})
				if s == scopeOrganization {
					item = item.Set("visibility", property.New(v.GetVisibility()))
				}
				items = append(items, property.New(item))
			}
			page = response.NextPage
		}
		if s == scopeOrganization {
			return args.Set("id", property.New(a.owner)).Set("variables", property.New(items)), nil
		}
		return args.Set("id", property.New(repository)).Set("fullName", property.New(a.owner+"/"+repository)).
			Set("variables", property.New(items)), nil
	}
}
