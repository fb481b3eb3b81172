package provider_test

import (
	"net/http"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// service is a Pulumi Cloud with the environment shop/db, which counts the checks.
type service struct {
	*pulumicloud.Server
	checks int
}

func newService(t *testing.T) *service {
	t.Helper()
	s := &service{}
	cloud, err := pulumicloud.Start(pulumicloud.Options{Middleware: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/yaml/check") {
				s.checks++
			}
			next.ServeHTTP(w, r)
		})
	}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, cloud.Close()) })
	s.Server = cloud
	s.post(t, "POST", "", `{"project": "shop", "name": "db"}`)
	s.post(t, "PATCH", "/shop/db", "values: {database: {user: bob, password: {fn::secret: hunter2}}, nothing: null}")
	return s
}

func (s *service) post(t *testing.T, method, path, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL()+"/api/esc/environments/acme"+path,
		strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "token "+s.AccessToken())
	response, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
}

func (s *service) construct(t *testing.T, req p.ConstructRequest) constructed {
	t.Helper()
	return constructAt(t, s.URL(), s.AccessToken(), req)
}

// Imported values are checked like the rest, except for what an import may still become after the preview.
func TestWhatIsImportedIsChecked(t *testing.T) {
	t.Parallel()
	s := newService(t)
	renaming := func(key, name string) property.Value {
		return obj(props{"awsSecretsManager": obj(props{
			"path": str("prod/db"), "keys": obj(props{"rename": obj(props{key: str(name)})}),
		})})
	}
	imports := list(str("shop/db"))
	madeHere := imports.WithDependencies([]urn.URN{"urn:pulumi:dev::shop::pulumiservice:index:Environment::db"})
	unknown := property.New(property.Computed)
	for name, test := range map[string]struct {
		in      props
		dryRun  bool
		refused []string
		checks  int
	}{
		"a new name for a key that is not there": {
			in:      props{"value": str("${database}"), "imports": imports, "destination": renaming("pasword", "p")},
			refused: []string{"destination.awsSecretsManager.keys.rename.pasword"}, checks: 1,
		},
		"two keys of one name": {
			in:      props{"value": str("${database}"), "imports": imports, "destination": renaming("user", "prod/db/password")},
			refused: []string{"value"}, checks: 1,
		},
		"a null": {
			in:      props{"value": obj(props{"a": str("${nothing}")}), "imports": imports},
			refused: []string{"value.a"}, checks: 1,
		},
		"a null in a text": {
			in:      props{"value": obj(props{"a": str("x${nothing}")}), "imports": imports},
			refused: []string{"value.a"}, checks: 1,
		},
		"of two imports, that which is not there": {
			in:      props{"value": str("${database.user}"), "imports": list(str("shop/db"), str("shop/none"))},
			refused: []string{"imports[1]"}, checks: 1,
		},
		"an import that the program makes, at preview": {
			in: props{"value": str("${database.x}"), "imports": madeHere}, dryRun: true, checks: 1,
		},
		"an import that the program has made": {
			in:      props{"value": obj(props{"a": str("${database.x}")}), "imports": madeHere},
			refused: []string{"value.a"}, checks: 1,
		},
		"an organization that is not known yet": {
			in: props{"value": str("${database.x}"), "imports": imports, "organization": unknown}, dryRun: true,
		},
		"a value that is not known yet": {
			in:     props{"value": obj(props{"a": str("${database.x}"), "b": unknown}), "imports": imports},
			dryRun: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s.checks = 0
			if _, given := test.in["destination"]; !given {
				test.in["destination"] = obj(props{"awsSecretsManager": obj(props{"path": str("prod/db")})})
			}
			req := escSync(test.in)
			req.DryRun = test.dryRun
			r := s.construct(t, req)
			assert.Equal(t, test.checks, s.checks)
			if len(test.refused) == 0 {
				require.NoError(t, r.err)
				return
			}
			require.Error(t, r.err)
			assert.Equal(t, test.refused, refused(t, r))
			assert.NotContains(t, r.err.Error(), "hunter2")
		})
	}
}

