package github

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/go-github/v74/github"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// list returns the function that lists the names of a scope's secrets. It cannot return their values.
func (a *account) list(service string, s scope) standin.Function {
	return func(ctx context.Context, args property.Map) (property.Map, error) {
		where := location{service: service, scope: s, environment: standin.Text(args, "environment")}
		results, id := args, a.owner
		if s != scopeOrganization {
			owner, repository := a.owner, standin.Text(args, "name")
			if full := standin.Text(args, "fullName"); full != "" {
				var ok bool
				if owner, repository, ok = strings.Cut(full, "/"); !ok || owner != a.owner {
					return property.Map{}, fmt.Errorf("the stand-in has no repositories but those of %s: %q", a.owner, full)
				}
			}
			if repository == "" {
				return property.Map{}, fmt.Errorf("one of full_name or name has to be provided")
			}
			where.repository = repository
			id = repository
			results = results.Set("name", property.New(repository)).Set("fullName", property.New(owner+"/"+repository))
		}
		path, err := a.secrets(ctx, where)
		if err != nil {
			return property.Map{}, err
		}
		secrets, err := a.all(ctx, path)
		if err != nil {
			return property.Map{}, err
		}
		items := []property.Value{}
		for _, secret := range secrets {
			items = append(items, listed(secret, s))
		}
		return results.Set("id", property.New(id)).Set("secrets", property.New(items)), nil
	}
}

func listed(secret *github.Secret, s scope) property.Value {
	item := withTimes(property.NewMap(map[string]property.Value{"name": property.New(secret.Name)}), secret)
	if s == scopeOrganization {
		item = item.Set("visibility", property.New(secret.Visibility))
	}
	return property.New(item)
}

// all reads all pages of a collection of secrets.
func (a *account) all(ctx context.Context, path string) ([]*github.Secret, error) {
	var all []*github.Secret
	for page := 1; ; {
		req, err := a.client.NewRequest(http.MethodGet, fmt.Sprintf("%s?per_page=100&page=%d", path, page), nil)
		if err != nil {
			return nil, fmt.Errorf("building the request: %w", err)
		}
		var found github.Secrets
		response, err := a.client.Do(ctx, req, &found)
		if err != nil {
			return nil, fmt.Errorf("listing secrets: %w", err)
		}
		all = append(all, found.Secrets...)
		if response.NextPage == 0 {
			return all, nil
		}
		page = response.NextPage
	}
}
