package github

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/nacl/box"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

type props = standintest.Props

// fakeGitHub is this test's own server, which opens the sealed boxes that it gets. It proves that client and server
// agree, not that GitHub does.
type fakeGitHub struct {
	mu      sync.Mutex
	public  *[32]byte
	private *[32]byte
	secrets map[string]storedSecret // by path
	clock   time.Time
}

type storedSecret struct {
	Name       string    `json:"name"`
	Value      string    `json:"-"`
	Visibility string    `json:"visibility,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	UpdatedAt  time.Time `json:"updated_at"`
}

func (f *fakeGitHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer tok" {
		http.Error(w, `{"message":"Bad credentials"}`, http.StatusUnauthorized)
		return
	}
	stored, exists := f.secrets[r.URL.Path]
	switch {
	case r.URL.Path == "/repos/acme/app":
		_, _ = fmt.Fprint(w, `{"id":42,"name":"app"}`)
	case strings.HasSuffix(r.URL.Path, "/public-key"):
		_, _ = fmt.Fprintf(w, `{"key_id":"k1","key":%q}`, base64.StdEncoding.EncodeToString(f.public[:]))
	case r.Method == http.MethodPut:
		f.put(w, r, stored)
	case !exists:
		http.Error(w, `{"message":"Not Found"}`, http.StatusNotFound)
	case r.Method == http.MethodDelete:
		delete(f.secrets, r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	default:
		_ = json.NewEncoder(w).Encode(stored)
	}
}

func (f *fakeGitHub) put(w http.ResponseWriter, r *http.Request, stored storedSecret) {
	var body struct {
		KeyID          string `json:"key_id"`
		EncryptedValue string `json:"encrypted_value"`
		Visibility     string `json:"visibility"`
	}
	_ = json.NewDecoder(r.Body).Decode(&body)
	sealed, _ := base64.StdEncoding.DecodeString(body.EncryptedValue)
	value, ok := box.OpenAnonymous(nil, sealed, f.public, f.private)
	if !ok || body.KeyID != "k1" {
		http.Error(w, `{"message":"Bad request"}`, http.StatusUnprocessableEntity)
		return
	}
	f.clock = f.clock.Add(time.Second)
	if stored.CreatedAt.IsZero() {
		stored.CreatedAt = f.clock
	}
	stored.Name = r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	stored.Value, stored.Visibility, stored.UpdatedAt = string(value), body.Visibility, f.clock
	f.secrets[r.URL.Path] = stored
	w.WriteHeader(http.StatusCreated)
}

func start(t *testing.T) (*fakeGitHub, *standintest.Driver) {
	t.Helper()
	public, private, err := box.GenerateKey(rand.Reader)
	require.NoError(t, err)
	f := &fakeGitHub{
		public: public, private: private, secrets: map[string]storedSecret{},
		clock: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return f, standintest.New(t, Plugin(), props{"baseUrl": server.URL, "token": "tok", "owner": "acme"})
}

func TestSecretsOfEveryScope(t *testing.T) {
	t.Parallel()
	for token, row := range map[string]struct {
		more     props
		path, id string
	}{
		"actionsSecret:ActionsSecret": {props{"repository": "app"}, "/repos/acme/app/actions/secrets/KEY", "app:KEY"},
		"codespacesSecret:CodespacesSecret": {
			props{"repository": "app"}, "/repos/acme/app/codespaces/secrets/KEY", "app:KEY",
		},
		"dependabotSecret:DependabotSecret": {
			props{"repository": "app"}, "/repos/acme/app/dependabot/secrets/KEY", "app:KEY",
		},
		"codespacesUserSecret:CodespacesUserSecret": {props{}, "/user/codespaces/secrets/KEY", "KEY"},
		"actionsEnvironmentSecret:ActionsEnvironmentSecret": {
			props{"repository": "app", "environment": "prod"}, "/repositories/42/environments/prod/secrets/KEY", "app:prod:KEY",
		},
		"actionsOrganizationSecret:ActionsOrganizationSecret": {
			props{"visibility": "private"}, "/orgs/acme/actions/secrets/KEY", "KEY",
		},
	} {
		t.Run(token, func(t *testing.T) {
			t.Parallel()
			fake, driver := start(t)
			token, replaces := "github:index/"+token, strings.HasPrefix(token, "codespaces")
			inputs := row.more
			inputs["secretName"], inputs["plaintextValue"] = "KEY", "päss$"
			created := driver.MustCreate(t, token, inputs)
			assert.Equal(t, row.id, created.ID)
			assert.Equal(t, "päss$", fake.secrets[row.path].Value)
			assert.Equal(t, property.New("päss$").WithSecret(true), created.State.Get("plaintextValue"))

			current := driver.Refresh(t, created)
			assert.False(t, driver.Diff(t, current, inputs).HasChanges)
			inputs["plaintextValue"] = "new"
			diff := driver.Diff(t, current, inputs)
			kind := p.Update
			if replaces {
				kind = p.UpdateReplace
			}
			assert.Equal(t, map[string]p.PropertyDiff{"plaintextValue": {Kind: kind, InputDiff: true}}, diff.DetailedDiff)
			assert.False(t, diff.DeleteBeforeReplace)

			driver.MustCreate(t, token, inputs) // as somebody else
			edited := driver.Refresh(t, current)
			if replaces {
				assert.Empty(t, edited.ID, "dropped, to be made again")
			} else {
				inputs["plaintextValue"] = "päss$"
				diff := driver.Diff(t, edited, inputs).DetailedDiff
				assert.Equal(t, map[string]p.PropertyDiff{"updatedAt": {Kind: p.Update}}, diff)
				repaired, err := driver.Update(t, edited, inputs)
				require.NoError(t, err)
				assert.Equal(t, "päss$", fake.secrets[row.path].Value)
				assert.False(t, driver.Diff(t, driver.Refresh(t, repaired), inputs).HasChanges)
			}
			require.NoError(t, driver.Delete(current))
			assert.Empty(t, fake.secrets)
			assert.Empty(t, driver.Refresh(t, current).ID)
		})
	}
}

func TestImportKnowsNoValue(t *testing.T) {
	t.Parallel()
	_, driver := start(t)
	const token = "github:index/actionsSecret:ActionsSecret"
	driver.MustCreate(t, token, props{"repository": "app", "secretName": "KEY", "plaintextValue": "v"})
	imported := driver.Import(t, token, "app/KEY")
	assert.Equal(t, "app:KEY", imported.ID)
	assert.Equal(t, "app", standin.Text(imported.Inputs, "repository"))
	assert.True(t, imported.Inputs.Get("plaintextValue").IsNull())
}

func TestCheck(t *testing.T) {
	t.Parallel()
	_, driver := start(t)
	for name, inputs := range map[string]props{
		"a dash": {"secretName": "A-B"}, "a digit first": {"secretName": "1A"}, "a prefix": {"secretName": "github_x"},
	} {
		inputs["repository"] = "app"
		_, failures := driver.Check(t, "github:index/actionsSecret:ActionsSecret", inputs)
		require.Len(t, failures, 1, name)
		assert.Equal(t, "secretName", failures[0].Property, name)
	}
}

func TestSchema(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
	for name, args := range map[string]pulumi.Input{
		"ActionsSecret":                            github.ActionsSecretArgs{},
		"ActionsEnvironmentSecret":                 github.ActionsEnvironmentSecretArgs{},
		"ActionsOrganizationSecret":                github.ActionsOrganizationSecretArgs{},
		"ActionsOrganizationSecretRepositories":    github.ActionsOrganizationSecretRepositoriesArgs{},
		"ActionsVariable":                          github.ActionsVariableArgs{},
		"ActionsEnvironmentVariable":               github.ActionsEnvironmentVariableArgs{},
		"ActionsOrganizationVariable":              github.ActionsOrganizationVariableArgs{},
		"CodespacesSecret":                         github.CodespacesSecretArgs{},
		"CodespacesUserSecret":                     github.CodespacesUserSecretArgs{},
		"CodespacesOrganizationSecret":             github.CodespacesOrganizationSecretArgs{},
		"CodespacesOrganizationSecretRepositories": github.CodespacesOrganizationSecretRepositoriesArgs{},
		"DependabotSecret":                         github.DependabotSecretArgs{},
		"DependabotOrganizationSecret":             github.DependabotOrganizationSecretArgs{},
		"DependabotOrganizationSecretRepositories": github.DependabotOrganizationSecretRepositoriesArgs{},
	} {
		token := strings.ToLower(name[:1]) + name[1:] + ":" + name
		standintest.SameInputs(t, Plugin(), "github:index/"+token, args, "destroyOnDrift", "keyId", "valueEncrypted")
	}
}
