package standin_test

import (
	"context"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

type props = standintest.Props

const schemaText = `
name: toy
config: {variables: {key: {type: string, secret: true}}}
provider:
  inputProperties:
    key: {type: string, secret: true, defaultInfo: {environment: [TOY_KEY]}}
types:
  toy:index:Nested:
    type: object
    properties:
      text: {type: string}
      hidden: {type: string, secret: true}
      level: {type: integer, default: 3}
    required: [text]
resources:
  toy:index:Thing:
    properties: &all
      name: {type: string, willReplaceOnChanges: true}
      nested: {$ref: "#/types/toy:index:Nested"}
      list: {type: array, items: {type: boolean}}
      map: {type: object, additionalProperties: {type: number}}
      password: {type: string, secret: true}
      mode: {type: string, default: fast}
    inputProperties: *all
    requiredInputs: [name]
    required: [name]
`

const token = "toy:index:Thing"

// echo returns the inputs as the state, without any secret mark.
func echo(inputs property.Map) (property.Map, error) {
	var plain map[string]any
	if err := standin.Decode(inputs, &plain); err != nil {
		return property.Map{}, err
	}
	return standin.Encode(plain)
}

func toy() standin.Plugin {
	return standin.Plugin{
		Name: "toy", Version: "1.2.3", Schema: []byte(schemaText),
		Resources: map[string]standin.Resource{token: {
			Volatile: []string{"mode"},
			Create: func(_ context.Context, req p.CreateRequest) (p.CreateResponse, error) {
				state, err := echo(req.Properties)
				return p.CreateResponse{ID: "id", Properties: state}, err
			},
			Update: func(_ context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
				state, err := echo(req.Inputs)
				return p.UpdateResponse{Properties: state}, err
			},
			Delete: func(context.Context, p.DeleteRequest) error { return nil },
		}},
	}
}

func TestCheckFindsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	driver := standintest.New(t, toy(), nil)
	_, failures := driver.Check(t, token, props{
		"nested": props{"level": 1.5, "other": true}, "list": []string{"x"}, "map": "m", "mode": 1, "extra": "e",
	})
	assert.ElementsMatch(t, []p.CheckFailure{
		{Property: "extra", Reason: "unrecognized property 'extra'"},
		{Property: "nested.level", Reason: "expected a value of type integer"},
		{Property: "nested.other", Reason: "unrecognized property 'other'"},
		{Property: "nested.text", Reason: "missing required property 'text'"},
		{Property: "list[0]", Reason: "expected a value of type boolean"},
		{Property: "map", Reason: "expected a value of type object"},
		{Property: "mode", Reason: "expected a value of type string"},
		{Property: "name", Reason: "missing required property 'name'"},
	}, failures)
}

func TestCheckWrapsSecretsAndFillsDefaults(t *testing.T) {
	t.Parallel()
	driver := standintest.New(t, toy(), props{"key": "k"})
	inputs, failures := driver.Check(t, token, props{
		"name": standintest.Unknown(), "password": "p", "nested": props{"text": "t", "hidden": "h"},
	})
	require.Empty(t, failures)
	assert.Equal(t, property.New("p").WithSecret(true), inputs.Get("password"))
	assert.Equal(t, property.New("fast"), inputs.Get("mode"))
	nested := inputs.Get("nested").AsMap()
	assert.Equal(t, property.New("h").WithSecret(true), nested.Get("hidden"))
	assert.Equal(t, property.New(3.0), nested.Get("level"))
	assert.True(t, inputs.Get("name").IsComputed())
}

// A plugin reads the environment again at each start, because the state does not contain it.
func TestDefaultsFromTheEnvironmentAreNotInTheState(t *testing.T) {
	t.Setenv("TOY_KEY", "of the environment")
	plugin, configured := toy(), property.Map{}
	plugin.Configure = func(_ context.Context, config property.Map) error {
		configured = config
		return nil
	}
	checked := standintest.New(t, plugin, nil).Config
	assert.Equal(t, 0, checked.Len())
	assert.Equal(t, property.New("of the environment").WithSecret(true), configured.Get("key"))
}

func TestStateIsSecretWhereTheInputsAre(t *testing.T) {
	t.Parallel()
	driver := standintest.New(t, toy(), nil)
	created := driver.MustCreate(t, token, props{
		"name": "n", "password": "p", "map": props{"a": standintest.Secret(1)}, "list": property.New([]property.Value{}),
	})
	assert.True(t, created.State.Get("password").Secret())
	assert.True(t, created.State.Get("map").Secret(), "a secret inside makes the whole property secret")
	assert.False(t, created.State.Get("name").Secret())
	assert.False(t, created.State.Get("list").Secret())
}

func TestPreviewsAreUnknownWhereTheResultIs(t *testing.T) {
	t.Parallel()
	driver := standintest.New(t, toy(), nil)
	inputs, _ := driver.Check(t, token, props{"name": "n"})
	created, err := driver.Server.Create(
		p.CreateRequest{Urn: standintest.URN(token, "res"), Properties: inputs, DryRun: true},
	)
	require.NoError(t, err)
	assert.Equal(t, property.New("n"), created.Properties.Get("name"))
	assert.True(t, created.Properties.Get("password").IsNull(), "an optional input that is not given stays absent")

	real := driver.MustCreate(t, token, props{"name": "n"})
	updated, err := driver.Server.Update(p.UpdateRequest{
		ID: real.ID, Urn: real.URN, State: real.State, OldInputs: real.Inputs, Inputs: inputs, DryRun: true,
	})
	require.NoError(t, err)
	assert.True(t, updated.Properties.Get("mode").IsComputed())
}

func TestDiffIgnoresSecretness(t *testing.T) {
	t.Parallel()
	driver := standintest.New(t, toy(), nil)
	created := driver.MustCreate(t, token, props{"name": "n", "map": props{"a": 1}})
	assert.False(
		t,
		driver.Diff(t, created, props{"name": standintest.Secret("n"), "map": standintest.Secret(props{"a": 1})}).HasChanges,
	)
	assert.Equal(t, map[string]p.PropertyDiff{
		"name": {Kind: p.UpdateReplace, InputDiff: true}, "map.a": {Kind: p.Update, InputDiff: true},
		"password": {Kind: p.Add, InputDiff: true},
	}, driver.Diff(t, created, props{"name": "m", "map": props{"a": 2}, "password": "p"}).DetailedDiff)
}

func TestSchemaAndOperationsNameTheSameResources(t *testing.T) {
	t.Parallel()
	plugin := toy()
	plugin.Resources = nil
	_, err := plugin.PackageSpec()
	require.ErrorContains(t, err, "toy:index:Thing, which has no operations")
	plugin = toy()
	plugin.Resources["toy:index:Other"] = standin.Resource{}
	_, err = plugin.PackageSpec()
	require.ErrorContains(t, err, "toy:index:Other is not in the schema")
}
