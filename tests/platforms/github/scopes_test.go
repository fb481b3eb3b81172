package github

import (
	"testing"

	"github.com/google/go-github/v74/github"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// start starts a server with its official client.
func start(t *testing.T, opts Options) (*Server, *github.Client) {
	t.Helper()
	s, err := Start(t.Context(), opts)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	client, err := s.Client(Token)
	require.NoError(t, err)
	return s, client
}

// scope is one of the seven kinds of location of secrets, with the official client's methods for it.
type scope struct {
	identity string
	key      func(t *testing.T) *github.PublicKey
	put      func(t *testing.T, name, keyID, sealed string) (*github.Response, error)
	get      func(t *testing.T, name string) *github.Secret
	list     func(t *testing.T, opts *github.ListOptions) (*github.Secrets, *github.Response)
	remove   func(t *testing.T, name string)
	// selected tests the selection of repositories. Organizations only.
	selected func(t *testing.T, name string)
}

// write seals a value and puts it.
func (s scope) write(t *testing.T, name, value string) {
	t.Helper()
	key := s.key(t)
	sealed, err := Seal(key, value)
	require.NoError(t, err)
	_, err = s.put(t, name, key.GetKeyID(), sealed)
	require.NoError(t, err)
}

func must[T any](t *testing.T) func(value T, _ *github.Response, err error) T {
	return func(value T, _ *github.Response, err error) T {
		t.Helper()
		require.NoError(t, err)
		return value
	}
}

func listed(t *testing.T) func(*github.Secrets, *github.Response, error) (*github.Secrets, *github.Response) {
	return func(secrets *github.Secrets, response *github.Response, err error) (*github.Secrets, *github.Response) {
		t.Helper()
		require.NoError(t, err)
		return secrets, response
	}
}

func done(t *testing.T, _ *github.Response, err error) {
	t.Helper()
	require.NoError(t, err)
}

func scopes(s *Server, c *github.Client) []scope {
	repositoryID := int(s.RepositoryID("app"))
	return append(organizationScopes(c),
		scope{
			identity: "githubSecrets/actions/app/production",
			key: func(t *testing.T) *github.PublicKey {
				return must[*github.PublicKey](t)(c.Actions.GetEnvPublicKey(t.Context(), repositoryID, "production"))
			},
			put: func(t *testing.T, name, keyID, sealed string) (*github.Response, error) {
				return c.Actions.CreateOrUpdateEnvSecret(t.Context(), repositoryID, "production",
					&github.EncryptedSecret{Name: name, KeyID: keyID, EncryptedValue: sealed})
			},
			get: func(t *testing.T, name string) *github.Secret {
				return must[*github.Secret](t)(c.Actions.GetEnvSecret(t.Context(), repositoryID, "production", name))
			},
			list: func(t *testing.T, opts *github.ListOptions) (*github.Secrets, *github.Response) {
				return listed(t)(c.Actions.ListEnvSecrets(t.Context(), repositoryID, "production", opts))
			},
			remove: func(t *testing.T, name string) {
				response, err := c.Actions.DeleteEnvSecret(t.Context(), repositoryID, "production", name)
				done(t, response, err)
			},
		},
		repositoryScope("actions", c.Actions.GetRepoPublicKey, c.Actions.CreateOrUpdateRepoSecret, c.Actions.GetRepoSecret,
			c.Actions.ListRepoSecrets, c.Actions.DeleteRepoSecret),
		repositoryScope("codespaces", c.Codespaces.GetRepoPublicKey, c.Codespaces.CreateOrUpdateRepoSecret,
			c.Codespaces.GetRepoSecret, c.Codespaces.ListRepoSecrets, c.Codespaces.DeleteRepoSecret),
		repositoryScope("dependabot", c.Dependabot.GetRepoPublicKey, forDependabot(c.Dependabot.CreateOrUpdateRepoSecret),
			c.Dependabot.GetRepoSecret, c.Dependabot.ListRepoSecrets, c.Dependabot.DeleteRepoSecret),
	)
}
