package vault

import (
	"net/http"
	"testing"

	"github.com/hashicorp/vault/api"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func start(t *testing.T) (*Server, *api.Client) {
	t.Helper()
	s, err := Start(t.Context(), Options{V1: []string{"legacy"}})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	client, err := s.Client(s.RootToken())
	require.NoError(t, err)
	return s, client
}

func TestItIsVault(t *testing.T) {
	t.Parallel()
	_, client := start(t)
	health, err := client.Sys().HealthWithContext(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "1.14.1", health.Version)
	assert.True(t, health.Initialized)
	assert.False(t, health.Sealed)
}

func TestASecretLives(t *testing.T) {
	t.Parallel()
	s, client := start(t)
	kv := client.KVv2("secret")
	_, err := kv.Put(t.Context(), "prod/db", map[string]any{"user": "app", "password": "päss"})
	require.NoError(t, err)
	require.NoError(t, kv.PutMetadata(t.Context(), "prod/db", api.KVMetadataPutInput{
		CustomMetadata: map[string]any{"owner": "me"},
	}))
	_, err = kv.Put(t.Context(), "prod/db", map[string]any{}, api.WithCheckAndSet(0))
	assertStatus(t, http.StatusBadRequest, err)
	require.NoError(t, client.KVv1("legacy").Put(t.Context(), "db", map[string]any{"a": "1"}))

	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"vault/secret/prod/db": `{"password":"päss","user":"app"}`,
		"vault/legacy/db":      `{"a":"1"}`,
	}, values)
	metadata, err := kv.GetMetadata(t.Context(), "prod/db")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"owner": "me"}, metadata.CustomMetadata)
	assert.Equal(t, 4, s.Writes(), "a refused write counts")

	require.NoError(t, kv.Delete(t.Context(), "prod/db"))
	values, err = s.Secrets(t.Context())
	require.NoError(t, err)
	assert.NotContains(t, values, "vault/secret/prod/db", "the latest version is deleted")
}

func TestVersion2WantsItsDataWrapped(t *testing.T) {
	t.Parallel()
	_, client := start(t)
	_, err := client.Logical().WriteWithContext(t.Context(), "secret/data/db", map[string]any{"password": "x"})
	assertStatus(t, http.StatusBadRequest, err)
	assert.Contains(t, err.Error(), "no data provided")
}

func TestAPolicyLimitsAToken(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	require.NoError(t, s.Put(t.Context(), "vault/secret/prod/db", `{"a": "1"}`))
	token, err := s.LimitedToken(t.Context(), "reader", `path "secret/data/*" { capabilities = ["read"] }`)
	require.NoError(t, err)
	client, err := s.Client(token)
	require.NoError(t, err)
	secret, err := client.KVv2("secret").Get(t.Context(), "prod/db")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"a": "1"}, secret.Data)
	_, err = client.KVv2("secret").Put(t.Context(), "prod/db", map[string]any{"a": "2"})
	assertStatus(t, http.StatusForbidden, err)
	_, err = client.KVv2("secret").GetMetadata(t.Context(), "prod/db")
	assertStatus(t, http.StatusForbidden, err)
	stranger, err := s.Client("guessed")
	require.NoError(t, err)
	_, err = stranger.KVv2("secret").Get(t.Context(), "prod/db")
	assertStatus(t, http.StatusForbidden, err)
}

func TestThePolicyOfProgramsCanBeRestricted(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	client, err := s.Client(s.program)
	require.NoError(t, err)
	put := func(value string) error {
		_, err := client.KVv2("secret").Put(t.Context(), "db", map[string]any{"a": value})
		return err
	}
	require.NoError(t, put("1"))
	require.NoError(t, s.Restrict(t.Context(), true))
	assertStatus(t, http.StatusForbidden, put("2"))
	_, err = client.KVv2("secret").Get(t.Context(), "db")
	require.NoError(t, err)
	require.NoError(t, s.Restrict(t.Context(), false))
	require.NoError(t, put("3"))
}

func TestEditsBehindTheProgramsBackDoNotCount(t *testing.T) {
	t.Parallel()
	s, client := start(t)
	for _, identity := range []string{"vault/secret/a/b", "vault/legacy/a/b"} {
		require.NoError(t, s.Put(t.Context(), identity, `{"k": "v"}`))
		values, err := s.Secrets(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[string]string{identity: `{"k":"v"}`}, values)
		require.NoError(t, s.Delete(t.Context(), identity))
	}
	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Empty(t, values)
	require.Error(t, s.Put(t.Context(), "vault/absent/a", `{"k": "v"}`))
	require.Error(t, s.Put(t.Context(), "vault/secret/a", `no JSON`))

	_, err = client.Auth().Token().CreateWithContext(t.Context(), &api.TokenCreateRequest{})
	require.NoError(t, err, "what Vault's provider does at its start")
	assert.Zero(t, s.Writes())
}

func TestCloseEndsVault(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	assert.False(t, s.process.Running())
}

func TestStartReportsTheOutputOfAWrongProgram(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), Options{Binary: "/bin/false"})
	require.ErrorContains(t, err, "ended at once")
	_, err = Start(t.Context(), Options{Binary: "/absent/vault"})
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "ended")
}

func assertStatus(t *testing.T, status int, err error) {
	t.Helper()
	var response *api.ResponseError
	require.ErrorAs(t, err, &response)
	assert.Equal(t, status, response.StatusCode)
}
