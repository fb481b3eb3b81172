package github

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-github/v74/github"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// variableScope is one of the three kinds of location of variables, with the official client's methods for it.
type variableScope struct {
	identity string
	// new returns a variable that the location accepts.
	new            func(name, value string) *github.ActionsVariable
	create, update func(ctx context.Context, v *github.ActionsVariable) (*github.Response, error)
	get            func(ctx context.Context, name string) (*github.ActionsVariable, *github.Response, error)
	list           func(ctx context.Context, opts *github.ListOptions) (*github.ActionsVariables, *github.Response, error)
	remove         func(ctx context.Context, name string) (*github.Response, error)
	most           int
}

func variableScopes(c *github.Client) []variableScope {
	plain := func(name, value string) *github.ActionsVariable {
		return &github.ActionsVariable{Name: name, Value: value}
	}
	repository := func(
		write func(context.Context, string, string, *github.ActionsVariable) (*github.Response, error),
	) func(context.Context, *github.ActionsVariable) (*github.Response, error) {
		return func(ctx context.Context, v *github.ActionsVariable) (*github.Response, error) {
			return write(ctx, "acme", "app", v)
		}
	}
	environment := func(
		write func(context.Context, string, string, string, *github.ActionsVariable) (*github.Response, error),
	) func(context.Context, *github.ActionsVariable) (*github.Response, error) {
		return func(ctx context.Context, v *github.ActionsVariable) (*github.Response, error) {
			return write(ctx, "acme", "app", "production", v)
		}
	}
	organization := func(write func(context.Context, string, *github.ActionsVariable) (*github.Response, error)) func(
		context.Context, *github.ActionsVariable) (*github.Response, error) {
		return func(ctx context.Context, v *github.ActionsVariable) (*github.Response, error) {
			return write(ctx, "acme", v)
		}
	}
	a := c.Actions
	return []variableScope{
		{
			"githubVariables/app", plain, repository(a.CreateRepoVariable), repository(a.UpdateRepoVariable),
			func(ctx context.Context, name string) (*github.ActionsVariable, *github.Response, error) {
				return a.GetRepoVariable(ctx, "acme", "app", name)
			},
			func(ctx context.Context, opts *github.ListOptions) (*github.ActionsVariables, *github.Response, error) {
				return a.ListRepoVariables(ctx, "acme", "app", opts)
			},
			func(ctx context.Context, name string) (*github.Response, error) {
				return a.DeleteRepoVariable(ctx, "acme", "app", name)
			}, 500,
		},
		{
			"githubVariables/app/production", plain, environment(a.CreateEnvVariable), environment(a.UpdateEnvVariable),
			func(ctx context.Context, name string) (*github.ActionsVariable, *github.Response, error) {
				return a.GetEnvVariable(ctx, "acme", "app", "production", name)
			},
			func(ctx context.Context, opts *github.ListOptions) (*github.ActionsVariables, *github.Response, error) {
				return a.ListEnvVariables(ctx, "acme", "app", "production", opts)
			},
			func(ctx context.Context, name string) (*github.Response, error) {
				return a.DeleteEnvVariable(ctx, "acme", "app", "production", name)
			}, 100,
		},
		{
			"githubVariables", func(name, value string) *github.ActionsVariable {
				visibility := "selected"
				return &github.ActionsVariable{
					Name: name, Value: value, Visibility: &visibility, SelectedRepositoryIDs: &github.SelectedRepoIDs{2},
				}
			},
			organization(a.CreateOrgVariable), organization(a.UpdateOrgVariable),
			func(ctx context.Context, name string) (*github.ActionsVariable, *github.Response, error) {
				return a.GetOrgVariable(ctx, "acme", name)
			},
			func(ctx context.Context, opts *github.ListOptions) (*github.ActionsVariables, *github.Response, error) {
				return a.ListOrgVariables(ctx, "acme", opts)
			},
			func(ctx context.Context, name string) (*github.Response, error) {
				return a.DeleteOrgVariable(ctx, "acme", name)
			}, 1000,
		},
	}
}

