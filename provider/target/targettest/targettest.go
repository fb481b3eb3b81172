// Package targettest constructs target components against a mock engine that records every registration.
package targettest

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// Registered is one child that was registered with the engine.
type Registered struct {
	integration.MockResourceArgs
}

// Input returns the named input.
func (r Registered) Input(name string) property.Value { return r.Inputs.Get(name) }

// Run has the results of a construct call. Children are in no particular order.
type Run struct {
	Response p.ConstructResponse
	Err      error
	Children []Registered
	// Inventory is the target's Inventory resource.
	Inventory *Registered
}

// Child returns the only child with this type for a key; "" means the whole value. For a child that belongs to no
// secret, key is its name.
func (r Run) Child(t *testing.T, typ, key string) Registered {
	t.Helper()
	var found []Registered
	for _, c := range r.Children {
		if string(c.TypeToken) == typ && (c.Name == key || r.isOf(c, key)) {
			found = append(found, c)
		}
	}
	require.Len(t, found, 1, "children of type %s for key %q; there are %v", typ, key, r.Listed())
	return found[0]
}

// isOf reports whether a child, whose name contains the name of a secret, an object or a location, comes from the key.
func (r Run) isOf(c Registered, key string) bool {
	_, name, _ := strings.Cut(c.Name, "/")
	for id, of := range r.Inventory.Input("keys").AsMap().All {
		_, secret, _ := strings.Cut(id, "/")
		if of.AsString() == key && (secret == name || strings.HasPrefix(secret, name+"/") ||
			strings.HasSuffix(secret, "/"+name)) {
			return true
		}
	}
	return false
}

// Listed returns the type and name of every child, sorted.
func (r Run) Listed() []string {
	var all []string
	for _, c := range r.Children {
		all = append(all, string(c.TypeToken)+" "+c.Name)
	}
	slices.Sort(all)
	return all
}

// Problems returns the input errors as lines of the form "path: reason".
func (r Run) Problems(t *testing.T) []string {
	t.Helper()
	require.Error(t, r.Err)
	rpc, ok := rpcerror.FromError(r.Err)
	require.True(t, ok, "%v is no gRPC error", r.Err)
	var lines []string
	for _, detail := range rpc.Details() {
		if properties, ok := detail.(*pulumirpc.InputPropertiesError); ok {
			for _, e := range properties.Errors {
				lines = append(lines, strings.TrimSpace(e.PropertyPath)+": "+e.Reason)
			}
		}
	}
	return lines
}

// Case is one construct call. The zero values mean an update, not a preview, of a resource called "sync".
type Case struct {
	Type      string
	Inputs    map[string]property.Value
	Preview   bool
	Providers map[tokens.Package]p.ProviderReference
	Call      func(integration.MockCallArgs) (property.Map, error)
}

// stackConfig is the configuration that determines the account.
var stackConfig = map[config.Key]string{
	config.MustMakeKey("azure-native", "subscriptionId"): "s",
	config.MustMakeKey("gcp", "project"):                 "p",
	config.MustMakeKey("github", "owner"):                "acme",
	config.MustMakeKey("vault", "address"):               "https://v",
}

// Provider returns a provider with only the target components and their resources.
func Provider(t *testing.T, platforms target.Platforms) p.Provider {
	t.Helper()
	var prov p.Provider
	schemaOf := sync.OnceValues(func() (*schema.PackageSpec, error) {
		spec, err := p.GetSchema(t.Context(), version.Name, version.Version, prov)
		return &spec, err
	})
	prov, err := infer.NewProviderBuilder().
		WithNamespace("escsync").
		WithComponents(target.Components(platforms, schemaOf)...).
		WithResources(target.Resources()...).
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"target": "index"}).
		Build()
	require.NoError(t, err)
	return prov
}

