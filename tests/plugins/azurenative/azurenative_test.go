package azurenative

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/keyvault/v2"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

type props = standintest.Props

const (
	secretToken = "azure-native:keyvault:Secret"
	secretPath  = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v/secrets/db-password"
)

// fakeManager is a Resource Manager of this test's own that tells no values. It proves the shape of the requests, not
// that Azure takes them.
type fakeManager struct {
	mu      sync.Mutex
	secrets map[string]map[string]any
}

func (f *fakeManager) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer tok" || r.URL.RawQuery != "api-version="+apiVersion {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	if r.Method == http.MethodPut {
		var body map[string]any
		_ = json.NewDecoder(r.Body).Decode(&body)
		f.secrets[r.URL.Path] = body
	}
	stored, ok := f.secrets[r.URL.Path]
	if !ok {
		http.Error(w, `{"error":{"code":"SecretNotFound"}}`, http.StatusNotFound)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{
		"id": r.URL.Path, "name": "db-password", "type": "Microsoft.KeyVault/vaults/secrets", "location": "westeurope",
		"tags": stored["tags"], "properties": map[string]any{
			"secretUri": "https://v.vault.azure.net/secrets/db-password", "secretUriWithVersion": "https://v.vault.azure.net/secrets/db-password/1",
			"attributes": map[string]any{"enabled": true, "created": 1, "updated": 2},
		},
	})
}

func start(t *testing.T) (*fakeManager, *standintest.Driver) {
	t.Helper()
	f := &fakeManager{secrets: map[string]map[string]any{}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	t.Setenv("ESCSYNC_AZURE_ENDPOINT", server.URL)
	t.Setenv("ESCSYNC_AZURE_TOKEN", "tok")
	return f, standintest.New(t, Plugin(), props{"subscriptionId": "sub"})
}

func TestSecretLifecycle(t *testing.T) {
	manager, driver := start(t)
	inputs := props{
		"resourceGroupName": "rg", "vaultName": "v", "secretName": "db-password", "tags": props{"a": "b"},
		"properties": props{"value": standintest.Secret("päss"), "attributes": props{"expires": 5}},
	}
	created := driver.MustCreate(t, secretToken, inputs)
	assert.Equal(t, secretPath, created.ID)
	assert.Equal(t, map[string]any{
		"tags": map[string]any{"a": "b"}, "properties": map[string]any{"value": "päss", "attributes": map[string]any{"exp": 5.0}},
	}, manager.secrets[secretPath])
	assert.True(t, created.State.Get("properties").Secret())

	// An edit of the value is not seen; one of the tags is.
	manager.secrets[secretPath]["properties"] = map[string]any{"value": "edited"}
	refreshed := driver.Refresh(t, created)
	assert.False(t, driver.Diff(t, refreshed, inputs).HasChanges)
	manager.secrets[secretPath]["tags"] = map[string]any{}
	assert.Contains(t, driver.Diff(t, driver.Refresh(t, created), inputs).DetailedDiff, "tags")

	inputs["properties"] = props{"value": standintest.Secret("new")}
	assert.Equal(t, p.Update, driver.Diff(t, created, inputs).DetailedDiff["properties.value"].Kind)
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	found, err := driver.Server.Invoke(p.InvokeRequest{
		Token: "azure-native:keyvault:getSecret",
		Args:  props{"resourceGroupName": "rg", "vaultName": "v", "secretName": "db-password"}.Map(),
	})
	require.NoError(t, err)
	assert.Equal(t, property.New(secretPath), found.Return.Get("id"))

	require.NoError(t, driver.Delete(updated))
	assert.Contains(t, manager.secrets, secretPath, "Resource Manager deletes no secret")
	delete(manager.secrets, secretPath)
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func TestCheckRefusesUnderscores(t *testing.T) {
	_, driver := start(t)
	_, failures := driver.Check(t, secretToken, props{
		"resourceGroupName": "rg", "vaultName": "v", "secretName": "A_B", "properties": props{},
	})
	require.Len(t, failures, 1)
	assert.Equal(t, "secretName", failures[0].Property)
}

func TestSchema(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
	standintest.SameInputs(t, Plugin(), secretToken, keyvault.SecretArgs{})
}
