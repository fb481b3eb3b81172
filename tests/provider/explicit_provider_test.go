package provider_test

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
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

func TestEscSyncNeedsConfigurationThatItsOwnProviderSees(t *testing.T) {
	t.Parallel()
	req := escSync(patternInputs(nil))
	req.Config = map[config.Key]string{}
	set := func(name, value string) { req.Config[config.MustParseKey(name)] = value }
	set("pulumiservice:apiUrl", "https://api.example.com")
	set("pulumiservice:accessToken", "hunter2")
	assertRefusal(t, req, []string{
		"providers: pulumiservice:apiUrl is configured and escsync:apiUrl is not, so the sync's runs would not use it: " +
			"set escsync:apiUrl to the same value",
		"providers: pulumiservice:accessToken is configured and escsync:accessToken is not, so the sync's runs would not " +
			"use it: set escsync:accessToken to the same value",
	})
	set("escsync:apiUrl", "https://api.example.com")
	set("escsync:accessToken", "hunter2")
	require.NoError(t, construct(t, req).err)
}

// A program's provider for a platform does not affect the run, which is in another stack.
func TestEscSyncIgnoresAPlatformsProvider(t *testing.T) {
	t.Parallel()
	req := escSync(props{
		"value": obj(props{"a": str("x")}), "adoptionPolicy": str("Never"),
		"destination": obj(props{"resource": obj(props{
			"type":       str("gitlab:index/projectVariable:ProjectVariable"),
			"properties": obj(props{"key": str("{name}"), "value": str("{value}")}),
		})}),
	})
	req.Providers = map[tokens.Package]p.ProviderReference{"gitlab": {
		Urn: "urn:pulumi:dev::shop::pulumi:providers:gitlab::mine", ID: "id",
	}}
	require.NoError(t, construct(t, req).err)
}