// An existing fault of the sync's environment, or of an imported one, stops no program, because the program may be
// about to fix or remove the sync. A fault in this change stops it.
func TestWhatBrokeSinceIsAWarning(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.post(t, "POST", "", `{"project": "shop", "name": "gone"}`)
	request := func(value string, imports ...string) p.ConstructRequest {
		var names []property.Value
		for _, name := range imports {
			names = append(names, str(name))
		}
		return escSync(props{
			"value": obj(props{"a": str(value)}), "imports": list(names...), "deletionPolicy": str("Retain"),
			"destination": obj(props{"awsSecretsManager": obj(props{"path": str("prod/db")})}),
		})
	}
	made := s.construct(t, request("${database.user}", "shop/db", "shop/gone"))
	require.NoError(t, made.err)
	definition := made.child(t, "pulumiservice:index:Environment").Inputs.Get("yaml").AsAsset().Text
	s.post(t, "POST", "", `{"project": "escsync", "name": "shop-dev-db-credentials"}`)
	s.post(t, "PATCH", "/escsync/shop-dev-db-credentials", definition)
	s.post(t, "PATCH", "/shop/db", "values: {database: {login: bob}, nothing: null}")

	require.NoError(t, s.construct(t, request("${database.user}", "shop/db", "shop/gone")).err, "a key is gone")
	require.NoError(t, s.construct(t, request("x${nothing}", "shop/db")).err, "the run tells")
	for value, imports := range map[string][]string{
		"${database.usr}":      {"shop/db", "shop/gone"},
		"x ${database.user} y": {"shop/db", "shop/none"},
	} {
		require.Error(t, s.construct(t, request(value, imports...)).err, value)
	}
	s.post(t, "DELETE", "/shop/gone", "")
	require.NoError(t, s.construct(t, request("${database.user}", "shop/db", "shop/gone")).err, "an import is gone")
	require.NoError(t, s.construct(t, request("${database.user}", "shop/gone")).err, "and has another place")
	r := s.construct(t, request("${database.user}", "shop/db", "shop/none"))
	require.Error(t, r.err)
	assert.Equal(t, []string{"imports[1]"}, refused(t, r))
}

// The error suggests dependsOn only if the sync does not depend on another resource already.
func TestAMissingImportIsAwaited(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for advice, dependencies := range map[bool][]urn.URN{
		true: nil, false: {"urn:pulumi:dev::shop::pulumiservice:index:Environment::none"},
	} {
		req := escSync(props{
			"value": str("x"), "imports": list(str("shop/none")),
			"destination": obj(props{"awsSecretsManager": obj(props{"name": str("prod/db")})}),
		})
		req.Dependencies = dependencies
		rpc, ok := rpcerror.FromError(s.construct(t, req).err)
		require.True(t, ok)
		require.Len(t, rpc.InputPropertiesErrors(), 1)
		reason := rpc.InputPropertiesErrors()[0].Reason
		assert.Equal(t, advice, strings.Contains(reason, "dependsOn"), reason)
	}
}

// Planned secrets are named if the service knows all names. Otherwise none is named: a name that is only unknown at the
// moment would look removed.
func TestWhatIsImportedIsPlannedByName(t *testing.T) {
	t.Parallel()
	s := newService(t)
	req := escSync(props{
		"value":       obj(props{"all": str("${database.user}"), "literal": str("x")}),
		"imports":     list(str("shop/db")),
		"destination": obj(props{"awsSecretsManager": obj(props{"path": str("prod/db"), "region": str("eu-central-1")})}),
	})
	r := s.construct(t, req)
	require.NoError(t, r.err)
	planned := r.child(t, run.SyncRunToken).Inputs.Get("secrets").AsMap()
	for _, name := range []string{"prod/db/all", "prod/db/literal"} {
		assert.True(t, planned.Get(name).Secret(), name)
	}
	assert.Equal(t, 2, planned.Len())
	assert.True(t, construct(t, req).child(t, run.SyncRunToken).Inputs.Get("secrets").IsNull())
}

// A function of a definition may return keys, each of which is a secret. Their names are unknown.
func TestWhatIsOpenedIsNotNamed(t *testing.T) {
	t.Parallel()
	req := escSync(props{
		"definition":  str("values: {sync: {awsSecretsManager: {value: {b: x, a: {'fn::open::y': {k: v}}}}}}"),
		"destination": obj(props{"awsSecretsManager": obj(props{"path": str("prod/db"), "region": str("eu-central-1")})}),
	})
	planned := newService(t).construct(t, req).child(t, run.SyncRunToken).Inputs.Get("secrets").AsMap()
	assert.True(t, planned.Get("prod/db/b").Secret())
	assert.Equal(t, 1, planned.Len())
	assert.True(t, construct(t, req).child(t, run.SyncRunToken).Inputs.Get("secrets").IsNull())
}

// If a whole definition is secret, no names are shown, because they come from it. A secret inside a definition does not
// hide them.
func TestASecretDefinitionIsNotNamed(t *testing.T) {
	t.Parallel()
	for name, secret := range map[string]bool{"plain": false, "secret": true} {
		r := construct(t, escSync(props{
			"definition": str("values: {sync: {awsSecretsManager: {mapping: perKey, value: {MARKER: {'fn::secret': x}}}}}").
				WithSecret(secret),
			"destination": obj(props{"awsSecretsManager": obj(props{"region": str("eu-central-1")})}),
		}))
		require.NoError(t, r.err)
		planned := r.child(t, run.SyncRunToken).Inputs
		assert.Equal(t, secret, planned.Get("secrets").IsNull(), name)
		assert.Equal(t, secret, planned.Get("within").IsNull(), name)
		for _, c := range r.recorder.registered {
			if secret {
				assertSecretOnly(t, c.Type, property.New(c.Inputs), "MARKER")
			}
		}
	}
}
