package provider_test

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/stretchr/testify/require"
)

func TestEscSyncNeedsAProviderWhoseCredentialsItCanRead(t *testing.T) {
	t.Parallel()
	reference := p.ProviderReference{Urn: "urn:pulumi:dev::shop::pulumi:providers:pulumiservice::cloud", ID: "id"}
	req := escSync(patternInputs(nil))
	req.Providers = map[tokens.Package]p.ProviderReference{"pulumiservice": reference}
	assertRefusal(t, req, []string{"providers: an explicit pulumiservice provider is given, whose credentials cannot be " +
		"read here: give an escsync provider with the same apiUrl and accessToken as well"})
	req.Providers["escsync"] = reference
	require.NoError(t, construct(t, req).err)
}
