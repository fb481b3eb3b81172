package place_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/place"
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

func source(config, env map[string]string) place.Source {
	return place.Source{
		Config: func(key string) string { return config[key] },
		Getenv: func(name string) string { return env[name] },
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	type settings = map[string]string
	file := filepath.Join(t.TempDir(), "config")
	require.NoError(t, os.WriteFile(file, []byte(kubeconfig), 0o600))
	for _, test := range []struct {
		name        string
		config, env settings
		where       func(place.Source) string
		want        string
	}{
		{"nothing is known", nil, nil, place.Source.Vault, ""},
		{
			"vault", settings{"vault:address": "https://V:8200/"}, settings{"VAULT_ADDR": "x"},
			place.Source.Vault, "Vault at https://v:8200",
		},
		{
			"vault by environment", nil, settings{"VAULT_ADDR": "https://v", "VAULT_NAMESPACE": "Team"},
			place.Source.Vault, "Vault at https://v Team",
		},
		{"github", nil, settings{"GITHUB_OWNER": "Acme"}, place.Source.Github, "GitHub owner acme"},
		{
			"github by its older name", nil, settings{"GITHUB_ORGANIZATION": "acme"},
			place.Source.Github, "GitHub owner acme",
		},
		{"gcp", nil, settings{"GCLOUD_PROJECT": "b", "GOOGLE_PROJECT": "a"}, place.Source.Gcp, "GCP project a"},
		{"azure", settings{"azure-native:subscriptionId": "s"}, nil, place.Source.Azure, "Azure subscription s"},
		{
			"a kubeconfig", settings{"kubernetes:kubeconfig": kubeconfig}, nil,
			place.Source.Kubernetes, "Kubernetes cluster https://one.example.com:6443",
		},
		{
			"another context",
			settings{"kubernetes:kubeconfig": kubeconfig, "kubernetes:context": "prod"},
			nil, place.Source.Kubernetes, "Kubernetes cluster https://two.example.com",
		},
		{
			"a kubeconfig as JSON",
			settings{"kubernetes:kubeconfig": `{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c"}}],` +
				`"clusters":[{"name":"c","cluster":{"server":"https://s"}}]}`},
			nil, place.Source.Kubernetes, "Kubernetes cluster https://s",
		},
		{
			"a kubeconfig in a file", nil, settings{"KUBECONFIG": file},
			place.Source.Kubernetes, "Kubernetes cluster https://one.example.com:6443",
		},
		{"a file that is not there", nil, settings{"KUBECONFIG": file + "x"}, place.Source.Kubernetes, ""},
		{"no kubeconfig", settings{"kubernetes:kubeconfig": "a:\n- b: ["}, nil, place.Source.Kubernetes, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, test.where(source(test.config, test.env)))
		})
	}
	assert.Equal(t, "Vault at https://v:8200",
		source(nil, settings{"VAULT_ADDR": "https://proxy:hunter2@V:8200/?token=hunter2"}).Vault())
	assert.Equal(t, "Kubernetes cluster https://two.example.com",
		source(settings{"kubernetes:kubeconfig": kubeconfig, "kubernetes:cluster": "two"}, nil).Kubernetes())
	assert.Empty(t, source(nil, settings{"GITHUB_BASE_URL": "https://ghe"}).Github(), "the owner is the token's")
	assert.Empty(t, source(nil, settings{"VAULT_NAMESPACE": "team"}).Vault())
	assert.Equal(t, "AWS account 123456789012 us-west-2", place.Aws("123456789012", "us-west-2"))
}