// Construct sends one construct request to a provider with only the target components of the platforms.
func Construct(t *testing.T, platforms target.Platforms, c Case) Run {
	t.Helper()
	prov := Provider(t, platforms)
	var lock sync.Mutex
	var run Run
	server, err := integration.NewServer(t.Context(), "escsync", semver.MustParse("0.1.0"),
		integration.WithProvider(prov),
		integration.WithMocks(&integration.MockResourceMonitor{
			CallF: func(args integration.MockCallArgs) (property.Map, error) {
				switch string(args.Token) {
				case "aws:index/getCallerIdentity:getCallerIdentity":
					return Outputs(Object{"accountId": "123456789012"}), nil
				case "aws:index/getRegion:getRegion":
					if c.Preview && c.Providers["aws"] != (p.ProviderReference{}) { // its configuration is unknown at preview
						return property.Map{}, nil
					}
					return Outputs(Object{"name": "us-west-2"}), nil
				}
				if c.Call == nil {
					return property.Map{}, nil
				}
				return c.Call(args)
			},
			NewResourceF: func(args integration.MockResourceArgs) (string, property.Map, error) {
				lock.Lock()
				defer lock.Unlock()
				if args.Name == "sync" && !args.Custom {
					return "", property.Map{}, nil
				}
				if string(args.TypeToken) == target.InventoryToken {
					run.Inventory = &Registered{args}
				} else {
					run.Children = append(run.Children, Registered{args})
				}
				if c.Preview {
					return "", withoutSecretUnknowns(args.Inputs), nil
				}
				return args.Name + "-id", args.Inputs, nil
			},
		}))
	require.NoError(t, err)
	run.Response, run.Err = server.Construct(p.ConstructRequest{
		Urn:       presource.NewURN("dev", "shop", "", tokens.Type("escsync:index:"+c.Type), "sync"),
		DryRun:    c.Preview,
		Inputs:    property.NewMap(c.Inputs),
		Providers: c.Providers,
		Config:    stackConfig,
	})
	return run
}

// withoutSecretUnknowns removes the secret flag from unknown inputs, because the mocks do not support both at once.
func withoutSecretUnknowns(inputs property.Map) property.Map {
	for name, input := range inputs.All {
		if input.Secret() && input.IsComputed() {
			inputs = inputs.Set(name, input.WithSecret(false))
		}
	}
	return inputs
}

// Payload encodes a document as the environment does.
func Payload(t *testing.T, document any) property.Value {
	t.Helper()
	text, err := json.Marshal(document)
	require.NoError(t, err)
	return property.New(base64.StdEncoding.EncodeToString(text)).WithSecret(true)
}

// Outputs returns the fields as a mock's response.
func Outputs(fields Object) property.Map { return toAny(fields).(property.Map) }

// Object is short for a JSON object or a map of Pulumi properties.
type Object = map[string]any

// Props converts Go values to Pulumi properties.
func Props(t *testing.T, value any) property.Value {
	t.Helper()
	v, err := property.Any(toAny(value))
	require.NoError(t, err)
	return v
}

func toAny(value any) any {
	switch v := value.(type) {
	case map[string]any:
		result := map[string]property.Value{}
		for key, field := range v {
			converted, err := property.Any(toAny(field))
			if err != nil {
				panic(err)
			}
			result[key] = converted
		}
		return property.NewMap(result)
	case []any:
		var result []property.Value
		for _, item := range v {
			converted, err := property.Any(toAny(item))
			if err != nil {
				panic(err)
			}
			result = append(result, converted)
		}
		return property.NewArray(result)
	case int:
		return float64(v)
	default:
		return value
	}
}

// Nested returns an object with a secret two levels deep and a plain text.
func Nested(t *testing.T) property.Value {
	t.Helper()
	return property.New(map[string]property.Value{
		"db":      property.New(map[string]property.Value{"user": property.New("u").WithSecret(true)}),
		"hot-key": property.New("p"),
	})
}

// At returns the input at a path.
func At(t *testing.T, inputs property.Map, path string) property.Value {
	t.Helper()
	var parsed property.Path
	require.NoError(t, parsed.UnmarshalText([]byte(path)))
	value, err := parsed.Get(property.New(inputs))
	require.NoError(t, err, "%s in %v", path, inputs)
	return value
}

// NoCall returns a mock that fails the test if a lookup is made, because writing adopts anyway.
func NoCall(t *testing.T) func(integration.MockCallArgs) (property.Map, error) {
	t.Helper()
	return func(args integration.MockCallArgs) (property.Map, error) {
		t.Errorf("%s is called, although writing adopts", args.Token)
		return property.Map{}, nil
	}
}