// The official client's requests, and the answers, match GitHub's description.
func TestVariablesOfEveryScope(t *testing.T) {
	t.Parallel()
	c := loadContract(t)
	s, client := start(t, Options{Middleware: c.middleware})
	for _, scope := range variableScopes(client) {
		t.Run(scope.identity, func(t *testing.T) {
			response, err := scope.create(t.Context(), scope.new("db_Host", "one"))
			done(t, response, err)
			assert.Equal(t, http.StatusCreated, response.StatusCode)
			response, err = scope.update(t.Context(), scope.new("DB_HOST", "päss"))
			done(t, response, err)
			assert.Equal(t, http.StatusNoContent, response.StatusCode)
			assert.Equal(t, "päss", must[*github.ActionsVariable](t)(scope.get(t.Context(), "db_host")).Value)
			assert.Equal(t, 1, must[*github.ActionsVariables](t)(scope.list(t.Context(), nil)).TotalCount)
			values, err := s.Secrets(t.Context())
			require.NoError(t, err)
			assert.Equal(t, map[string]string{scope.identity + "/DB_HOST": "päss"}, values)
			if scope.identity == VariablesName {
				list := must[*github.SelectedReposList](t)(
					client.Actions.ListSelectedReposForOrgVariable(t.Context(), "acme", "DB_HOST", nil))
				require.Len(t, list.Repositories, 1)
				assert.Equal(t, "web", list.Repositories[0].GetName())
			}
			response, err = scope.remove(t.Context(), "DB_HOST")
			done(t, response, err)
		})
	}
	assert.Empty(t, c.problems)
	assert.Len(t, c.operations, 3*5+1, "3 places with 5 operations each, and the selection of an organization's")
}

func TestVariablesThatGitHubRefuses(t *testing.T) {
	t.Parallel()
	s, client := start(t, Options{})
	for _, scope := range variableScopes(client) {
		t.Run(scope.identity, func(t *testing.T) {
			refused := map[string]*github.ActionsVariable{
				"a digit first": scope.new("1KEY", "v"), "a dash": scope.new("A-KEY", "v"),
				"a reserved name": scope.new("github_token", "v"), "an empty value": scope.new("KEY", ""),
				"a large value": scope.new("KEY", strings.Repeat("x", maxValue+1)),
				"a visibility":  scope.new("KEY", "v"), "repositories": scope.new("KEY", "v"),
			}
			other := "other"
			refused["a visibility"].Visibility = &other
			refused["repositories"].SelectedRepositoryIDs = &github.SelectedRepoIDs{99}
			for name, v := range refused {
				_, err := scope.create(t.Context(), v)
				require.Error(t, err, name)
				assertStatus(t, http.StatusUnprocessableEntity, err)
			}
			require.NoError(t, s.Put(t.Context(), scope.identity+"/KEY_0", "first"))
			_, err := scope.create(t.Context(), scope.new("key_0", "second"))
			assertStatus(t, http.StatusConflict, err)
			_, err = scope.update(t.Context(), scope.new("ABSENT", "v"))
			assertStatus(t, http.StatusNotFound, err)
			_, err = scope.remove(t.Context(), "ABSENT")
			assertStatus(t, http.StatusNotFound, err)
			for i := range scope.most {
				require.NoError(t, s.Put(t.Context(), fmt.Sprintf("%s/KEY_%d", scope.identity, i), "value"))
			}
			assertStatus(t, http.StatusUnprocessableEntity, s.Put(t.Context(), scope.identity+"/MORE", "value"))
			require.NoError(t, s.Put(t.Context(), scope.identity+"/KEY_1", "changed"))
			require.NoError(t, s.Delete(t.Context(), scope.identity+"/KEY_1"))
		})
	}
}
