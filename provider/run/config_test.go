package run

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

// A token from the environment must not be stored in the state, where a renewed one would not replace it. A configured
// token is stored, as a secret.
func TestOnlyAConfiguredTokenIsInTheState(t *testing.T) {
	for name, variables := range Environment() {
		for _, variable := range variables {
			t.Setenv(variable, "https://"+name+".example.com")
		}
	}
	server := unconfigured(t, deploymentstest.Start(t), nil)
	got, err := server.CheckConfig(p.CheckRequest{})
	require.NoError(t, err)
	assert.True(t, got.Inputs.Get("accessToken").IsNull(), "no empty secret either")
	assert.True(t, got.Inputs.Get("apiUrl").IsNull())

	got, err = server.CheckConfig(p.CheckRequest{Inputs: property.NewMap(map[string]property.Value{
		"accessToken": property.New("t0ken"),
	})})
	require.NoError(t, err)
	assert.Equal(t, property.New("t0ken").WithSecret(true), got.Inputs.Get("accessToken"))
}

func TestConfigurationChangesReplaceNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t, nil)
	config := func(url, token string) property.Map {
		return property.NewMap(map[string]property.Value{
			"apiUrl": property.New(url), "accessToken": property.New(token).WithSecret(true),
		})
	}
	old := config("https://one.example.com", "t1")
	got, err := b.DiffConfig(p.DiffRequest{State: old, OldInputs: old, Inputs: config("https://two.example.com", "t2")})
	require.NoError(t, err)
	assert.Equal(t, map[string]p.PropertyDiff{
		"apiUrl": {Kind: p.Update, InputDiff: true}, "accessToken": {Kind: p.Update, InputDiff: true},
	}, got.DetailedDiff)
	got, err = b.DiffConfig(p.DiffRequest{State: old, OldInputs: old, Inputs: old})
	require.NoError(t, err)
	assert.False(t, got.HasChanges)
}
