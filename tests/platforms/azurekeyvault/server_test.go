package azurekeyvault

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func start(t *testing.T) (*Server, *azsecrets.Client) {
	t.Helper()
	s, err := Start(t.Context(), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	client, err := s.Connection().Client("escsync-test")
	require.NoError(t, err)
	return s, client
}

// arm sends a request to the management plane.
func arm(t *testing.T, s *Server, method, token, name, body string) (int, string) {
	t.Helper()
	url := fmt.Sprintf("%s/subscriptions/%s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/escsync-test/secrets/%s"+
		"?api-version=2023-02-01", s.ManagementURL(), Subscription, name)
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(answer)
}

func TestWhatTheManagementPlaneWritesTheDataPlaneReads(t *testing.T) {
	t.Parallel()
	s, client := start(t)
	status, answer := arm(t, s, "PUT", Token, "db-password",
		`{"tags": {"owner": "me"}, "properties": {"value": "päss", "contentType": "text/plain"}}`)
	assert.Equal(t, http.StatusCreated, status)
	assert.NotContains(t, answer, "päss", "the value is never given back")
	assert.Contains(t, answer, `"secretUri":"https://escsync-test.vault.azure.net/secrets/db-password"`)
	read, err := client.GetSecret(t.Context(), "DB-PASSWORD", "", nil)
	require.NoError(t, err)
	assert.Equal(t, "päss", *read.Value)
	assert.Equal(t, "text/plain", *read.ContentType)
	assert.Equal(t, "me", *read.Tags["owner"])

	status, _ = arm(t, s, "PUT", Token, "db-password", `{"properties": {"value": "second"}}`)
	assert.Equal(t, http.StatusOK, status)
	status, answer = arm(t, s, "GET", Token, "db-password", "")
	assert.Equal(t, http.StatusOK, status)
	assert.NotContains(t, answer, "second")
	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"azureKeyVault/escsync-test/db-password": "second"}, values)
	status, _ = arm(t, s, "DELETE", Token, "db-password", "")
	assert.Equal(t, http.StatusMethodNotAllowed, status)
	assert.Equal(t, 3, s.Writes(), "a refused write counts")
}

func TestADeletedSecretReservesItsName(t *testing.T) {
	t.Parallel()
	s, client := start(t)
	value := "v"
	_, err := client.SetSecret(t.Context(), "db", azsecrets.SetSecretParameters{Value: &value}, nil)
	require.NoError(t, err)
	_, err = client.DeleteSecret(t.Context(), "db", nil)
	require.NoError(t, err)
	assert.Equal(t, 2, s.Writes(), "the challenge does not count")
	_, err = client.GetSecret(t.Context(), "db", "", nil)
	assertStatus(t, http.StatusNotFound, err)
	_, err = client.SetSecret(t.Context(), "DB", azsecrets.SetSecretParameters{Value: &value}, nil)
	assertStatus(t, http.StatusConflict, err)
	status, answer := arm(t, s, "PUT", Token, "db", `{"properties": {"value": "v"}}`)
	assert.Equal(t, http.StatusConflict, status)
	assert.Contains(t, answer, "ObjectIsDeletedButRecoverable")
	require.NoError(t, s.Restore(t.Context(), "azureKeyVault/escsync-test/db"))
	require.Error(t, s.Restore(t.Context(), "azureKeyVault/escsync-test/db"))
	_, err = client.GetSecret(t.Context(), "db", "", nil)
	require.NoError(t, err)
}

func TestWhatAzureRefusesIsRefused(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	tags := make([]string, maxTags+1)
	for i := range tags {
		tags[i] = fmt.Sprintf(`"t%d": "v"`, i)
	}
	for name, request := range map[string][2]string{
		"an underscore": {"db_password", `{"properties": {"value": "v"}}`},
		"a long name":   {strings.Repeat("a", 128), `{"properties": {"value": "v"}}`},
		"a large value": {"db", `{"properties": {"value": "` + strings.Repeat("x", maxValue+1) + `"}}`},
		"many tags":     {"db", `{"tags": {` + strings.Join(tags, ",") + `}, "properties": {"value": "v"}}`},
		"no value":      {"db", `{"properties": {}}`},
	} {
		status, answer := arm(t, s, "PUT", Token, request[0], request[1])
		assert.Equal(t, http.StatusBadRequest, status, "%s: %s", name, answer)
	}
}

func TestTokensAreChecked(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	require.NoError(t, s.Put(t.Context(), "azureKeyVault/escsync-test/db", "v"))
	assert.Zero(t, s.Writes(), "edits behind the program's back do not count")
	connection := s.Connection()
	connection.Token = ReadToken
	reader, err := connection.Client("escsync-test")
	require.NoError(t, err)
	_, err = reader.GetSecret(t.Context(), "db", "", nil)
	require.NoError(t, err)
	_, err = reader.DeleteSecret(t.Context(), "db", nil)
	assertStatus(t, http.StatusForbidden, err)
	status, _ := arm(t, s, "PUT", ReadToken, "db", `{"properties": {"value": "v"}}`)
	assert.Equal(t, http.StatusForbidden, status)
	require.NoError(t, s.Restrict(t.Context(), true))
	status, answer := arm(t, s, "PUT", Token, "db", `{"properties": {"value": "v"}}`)
	assert.Equal(t, http.StatusForbidden, status)
	assert.Contains(t, answer, "AuthorizationFailed")
	status, _ = arm(t, s, "GET", Token, "db", "")
	assert.Equal(t, http.StatusOK, status)
	require.NoError(t, s.Restrict(t.Context(), false))
	status, _ = arm(t, s, "PUT", Token, "db", `{"properties": {"value": "v"}}`)
	assert.Equal(t, http.StatusOK, status)
	status, _ = arm(t, s, "GET", "guessed", "db", "")
	assert.Equal(t, http.StatusUnauthorized, status)
	require.NoError(t, s.Delete(t.Context(), "azureKeyVault/escsync-test/db"))
	require.NoError(t, s.Put(t.Context(), "azureKeyVault/escsync-test/db", "v"), "the name is free")
	require.Error(t, s.Put(t.Context(), "azureKeyVault/absent/db", "v"))
}

func assertStatus(t *testing.T, status int, err error) {
	t.Helper()
	var response *azcore.ResponseError
	require.ErrorAs(t, err, &response)
	assert.Equal(t, status, response.StatusCode)
}
