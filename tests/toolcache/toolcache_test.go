package toolcache

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestThePinsAreTheVersionsOfTheModules(t *testing.T) {
	t.Parallel()
	repository, err := Repository()
	require.NoError(t, err)
	versions, err := Versions(repository, Servers)
	require.NoError(t, err)
	for _, pin := range []struct{ variable, folder, module string }{
		{"VAULT_VERSION", "vault", "github.com/hashicorp/vault"},
		{"KUBERNETES_VERSION", "kubernetes", "k8s.io/kubernetes"},
		{"ETCD_VERSION", "kubernetes", "go.etcd.io/etcd/server/v3"},
		{"PULUMI_KUBERNETES_VERSION", "pulumi-kubernetes", "github.com/pulumi/pulumi-kubernetes/provider/v4"},
		{
			"PULUMI_TERRAFORM_BRIDGE_VERSION", "pulumi-terraform-provider",
			"github.com/pulumi/pulumi-terraform-bridge/v3",
		},
		{
			"TERRAFORM_KUBERNETES_VERSION", "terraform-provider-kubernetes",
			"github.com/hashicorp/terraform-provider-kubernetes",
		},
	} {
		modules, err := os.ReadFile(filepath.Join(repository, "tests", "tools", pin.folder, "go.mod"))
		require.NoError(t, err)
		assert.Regexp(t, `(?m)^\s*(require )?`+pin.module+` `+versions[pin.variable]+`( // indirect)?$`, string(modules))
	}
}

func TestAMissingProgramSaysHowToBuildIt(t *testing.T) {
	t.Setenv("ESCSYNC_CACHE", t.TempDir())
	_, err := Server("vault", "VAULT_VERSION")
	require.ErrorContains(t, err, "run `make platform_tools`")
}

func TestAProgramWithoutAPinIsAnError(t *testing.T) {
	t.Parallel()
	_, err := Server("vault", "NO_SUCH_VERSION")
	require.ErrorContains(t, err, "NO_SUCH_VERSION")
}
