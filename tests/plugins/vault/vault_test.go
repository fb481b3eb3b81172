package vault

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

type props = standintest.Props

// fakeVault is this test's own server with a key-value engine of either version. It proves the form of the requests,
// not that Vault accepts them.
type fakeVault struct {
	mu     sync.Mutex
	bodies map[string]map[string]any // the last body written, by path
	writes int
}

func (f *fakeVault) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/v1/")
	switch r.Method {
	case http.MethodPut, http.MethodPost:
		var body map[string]any
		_ = json.NewDecoder(r.Body).Decode(&body)
		f.bodies[path] = body
		f.writes++
		w.WriteHeader(http.StatusNoContent)
	case http.MethodDelete:
		delete(f.bodies, path)
		delete(f.bodies, strings.Replace(path, "/metadata/", "/data/", 1))
		w.WriteHeader(http.StatusNoContent)
	default:
		body, ok := f.bodies[path]
		if !ok || r.Header.Get("X-Vault-Token") != "tok" {
			http.Error(w, `{"errors":[]}`, http.StatusNotFound)
			return
		}
		if data, v2 := body["data"]; v2 {
			body = map[string]any{"data": data, "metadata": map[string]any{"version": f.writes}}
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": body})
	}
}

func start(t *testing.T) (*fakeVault, *standintest.Driver) {
	t.Helper()
	f := &fakeVault{bodies: map[string]map[string]any{}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return f, standintest.New(t, Plugin(), props{"address": server.URL, "token": "tok"})
}

const v2Token = "vault:kv/secretV2:SecretV2"

func TestSecretV2(t *testing.T) {
	t.Parallel()
	fake, driver := start(t)
	inputs := props{"mount": "kv", "name": "app/db", "dataJson": `{ "user": "a", "n": 12345678901234567890 }`, "cas": 1}
	created := driver.MustCreate(t, v2Token, inputs)
	assert.Equal(t, "kv/data/app/db", created.ID)
	assert.Equal(t, map[string]any{"user": "a", "n": 12345678901234567890.0}, fake.bodies["kv/data/app/db"]["data"])
	assert.Equal(t, map[string]any{"cas": 1.0}, fake.bodies["kv/data/app/db"]["options"])
	assert.True(t, created.State.Get("data").Secret())
	assert.True(t, created.State.Get("dataJson").Secret())

	// The text of the inputs differs from Vault's, but it means the same, except for a number's digits.
	inputs["dataJson"] = `{ "user": "a" }`
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	refreshed := driver.Refresh(t, updated)
	assert.False(t, driver.Diff(t, refreshed, inputs).HasChanges)

	fake.bodies["kv/data/app/db"]["data"] = map[string]any{"user": "edited"}
	drifted := driver.Refresh(t, refreshed)
	assert.Contains(t, driver.Diff(t, drifted, inputs).DetailedDiff, "dataJson")
	assert.JSONEq(t, `{"user":"edited"}`, standin.Text(driver.Import(t, v2Token, "kv/data/app/db").Inputs, "dataJson"))

	fake.bodies["kv/data/app/db"]["data"] = nil // the newest version is deleted
	assert.Equal(t, "null", standin.Text(driver.Refresh(t, refreshed).Inputs, "dataJson"))
	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func TestSecretV2Metadata(t *testing.T) {
	t.Parallel()
	fake, driver := start(t)
	inputs := props{
		"mount": "kv", "name": "x", "dataJson": `{"a":"b"}`, "deleteAllVersions": true,
		"customMetadata": props{"maxVersions": 3, "data": props{"managed-by": "escsync"}},
	}
	created := driver.MustCreate(t, v2Token, inputs)
	assert.Equal(t, map[string]any{
		"cas_required": false, "custom_metadata": map[string]any{"managed-by": "escsync"},
		"delete_version_after": "0s", "max_versions": 3.0,
	}, fake.bodies["kv/metadata/x"])
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)

	// A change of only the metadata creates no new version.
	before := fake.writes
	inputs["customMetadata"] = props{"data": props{"managed-by": "other"}}
	_, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.Equal(t, before+1, fake.writes)

	require.NoError(t, driver.Delete(created))
	assert.Empty(t, fake.bodies)
}

func TestSecretV2DisableRead(t *testing.T) {
	t.Parallel()
	fake, driver := start(t)
	inputs := props{"mount": "kv", "name": "x", "dataJson": `{"a":"b"}`, "disableRead": true}
	created := driver.MustCreate(t, v2Token, inputs)
	fake.bodies["kv/data/x"]["data"] = map[string]any{"a": "edited"}
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
}

func TestSecretV1(t *testing.T) {
	t.Parallel()
	fake, driver := start(t)
	const token = "vault:kv/secret:Secret"
	inputs := props{"path": "kv1/app", "dataJson": `{"a":"b"}`}
	created := driver.MustCreate(t, token, inputs)
	assert.Equal(t, map[string]any{"a": "b"}, fake.bodies["kv1/app"])
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	inputs["dataJson"] = `{"a":"c"}`
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.Equal(
		t,
		property.New(map[string]property.Value{"a": property.New("c")}).WithSecret(true),
		updated.State.Get("data"),
	)
	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func TestDataMustBeAnObject(t *testing.T) {
	t.Parallel()
	_, driver := start(t)
	_, failures := driver.Check(t, v2Token, props{"mount": "kv", "dataJson": "hunter2"})
	require.Len(t, failures, 1)
	assert.Equal(t, "dataJson", failures[0].Property)
	assert.NotContains(t, failures[0].Reason, "hunter2")
}

func TestSchemaBinds(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
}
