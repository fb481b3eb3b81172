package resource

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestConfiguration(t *testing.T) {
	t.Parallel()
	const unset = " is not set here, so it is unknown where the secrets are. Nothing was changed: set it, or " +
		"write the text itself"
	given := func(name string) string {
		return map[string]string{
			"vault:address": "https://v/Team/", "ADDRESS": "HTTPS://User:pw@Host/", "USER_NAME": "Alice@Acme",
			"LOGIN": "alice:pw@host:1", "vault:token": "hunter2",
		}[name]
	}
	c := configurable{account.Source{Config: given, Getenv: given}, func(key string) bool { return key == "vault:token" }}
	for text, want := range map[string]string{
		"here/{name}/{{x}}":                        "here/{name}/{{x}}",
		"{config.vault:address}/kv":                "https://v/Team/kv",
		"{env.ADDRESS}/kv":                         "https://host/kv",
		"{env.USER_NAME}":                          "Alice@Acme",
		"{env.LOGIN}":                              "host:1",
		"{{{env.ADDRESS}}}/{{env.ADDRESS}}":        "{https://host}/{{env.ADDRESS}}",
		"{env.OTHER}/kv/{env.OTHER}/{env.ADDRESS}": "p: {env.OTHER}" + unset,
		"{config.vault:other}/kv":                  "p: {config.vault:other}" + unset,
		"{config.vault:token}": "p: {config.vault:token} is secret, and would be shown in plain text: use something that " +
			"is not secret to say where the secrets are",
	} {
		got, err := c.fill(text, problem.At("p"))
		if err != nil {
			got = err.Error()
		}
		assert.Equal(t, want, got, text)
	}
}

func TestUnknownPlaces(t *testing.T) {
	t.Parallel()
	of := func(place string) targettest.Case {
		return targettest.Case{Type: "ResourceTarget", Inputs: map[string]property.Value{
			"destination": props(t, variable(object{"place": place})), "value": props(t, object{"a": "1"}),
		}}
	}
	run := construct(t, of("{env.ESCSYNC_NOT_SET}/shop"))
	require.ErrorContains(t, run.Err, "destination.place: {env.ESCSYNC_NOT_SET} is not set here")
	assert.Empty(t, run.Children)
	own := of("{env.PATH}/{config.gitlab:x}")
	own.Providers = gitlab
	assert.Equal(t, []string{
		"destination.place: refers to the configuration of a provider that the program passes, which only the engine " +
			"knows: write the location itself",
	}, construct(t, own).Problems(t))
	own = of("{{env.X}}/shop")
	own.Providers = gitlab
	run = construct(t, own)
	require.NoError(t, run.Err)
	assert.Equal(t, property.New("gitlab at {env.X}/shop"), run.Inventory.Input("account"))
}
