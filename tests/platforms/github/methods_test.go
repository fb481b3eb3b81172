package github

import (
	"context"
	"testing"

	"github.com/google/go-github/v74/github"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type (
	keyFunc  = func(context.Context, string, string) (*github.PublicKey, *github.Response, error)
	putFunc  = func(context.Context, string, string, *github.EncryptedSecret) (*github.Response, error)
	getFunc  = func(context.Context, string, string, string) (*github.Secret, *github.Response, error)
	listFunc = func(context.Context, string, string, *github.ListOptions) (*github.Secrets, *github.Response, error)
	dropFunc = func(context.Context, string, string, string) (*github.Response, error)
)

// forDependabot adapts Dependabot's methods, which have their own type for the same body.
func forDependabot(
	put func(context.Context, string, string, *github.DependabotEncryptedSecret) (*github.Response, error),
) putFunc {
	return func(ctx context.Context, owner, repository string, s *github.EncryptedSecret) (*github.Response, error) {
		return put(ctx, owner, repository, &github.DependabotEncryptedSecret{
			Name: s.Name, KeyID: s.KeyID, EncryptedValue: s.EncryptedValue, Visibility: s.Visibility,
			SelectedRepositoryIDs: github.DependabotSecretsSelectedRepoIDs(s.SelectedRepositoryIDs),
		})
	}
}

func repositoryScope(application string, key keyFunc, put putFunc, get getFunc, list listFunc, remove dropFunc) scope {
	return scope{
		identity: "githubSecrets/" + application + "/app",
		key: func(t *testing.T) *github.PublicKey {
			return must[*github.PublicKey](t)(key(t.Context(), "acme", "app"))
		},
		put: func(t *testing.T, name, keyID, sealed string) (*github.Response, error) {
			return put(t.Context(), "acme", "app",
				&github.EncryptedSecret{Name: name, KeyID: keyID, EncryptedValue: sealed})
		},
		get: func(t *testing.T, name string) *github.Secret {
			return must[*github.Secret](t)(get(t.Context(), "acme", "app", name))
		},
		list: func(t *testing.T, opts *github.ListOptions) (*github.Secrets, *github.Response) {
			return listed(t)(list(t.Context(), "acme", "app", opts))
		},
		remove: func(t *testing.T, name string) {
			response, err := remove(t.Context(), "acme", "app", name)
			done(t, response, err)
		},
	}
}

// organization contains the official client's methods for one application of an organization.
type organization struct {
	application string
	key         func(context.Context, string) (*github.PublicKey, *github.Response, error)
	put         putFunc
	get         func(context.Context, string, string) (*github.Secret, *github.Response, error)
	list        func(context.Context, string, *github.ListOptions) (*github.Secrets, *github.Response, error)
	remove      func(context.Context, string, string) (*github.Response, error)
	selected    func(
		context.Context, string, string, *github.ListOptions,
	) (*github.SelectedReposList, *github.Response, error)
	set       func(context.Context, string, string, github.SelectedRepoIDs) (*github.Response, error)
	add, drop func(context.Context, string, string, *github.Repository) (*github.Response, error)
}

func organizationScopes(c *github.Client) []scope {
	set := c.Dependabot.SetSelectedReposForOrgSecret
	put := c.Dependabot.CreateOrUpdateOrgSecret
	all := []organization{
		{
			"actions", c.Actions.GetOrgPublicKey, ofOrganization(c.Actions.CreateOrUpdateOrgSecret),
			c.Actions.GetOrgSecret, c.Actions.ListOrgSecrets, c.Actions.DeleteOrgSecret,
			c.Actions.ListSelectedReposForOrgSecret, c.Actions.SetSelectedReposForOrgSecret,
			c.Actions.AddSelectedRepoToOrgSecret, c.Actions.RemoveSelectedRepoFromOrgSecret,
		},
		{
			"codespaces", c.Codespaces.GetOrgPublicKey, ofOrganization(c.Codespaces.CreateOrUpdateOrgSecret),
			c.Codespaces.GetOrgSecret, c.Codespaces.ListOrgSecrets, c.Codespaces.DeleteOrgSecret,
			c.Codespaces.ListSelectedReposForOrgSecret, c.Codespaces.SetSelectedReposForOrgSecret,
			c.Codespaces.AddSelectedRepoToOrgSecret, c.Codespaces.RemoveSelectedRepoFromOrgSecret,
		},
		{
			"dependabot",
			c.Dependabot.GetOrgPublicKey,
			forDependabot(
				func(ctx context.Context, org, _ string, s *github.DependabotEncryptedSecret) (*github.Response, error) {
					return put(ctx, org, s)
				},
			),
			c.Dependabot.GetOrgSecret,
			c.Dependabot.ListOrgSecrets,
			c.Dependabot.DeleteOrgSecret,
			c.Dependabot.ListSelectedReposForOrgSecret,
			func(ctx context.Context, org, name string, ids github.SelectedRepoIDs) (*github.Response, error) {
				return set(ctx, org, name, github.DependabotSecretsSelectedRepoIDs(ids))
			},
			c.Dependabot.AddSelectedRepoToOrgSecret,
			c.Dependabot.RemoveSelectedRepoFromOrgSecret,
		},
	}
	result := make([]scope, len(all))
	for i, o := range all {
		result[i] = o.scope()
	}
	return result
}

func ofOrganization(put func(context.Context, string, *github.EncryptedSecret) (*github.Response, error)) putFunc {
	return func(ctx context.Context, org, _ string, s *github.EncryptedSecret) (*github.Response, error) {
		return put(ctx, org, s)
	}
}

func (o organization) scope() scope {
	return scope{
		identity: "githubSecrets/" + o.application,
		key: func(t *testing.T) *github.PublicKey {
			return must[*github.PublicKey](t)(o.key(t.Context(), "acme"))
		},
		put: func(t *testing.T, name, keyID, sealed string) (*github.Response, error) {
			return o.put(t.Context(), "acme", "",
				&github.EncryptedSecret{Name: name, KeyID: keyID, EncryptedValue: sealed, Visibility: "private"})
		},
		get: func(t *testing.T, name string) *github.Secret {
			secret := must[*github.Secret](t)(o.get(t.Context(), "acme", name))
			assert.Equal(t, "private", secret.Visibility)
			return secret
		},
		list: func(t *testing.T, opts *github.ListOptions) (*github.Secrets, *github.Response) {
			return listed(t)(o.list(t.Context(), "acme", opts))
		},
		remove: func(t *testing.T, name string) {
			response, err := o.remove(t.Context(), "acme", name)
			done(t, response, err)
		},
		selected: o.selection,
	}
}

func (o organization) selection(t *testing.T, name string) {
	t.Helper()
	key := must[*github.PublicKey](t)(o.key(t.Context(), "acme"))
	sealed, err := Seal(key, "value")
	require.NoError(t, err)
	put := func(ids ...int64) {
		response, err := o.put(t.Context(), "acme", "", &github.EncryptedSecret{
			Name: name, KeyID: key.GetKeyID(), EncryptedValue: sealed, Visibility: "selected", SelectedRepositoryIDs: ids,
		})
		done(t, response, err)
	}
	names := func() []string {
		list := must[*github.SelectedReposList](t)(o.selected(t.Context(), "acme", name, nil))
		var names []string
		for _, r := range list.Repositories {
			names = append(names, r.GetName())
		}
		return names
	}
	put(1)
	assert.Equal(t, []string{"app"}, names())
	response, err := o.set(t.Context(), "acme", name, github.SelectedRepoIDs{2})
	done(t, response, err)
	assert.Equal(t, []string{"web"}, names())
	one := int64(1)
	response, err = o.add(t.Context(), "acme", name, &github.Repository{ID: &one})
	done(t, response, err)
	assert.Equal(t, []string{"app", "web"}, names())
	response, err = o.drop(t.Context(), "acme", name, &github.Repository{ID: &one})
	done(t, response, err)
	assert.Equal(t, []string{"web"}, names())
	put()
	assert.Empty(t, names(), "without ids the selection is cleared, as on GitHub")
}
