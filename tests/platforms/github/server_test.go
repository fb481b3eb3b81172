package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-github/v74/github"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryScopeHasSecrets(t *testing.T) {
	t.Parallel()
	s, client := start(t, Options{})
	for _, scope := range scopes(s, client) {
		t.Run(scope.identity, func(t *testing.T) {
			before := s.Writes()
			scope.write(t, "db_Password", "first")
			created := scope.get(t, "DB_PASSWORD")
			assert.Equal(t, "DB_PASSWORD", created.Name)

			scope.write(t, "DB_PASSWORD", "päss")
			assert.True(t, scope.get(t, "db_password").UpdatedAt.After(created.UpdatedAt.Time))
			assert.Equal(t, created.CreatedAt, scope.get(t, "DB_PASSWORD").CreatedAt)
			values, err := s.Secrets(t.Context())
			require.NoError(t, err)
			assert.Equal(t, "päss", values[scope.identity+"/DB_PASSWORD"])

			scope.remove(t, "DB_PASSWORD")
			secrets, _ := scope.list(t, nil)
			assert.Zero(t, secrets.TotalCount)
			assert.Equal(t, before+3, s.Writes())
		})
	}
}

func TestEditsBehindTheProgramsBackDoNotCount(t *testing.T) {
	t.Parallel()
	s, client := start(t, Options{})
	for _, scope := range scopes(s, client) {
		identity := scope.identity + "/TOKEN"
		require.NoError(t, s.Put(t.Context(), identity, "value"))
		values, err := s.Secrets(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[string]string{identity: "value"}, values)
		require.NoError(t, s.Delete(t.Context(), identity))
	}
	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Empty(t, values)
	assert.Zero(t, s.Writes())
	require.Error(t, s.Put(t.Context(), "githubSecrets/TOKEN", "value"))
	require.Error(t, s.Put(t.Context(), "githubSecrets/actions/absent/TOKEN", "value"))
}

func TestListsHavePages(t *testing.T) {
	t.Parallel()
	s, client := start(t, Options{})
	for i := range 45 {
		require.NoError(t, s.Put(t.Context(), fmt.Sprintf("githubSecrets/actions/app/KEY_%02d", i), "value"))
	}
	var names []string
	for opts := (&github.ListOptions{PerPage: 20}); ; {
		secrets, response, err := client.Actions.ListRepoSecrets(t.Context(), "acme", "app", opts)
		require.NoError(t, err)
		assert.Equal(t, 45, secrets.TotalCount)
		for _, secret := range secrets.Secrets {
			names = append(names, secret.Name)
		}
		if response.NextPage == 0 {
			break
		}
		opts.Page = response.NextPage
	}
	require.Len(t, names, 45)
	assert.Equal(t, "KEY_44", names[44])
	secrets, _, err := client.Actions.ListRepoSecrets(t.Context(), "acme", "app", nil)
	require.NoError(t, err)
	assert.Len(t, secrets.Secrets, 30)
}

func TestWhatGitHubRefusesIsRefused(t *testing.T) {
	t.Parallel()
	s, client := start(t, Options{})
	key, _, err := client.Actions.GetRepoPublicKey(t.Context(), "acme", "app")
	require.NoError(t, err)
	other, _, err := client.Actions.GetRepoPublicKey(t.Context(), "acme", "web")
	require.NoError(t, err)
	seal := func(key *github.PublicKey, value string) string {
		sealed, err := Seal(key, value)
		require.NoError(t, err)
		return sealed
	}
	for name, secret := range map[string]*github.EncryptedSecret{
		"a digit first":    {Name: "1KEY", KeyID: key.GetKeyID(), EncryptedValue: seal(key, "v")},
		"a dash":           {Name: "A-KEY", KeyID: key.GetKeyID(), EncryptedValue: seal(key, "v")},
		"a reserved name":  {Name: "github_token", KeyID: key.GetKeyID(), EncryptedValue: seal(key, "v")},
		"another key's id": {Name: "KEY", KeyID: other.GetKeyID(), EncryptedValue: seal(key, "v")},
		"another key":      {Name: "KEY", KeyID: key.GetKeyID(), EncryptedValue: seal(other, "v")},
		"no box":           {Name: "KEY", KeyID: key.GetKeyID(), EncryptedValue: "dg=="},
		"an empty value":   {Name: "KEY", KeyID: key.GetKeyID(), EncryptedValue: seal(key, "")},
		"a large value":    {Name: "KEY", KeyID: key.GetKeyID(), EncryptedValue: seal(key, strings.Repeat("x", maxValue+1))},
		"a visibility":     {Name: "KEY", KeyID: key.GetKeyID(), EncryptedValue: seal(key, "v"), Visibility: "all"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client.Actions.CreateOrUpdateRepoSecret(t.Context(), "acme", "app", secret)
			assertStatus(t, http.StatusUnprocessableEntity, err)
		})
	}
	require.NoError(t, s.Put(t.Context(), "githubSecrets/actions/app/KEY", strings.Repeat("x", maxValue)))
	_, err = client.Actions.DeleteRepoSecret(t.Context(), "acme", "app", "ABSENT")
	assertStatus(t, http.StatusNotFound, err)
	_, _, err = client.Actions.GetRepoPublicKey(t.Context(), "acme", "absent")
	assertStatus(t, http.StatusNotFound, err)
	_, _, err = client.Actions.GetOrgPublicKey(t.Context(), "other")
	assertStatus(t, http.StatusNotFound, err)
}

