package limit_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/limit"
)

// The names of the places that hold secrets.
func TestPlaces(t *testing.T) {
	t.Parallel()
	tests := []struct {
		what      string
		check     func(string) error
		good, bad []string
	}{
		{"key vault", limit.AzureVaultName,
			[]string{"kv1", "My-vault-2", strings.Repeat("a", 24)},
			[]string{"", "kv", "1kv", "kv-", "my--vault", "my_vault", "kv.vault.azure.net", strings.Repeat("a", 25)}},
		{"resource group", limit.AzureResourceGroup,
			[]string{"a", "rg_1-(x).y", "gruppe-ä", "1", strings.Repeat("a", 90)},
			[]string{"", "rg.", "a/b", "a b", strings.Repeat("a", 91)}},
		{"GCP region", limit.GcpRegion,
			[]string{"europe-west1", "us-central1", "northamerica-northeast2", "africa-south1", "europe-west12"},
			[]string{"", "EU", "eu", "us-central1-a", "Europe-West1", "global", "europe-west1 "}},
		{"GCP project", limit.GcpProject,
			[]string{"my-project", "example.com:my-project", "a23456"},
			[]string{
				"", "123456789012", "My Project", "short", "1project", "project-", "projects/my-project",
				strings.Repeat("a", 31),
			}},
		{"GCP project number", limit.GcpProjectNumber, []string{"123456789012"}, []string{"", "my-project", "projects/1"}},
		{"namespace", limit.KubernetesNamespace,
			[]string{"a", "team-1", strings.Repeat("a", 63)}, []string{"", "A", "a.b", "-a", "a-", strings.Repeat("a", 64)}},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			t.Parallel()
			for _, name := range test.good {
				assert.NoError(t, test.check(name), name)
			}
			for _, name := range test.bad {
				assert.Error(t, test.check(name), name)
			}
		})
	}
}

func TestGcpKmsKey(t *testing.T) {
	t.Parallel()
	key := func(location string) string { return "projects/p/locations/" + location + "/keyRings/r/cryptoKeys/k" }
	assert.NoError(t, limit.GcpKmsKey(key("global"), nil))
	assert.NoError(t, limit.GcpKmsKey(key("europe-west1"), []string{"europe-west1"}))
	assert.ErrorContains(t, limit.GcpKmsKey(key("europe-west1"), nil), "location global")
	assert.ErrorContains(t, limit.GcpKmsKey(key("global"), []string{"europe-west1"}), "the secret's region")
	for _, bad := range []string{"", "k", key("global") + "/cryptoKeyVersions/1", "/" + key("global")} {
		assert.ErrorContains(t, limit.GcpKmsKey(bad, nil), "must be projects/<project>/", bad)
	}
}

func TestKubernetesSecretTypes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		typ  string
		keys []string
		want string
	}{
		{"Opaque", nil, ""},
		{"example.com/own", nil, ""},
		{"kubernetes.io/tls", []string{"tls.crt", "tls.key", "ca.crt"}, ""},
		{"kubernetes.io/tls", []string{"tls.crt"}, "kubernetes.io/tls needs the key tls.key"},
		{"kubernetes.io/tls", nil, "needs the key tls.crt and tls.key"},
		{"kubernetes.io/basic-auth", []string{"password"}, ""},
		{"kubernetes.io/basic-auth", []string{"token"}, "needs the key username or password"},
		{"kubernetes.io/ssh-auth", []string{"key"}, "needs the key ssh-privatekey"},
		{"kubernetes.io/dockerconfigjson", []string{".dockercfg"}, "needs the key .dockerconfigjson"},
		{"kubernetes.io/dockercfg", []string{".dockercfg"}, ""},
	} {
		err := limit.KubernetesSecretType(test.typ, test.keys)
		if test.want == "" {
			assert.NoError(t, err, test.typ)
		} else {
			assert.ErrorContains(t, err, test.want)
		}
	}
	assert.NoError(t, limit.KubernetesTypedValue("kubernetes.io/dockerconfigjson", ".dockerconfigjson", `{"auths":{}}`))
	assert.NoError(t, limit.KubernetesTypedValue("kubernetes.io/dockerconfigjson", "other", "hunter2"))
	assert.NoError(t, limit.KubernetesTypedValue("kubernetes.io/tls", "tls.crt", "hunter2"))
	err := limit.KubernetesTypedValue("kubernetes.io/dockerconfigjson", ".dockerconfigjson", "hunter2")
	assert.ErrorContains(t, err, "must be JSON, as kubernetes.io/dockerconfigjson has it")
	assert.NotContains(t, err.Error(), "hunter2")
}
