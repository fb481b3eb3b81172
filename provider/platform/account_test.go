package platform_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/target/account"
)

const kubeconfig = `apiVersion: v1
current-context: dev
contexts:
- name: dev
  context: {cluster: one, user: u}
- name: prod
  context: {cluster: two, user: u}
clusters:
- name: one
  cluster: {server: "https://One.example.com:6443/"}
- name: two
  cluster: {server: https://two.example.com}
users:
- name: u
  user: {token: hunter2}
`

func source(config, env map[string]string) account.Source {
	return account.Source{
		Config: func(key string) string { return config[key] },
		Getenv: func(name string) string { return env[name] },
	}
}

// of returns the platform's account for a provider configuration.
func of(t *testing.T, name string, source account.Source) string {
	t.Helper()
	found, ok := platform.All.Named(name)
	require.True(t, ok, name)
	return found.Account(source)
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	type settings = map[string]string
	file := filepath.Join(t.TempDir(), "config")
	require.NoError(t, os.WriteFile(file, []byte(kubeconfig), 0o600))
	for _, test := range []struct {
		name        string
		config, env settings
		platform    string
		want        string
	}{
		{"nothing is known", nil, nil, "vault", ""},
		{
			"vault", settings{"vault:address": "https://V:8200/"}, settings{"VAULT_ADDR": "x"},
			"vault", "Vault at https://v:8200",
		},
		{
			"vault by environment", nil, settings{"VAULT_ADDR": "https://v", "VAULT_NAMESPACE": "Team"},
			"vault", "Vault at https://v Team",
		},
		{"github", nil, settings{"GITHUB_OWNER": "Acme"}, "githubSecrets", "GitHub owner acme"},
		{
			"github by its older name", nil, settings{"GITHUB_ORGANIZATION": "acme"},
			"githubSecrets", "GitHub owner acme",
		},
		{"gcp", nil, settings{"GCLOUD_PROJECT": "b", "GOOGLE_PROJECT": "a"}, "gcpSecretManager", "GCP project a"},
		{"azure", settings{"azure-native:subscriptionId": "s"}, nil, "azureKeyVault", "Azure subscription s"},
		{
			"a kubeconfig", settings{"kubernetes:kubeconfig": kubeconfig}, nil,
			"kubernetes", "Kubernetes cluster https://one.example.com:6443",
		},
		{
			"another context",
			settings{"kubernetes:kubeconfig": kubeconfig, "kubernetes:context": "prod"},
			nil, "kubernetes", "Kubernetes cluster https://two.example.com",
		},
		{
			"a kubeconfig as JSON",
			settings{"kubernetes:kubeconfig": `{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c"}}],` +
				`"clusters":[{"name":"c","cluster":{"server":"https://s"}}]}`},
			nil, "kubernetes", "Kubernetes cluster https://s",
		},
		{
			"a kubeconfig in a file", nil, settings{"KUBECONFIG": file},
			"kubernetes", "Kubernetes cluster https://one.example.com:6443",
		},
		{"a file that is not there", nil, settings{"KUBECONFIG": file + "x"}, "kubernetes", ""},
		{"no kubeconfig", settings{"kubernetes:kubeconfig": "a:\n- b: ["}, nil, "kubernetes", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, of(t, test.platform, source(test.config, test.env)))
		})
	}
	assert.Equal(t, "Vault at https://v:8200",
		of(t, "vault", source(nil, settings{"VAULT_ADDR": "https://proxy:hunter2@V:8200/?token=hunter2"})))
	assert.Equal(t, "Kubernetes cluster https://two.example.com",
		of(t, "kubernetes", source(settings{"kubernetes:kubeconfig": kubeconfig, "kubernetes:cluster": "two"}, nil)))
	assert.Empty(t, of(t, "githubSecrets", source(nil, settings{"GITHUB_BASE_URL": "https://ghe"})),
		"the owner is the token's")
	assert.Empty(t, of(t, "vault", source(nil, settings{"VAULT_NAMESPACE": "team"})))
}
