package kubernetes

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	core "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

type props = standintest.Props

// fakeServer is this test's own API server, which merges stringData. It proves the form of the requests, not that
// Kubernetes accepts them.
type fakeServer struct {
	mu      sync.Mutex
	objects map[string]map[string]any // by path
	queries []string
	// namesOnly refuses lists, like a role whose rules name objects.
	namesOnly bool
}

func (f *fakeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	object, exists := f.objects[r.URL.Path]
	switch {
	case r.Method == http.MethodPatch:
		f.queries = append(f.queries, r.Header.Get("Content-Type")+" "+r.URL.RawQuery)
		object = map[string]any{}
		_ = json.NewDecoder(r.Body).Decode(&object)
		if text, ok := object["stringData"].(map[string]any); ok {
			data, _ := object["data"].(map[string]any)
			if data == nil {
				data = map[string]any{}
			}
			for key, value := range text {
				data[key] = base64.StdEncoding.EncodeToString([]byte(value.(string)))
			}
			object["data"] = data
			delete(object, "stringData")
		}
		f.objects[r.URL.Path] = object
	case strings.HasSuffix(r.URL.Path, "/secrets") && f.namesOnly:
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprint(w, `{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403}`)
		return
	case strings.HasSuffix(r.URL.Path, "/secrets"): // every deleted object is gone at once
		_, _ = fmt.Fprint(w, `{"kind":"SecretList","apiVersion":"v1","items":[]}`)
		return
	case !exists:
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprint(w, `{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}`)
		return
	case r.Method == http.MethodDelete:
		delete(f.objects, r.URL.Path)
	}
	_ = json.NewEncoder(w).Encode(object)
}

func start(t *testing.T, more props) (*fakeServer, *standintest.Driver) {
	t.Helper()
	f := &fakeServer{objects: map[string]map[string]any{}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	config := props{"kubeconfig": fmt.Sprintf(`{"apiVersion":"v1","kind":"Config","current-context":"c",`+
		`"clusters":[{"name":"c","cluster":{"server":%q}}],"users":[{"name":"u","user":{"token":"t"}}],`+
		`"contexts":[{"name":"c","context":{"cluster":"c","user":"u","namespace":"apps"}}]}`, server.URL)}
	maps.Copy(config, more)
	return f, standintest.New(t, Plugin(), config)
}

const (
	secretToken = "kubernetes:core/v1:Secret"
	secretPath  = "/api/v1/namespaces/apps/secrets/db"
)

func TestSecretLifecycle(t *testing.T) {
	t.Parallel()
	server, driver := start(t, props{"enableSecretMutable": true})
	inputs := props{
		"metadata": props{"name": "db", "labels": props{"a": "b"}}, "stringData": props{"password": "päss"},
		"type": "Opaque",
	}
	created := driver.MustCreate(t, secretToken, inputs)
	assert.Equal(t, "apps/db", created.ID)
	assert.Equal(
		t,
		map[string]any{"password": base64.StdEncoding.EncodeToString([]byte("päss"))},
		server.objects[secretPath]["data"],
	)
	require.Len(t, server.queries, 1)
	assert.Regexp(t, `^application/apply-patch\+yaml fieldManager=pulumi-kubernetes-[0-9a-f]{8}&force=false$`,
		server.queries[0])
	assert.True(t, created.State.Get("data").Secret())
	assert.True(t, created.State.Get("stringData").Secret())
	refreshed := driver.Refresh(t, created)
	assert.False(t, driver.Diff(t, refreshed, inputs).HasChanges)

	server.objects[secretPath]["data"] = map[string]any{"password": "ZWRpdGVk"}
	drifted := driver.Refresh(t, refreshed)
	assert.Equal(t, map[string]p.PropertyDiff{"stringData.password": {Kind: p.Update, InputDiff: true}},
		driver.Diff(t, drifted, inputs).DetailedDiff)
	updated, err := driver.Update(t, drifted, inputs)
	require.NoError(t, err)
	assert.Equal(t, server.queries[0], server.queries[1], "the field manager of a state stays")
	_, err = driver.Create(t, secretToken, inputs)
	require.ErrorContains(t, err, "already exists")

	imported := driver.Import(t, secretToken, "apps/db")
	assert.True(t, imported.Inputs.Get("data").Secret())
	require.NoError(t, driver.Delete(updated))
	require.NoError(t, driver.Delete(updated), "an object that is gone already")
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func TestADeletionIsAwaitedByAList(t *testing.T) {
	t.Parallel()
	server, driver := start(t, nil)
	created := driver.MustCreate(t, secretToken, props{"metadata": props{"name": "db"}, "stringData": props{"k": "1"}})
	server.namesOnly = true
	require.ErrorContains(t, driver.Delete(created), "the provider would hang")
	assert.Empty(t, server.objects, "the object itself is gone")
}

func TestChangedValuesReplaceUnlessMutable(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		config        props
		before, after props
		kind          p.DiffKind
		path          string
		deleteFirst   bool
	}{
		"a secret": {
			props{}, props{"stringData": props{"k": "1"}}, props{"stringData": props{"k": "2"}},
			p.UpdateReplace, "stringData.k", true,
		},
		"a mutable secret": {
			props{"enableSecretMutable": "true"}, props{"stringData": props{"k": "1"}}, props{"stringData": props{"k": "2"}},
			p.Update, "stringData.k", false,
		},
		"an immutable secret": {
			props{"enableSecretMutable": true}, props{"immutable": true, "stringData": props{"k": "1"}},
			props{"immutable": true, "stringData": props{"k": "2"}}, p.UpdateReplace, "stringData.k", true,
		},
		"a mutable secret's type": {
			props{"enableSecretMutable": true}, props{"type": "Opaque"}, props{"type": "x/y"}, p.UpdateReplace, "type", true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, driver := start(t, row.config)
			row.before["metadata"], row.after["metadata"] = props{"name": "db"}, props{"name": "db"}
			diff := driver.Diff(t, driver.MustCreate(t, secretToken, row.before), row.after)
			assert.Equal(t, row.kind, diff.DetailedDiff[row.path].Kind)
			assert.Equal(t, row.deleteFirst, diff.DeleteBeforeReplace)
		})
	}
}

func TestConfigMapIsNamedByItself(t *testing.T) {
	t.Parallel()
	_, driver := start(t, nil)
	inputs := props{"data": props{"k": "1"}}
	created := driver.MustCreate(t, "kubernetes:core/v1:ConfigMap", inputs)
	assert.Regexp(t, `^apps/res-[0-9a-f]{8}$`, created.ID)
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	diff := driver.Diff(t, created, props{"data": props{"k": "2"}})
	assert.Equal(t, p.UpdateReplace, diff.DetailedDiff["data.k"].Kind)
	assert.False(t, diff.DeleteBeforeReplace)
	assert.False(t, created.State.Get("data").Secret())
	assert.Equal(t, property.New("v1"), created.State.Get("apiVersion"))
}

func TestSchema(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
	standintest.SameInputs(t, Plugin(), secretToken, core.SecretArgs{})
	standintest.SameInputs(t, Plugin(), "kubernetes:core/v1:ConfigMap", core.ConfigMapArgs{})
}
