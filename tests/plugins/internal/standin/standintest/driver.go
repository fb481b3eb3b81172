// Package standintest drives stand-in plugins in tests, and compares their schemas with the published SDKs.
package standintest

import (
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// Props are the properties of a resource, as Go values.
type Props map[string]any

// Map returns the properties as the engine sends them.
func (props Props) Map() property.Map {
	out := map[string]property.Value{}
	for key, value := range props {
		out[key] = valueOf(value)
	}
	return property.NewMap(out)
}

// Secret marks a value as secret.
func Secret(v any) property.Value {
	return valueOf(v).WithSecret(true)
}

// Unknown is a value that a preview does not know.
func Unknown() property.Value {
	return property.New(property.Computed)
}

func valueOf(v any) property.Value {
	switch v := v.(type) {
	case property.Value:
		return v
	case string:
		return property.New(v)
	case bool:
		return property.New(v)
	case int:
		return property.New(float64(v))
	case float64:
		return property.New(v)
	case Props:
		return property.New(v.Map())
	case []string:
		items := []property.Value{}
		for _, item := range v {
			items = append(items, property.New(item))
		}
		return property.New(items)
	case []Props:
		items := []property.Value{}
		for _, item := range v {
			items = append(items, property.New(item.Map()))
		}
		return property.New(items)
	}
	panic("standintest: a value of a type that no property has")
}

// Driver makes the calls of the engine.
type Driver struct {
	Server integration.Server
	// Config is what the engine stores of the plugin's own configuration.
	Config property.Map
}

// Resource is what the engine stores about a resource.
type Resource struct {
	URN    urn.URN
	ID     string
	Inputs property.Map
	State  property.Map
}

// New starts a plugin and configures it.
func New(t *testing.T, plugin standin.Plugin, config Props) *Driver {
	t.Helper()
	provider, err := plugin.Provider()
	require.NoError(t, err)
	server, err := integration.NewServer(t.Context(), plugin.Name, semver.MustParse(plugin.Version),
		integration.WithProvider(provider))
	require.NoError(t, err)
	checked, err := server.CheckConfig(p.CheckRequest{
		Urn: urn.New("stack", "project", "", tokens.Type("pulumi:providers:"+plugin.Name), "default"), Inputs: config.Map(),
	})
	require.NoError(t, err)
	require.Empty(t, checked.Failures)
	require.NoError(t, server.Configure(p.ConfigureRequest{Args: checked.Inputs}))
	return &Driver{Server: server, Config: checked.Inputs}
}

// URN returns the URN of a resource of the driver's stack.
func URN(token, name string) urn.URN {
	return urn.New("stack", "project", "", tokens.Type(token), name)
}

// Check returns checked inputs and what is wrong with them.
func (d *Driver) Check(t *testing.T, token string, inputs Props) (property.Map, []p.CheckFailure) {
	t.Helper()
	response, err := d.Server.Check(
		p.CheckRequest{Urn: URN(token, "res"), Inputs: inputs.Map(), RandomSeed: []byte("seed")},
	)
	require.NoError(t, err)
	return response.Inputs, response.Failures
}

// Create checks the inputs and creates the resource.
func (d *Driver) Create(t *testing.T, token string, inputs Props) (Resource, error) {
	t.Helper()
	checked, failures := d.Check(t, token, inputs)
	require.Empty(t, failures)
	created, err := d.Server.Create(p.CreateRequest{Urn: URN(token, "res"), Properties: checked})
	return Resource{URN: URN(token, "res"), ID: created.ID, Inputs: checked, State: created.Properties}, err
}

// MustCreate is Create for inputs that the platform accepts.
func (d *Driver) MustCreate(t *testing.T, token string, inputs Props) Resource {
	t.Helper()
	resource, err := d.Create(t, token, inputs)
	require.NoError(t, err)
	require.NotEmpty(t, resource.ID)
	return resource
}

// Diff returns what a change of the inputs does.
func (d *Driver) Diff(t *testing.T, resource Resource, inputs Props) p.DiffResponse {
	t.Helper()
	checked := d.recheck(t, resource, inputs)
	response, err := d.Server.Diff(p.DiffRequest{
		ID: resource.ID, Urn: resource.URN, State: resource.State, OldInputs: resource.Inputs, Inputs: checked,
	})
	require.NoError(t, err)
	return response
}

func (d *Driver) recheck(t *testing.T, resource Resource, inputs Props) property.Map {
	t.Helper()
	response, err := d.Server.Check(p.CheckRequest{
		Urn: resource.URN, State: resource.Inputs, Inputs: inputs.Map(), RandomSeed: []byte("other"),
	})
	require.NoError(t, err)
	require.Empty(t, response.Failures)
	return response.Inputs
}

// Update checks the inputs and updates the resource in place.
func (d *Driver) Update(t *testing.T, resource Resource, inputs Props) (Resource, error) {
	t.Helper()
	checked := d.recheck(t, resource, inputs)
	response, err := d.Server.Update(p.UpdateRequest{
		ID: resource.ID, Urn: resource.URN, State: resource.State, OldInputs: resource.Inputs, Inputs: checked,
	})
	return Resource{URN: resource.URN, ID: resource.ID, Inputs: checked, State: response.Properties}, err
}

// Refresh reads the resource again. Its ID is empty if it is gone.
func (d *Driver) Refresh(t *testing.T, resource Resource) Resource {
	t.Helper()
	response, err := d.Server.Read(p.ReadRequest{
		ID: resource.ID, Urn: resource.URN, Properties: resource.State, Inputs: resource.Inputs,
	})
	require.NoError(t, err)
	return Resource{URN: resource.URN, ID: response.ID, Inputs: response.Inputs, State: response.Properties}
}

// Import reads a resource that no state knows.
func (d *Driver) Import(t *testing.T, token, id string) Resource {
	t.Helper()
	return d.Refresh(t, Resource{URN: URN(token, "res"), ID: id})
}

// Invoke calls a function. Its error is what a program sees, which may act on the text.
func (d *Driver) Invoke(t *testing.T, token string, args Props) (property.Map, error) {
	t.Helper()
	response, err := d.Server.Invoke(p.InvokeRequest{Token: tokens.Type(token), Args: args.Map()})
	require.Empty(t, response.Failures)
	return response.Return, err
}

// MustInvoke is Invoke for what exists.
func (d *Driver) MustInvoke(t *testing.T, token string, args Props) property.Map {
	t.Helper()
	results, err := d.Invoke(t, token, args)
	require.NoError(t, err)
	return results
}

// Delete deletes the resource.
func (d *Driver) Delete(resource Resource) error {
	return d.Server.Delete(p.DeleteRequest{
		ID: resource.ID, Urn: resource.URN, Properties: resource.State, OldInputs: resource.Inputs,
	})
}