func TestScopesHaveTheLimitsOfGitHub(t *testing.T) {
	t.Parallel()
	s, _ := start(t, Options{})
	for location, limit := range map[string]int{"actions/app": 100, "actions/app/production": 100, "dependabot": 1000} {
		for i := range limit {
			require.NoError(t, s.Put(t.Context(), fmt.Sprintf("githubSecrets/%s/KEY_%d", location, i), "value"))
		}
		assertStatus(t, http.StatusUnprocessableEntity, s.Put(t.Context(), "githubSecrets/"+location+"/MORE", "value"))
		require.NoError(t, s.Put(t.Context(), "githubSecrets/"+location+"/KEY_1", "changed"))
	}
}

func TestTokensAreChecked(t *testing.T) {
	t.Parallel()
	s, _ := start(t, Options{})
	require.NoError(t, s.Put(t.Context(), "githubSecrets/actions/app/KEY", "value"))
	reader, err := s.Client(ReadToken)
	require.NoError(t, err)
	_, _, err = reader.Actions.GetRepoSecret(t.Context(), "acme", "app", "KEY")
	require.NoError(t, err)
	_, err = reader.Actions.DeleteRepoSecret(t.Context(), "acme", "app", "KEY")
	assertStatus(t, http.StatusForbidden, err)
	assert.Equal(t, 1, s.Writes(), "a refused write counts")
	writer, err := s.Client(Token)
	require.NoError(t, err)
	require.NoError(t, s.Restrict(t.Context(), true))
	_, err = writer.Actions.DeleteRepoSecret(t.Context(), "acme", "app", "KEY")
	assertStatus(t, http.StatusForbidden, err)
	require.NoError(t, s.Restrict(t.Context(), false))
	_, err = writer.Actions.DeleteRepoSecret(t.Context(), "acme", "app", "KEY")
	require.NoError(t, err)
	stranger, err := s.Client("guessed")
	require.NoError(t, err)
	_, _, err = stranger.Actions.GetRepoSecret(t.Context(), "acme", "app", "KEY")
	assertStatus(t, http.StatusUnauthorized, err)
}

func TestRepositoriesAndEnvironmentsCanBeLookedUp(t *testing.T) {
	t.Parallel()
	s, client := start(t, Options{Organization: "globex", Repositories: map[string][]string{"api": nil}})
	repository, _, err := client.Repositories.Get(t.Context(), "Globex", "API")
	require.NoError(t, err)
	assert.Equal(t, s.RepositoryID("api"), repository.GetID())
	_, _, err = client.Repositories.GetEnvironment(t.Context(), "globex", "api", "eu/west")
	assertStatus(t, http.StatusNotFound, err)
	_, _, err = client.Repositories.CreateUpdateEnvironment(t.Context(), "globex", "api", "eu%2Fwest", nil)
	require.NoError(t, err)
	require.NoError(t, s.Put(t.Context(), "githubSecrets/actions/api/eu/west/KEY", "value"))
	assert.Contains(t, s.Environment(), "GITHUB_OWNER=globex")
}

func TestTheAddressOfAnEnterpriseServerWorksToo(t *testing.T) {
	t.Parallel()
	s, _ := start(t, Options{})
	client, err := github.NewClient(nil).WithAuthToken(Token).WithEnterpriseURLs(s.URL(), s.URL())
	require.NoError(t, err)
	_, _, err = client.Actions.GetRepoPublicKey(t.Context(), "acme", "app")
	require.NoError(t, err)
}

func assertStatus(t *testing.T, status int, err error) {
	t.Helper()
	var response *github.ErrorResponse
	require.ErrorAs(t, err, &response)
	assert.Equal(t, status, response.Response.StatusCode, response.Message)
}
