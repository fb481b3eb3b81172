package github

import (
	"context"
	"fmt"
	"net/http"
	"sort"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// repositoriesBody lists the repositories that may use an organization's secret.
type repositoriesBody struct {
	IDs []int64 `json:"selected_repository_ids"`
}

func (a *account) repositories(service string) standin.Resource {
	path := func(name string) string {
		return fmt.Sprintf("orgs/%s/%s/secrets/%s/repositories", a.owner, service, name)
	}
	put := func(ctx context.Context, inputs property.Map) (string, error) {
		var state secretState
		if err := standin.Decode(inputs, &state); err != nil {
			return "", err
		}
		name := standin.Text(inputs, "secretName")
		if err := a.do(ctx, http.MethodPut, path(name), repositoriesBody{state.SelectedRepositoryIDs}, nil); err != nil {
			return "", fmt.Errorf("selecting repositories of secret %s: %w", name, err)
		}
		return name, nil
	}
	return standin.Resource{
		Create: func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
			name, err := put(ctx, req.Properties)
			return p.CreateResponse{ID: name, Properties: req.Properties}, err
		},
		Update: func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
			_, err := put(ctx, req.Inputs)
			return p.UpdateResponse{Properties: req.Inputs}, err
		},
		Read: func(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
			return a.readRepositories(ctx, path(req.ID), req.ID)
		},
		Delete: func(ctx context.Context, req p.DeleteRequest) error {
			if err := a.do(ctx, http.MethodPut, path(req.ID), repositoriesBody{[]int64{}}, nil); err != nil {
				return fmt.Errorf("deselecting repositories of secret %s: %w", req.ID, err)
			}
			return nil
		},
	}
}

func (a *account) readRepositories(ctx context.Context, path, name string) (p.ReadResponse, error) {
	var found struct {
		Repositories []struct {
			ID int64 `json:"id"`
		} `json:"repositories"`
	}
	err := a.do(ctx, http.MethodGet, path+"?per_page=100", nil, &found)
	if isNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("reading repositories of secret %s: %w", name, err)
	}
	sort.Slice(found.Repositories, func(i, j int) bool { return found.Repositories[i].ID < found.Repositories[j].ID })
	ids := []property.Value{}
	for _, repository := range found.Repositories {
		ids = append(ids, property.New(float64(repository.ID)))
	}
	m := property.NewMap(map[string]property.Value{
		"secretName": property.New(name), "selectedRepositoryIds": property.New(ids),
	})
	return p.ReadResponse{ID: name, Inputs: m, Properties: m}, nil
}
