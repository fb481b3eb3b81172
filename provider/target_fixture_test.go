package provider

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
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

// registered is one child as the engine was asked for it.
type registered struct {
	integration.MockResourceArgs
}

func (r registered) input(name string) property.Value { return r.Inputs.Get(name) }

// targetRun is what a construct call registered, in no order.
type targetRun struct {
	Response p.ConstructResponse
	Err      error
	children []registered
	// inventory is the one resource that is no secret.
	inventory *registered
}

// child returns the only child of the type with the name.
func (r targetRun) child(t *testing.T, typ, name string) registered {
	t.Helper()
	var found []registered
	for _, c := range r.children {
		if string(c.TypeToken) == typ && c.Name == name {
			found = append(found, c)
		}
	}
	require.Len(t, found, 1, "children of type %s named %s; there are %v", typ, name, r.listed())
	return found[0]
}

// listed returns type and name of every child, sorted.
func (r targetRun) listed() []string {
	var all []string
	for _, c := range r.children {
		all = append(all, string(c.TypeToken)+" "+c.Name)
	}
	slices.Sort(all)
	return all
}

// problems returns the failures as lines "path: reason".
func (r targetRun) problems(t *testing.T) []string {
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

// targetCase is one construct call; the zero values are a real update of a resource called "sync".
type targetCase struct {
	typ       string
	inputs    map[string]property.Value
	preview   bool
	providers map[tokens.Package]p.ProviderReference
	call      func(integration.MockCallArgs) (property.Map, error)
}

// placeConfig is the stack's configuration, as far as it says where a target pushes to.
var placeConfig = map[config.Key]string{
	config.MustMakeKey("azure-native", "subscriptionId"): "s",
	config.MustMakeKey("gcp", "project"):                 "p",
	config.MustMakeKey("github", "owner"):                "acme",
	config.MustMakeKey("vault", "address"):               "https://v",
}

// constructTarget sends one construct request to a provider that has the target components only.
func constructTarget(t *testing.T, c targetCase) targetRun {
	t.Helper()
	prov, err := infer.NewProviderBuilder().
		WithNamespace("escsync").
		WithComponents(targetComponents()...).
		WithResources(targetResources()...).
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"provider": "index"}).
		Build()
	require.NoError(t, err)
	var lock sync.Mutex
	var run targetRun
	server, err := integration.NewServer(t.Context(), "escsync", semver.MustParse("0.1.0"),
		integration.WithProvider(prov),
		integration.WithMocks(&integration.MockResourceMonitor{
			CallF: func(args integration.MockCallArgs) (property.Map, error) {
				switch string(args.Token) {
				case "aws:index/getCallerIdentity:getCallerIdentity":
					return outputs(object{"accountId": "123456789012"}), nil
				case "aws:index/getRegion:getRegion":
					if c.preview && c.providers["aws"] != (p.ProviderReference{}) { // its configuration is not known yet
						return property.Map{}, nil
					}
					return outputs(object{"name": "us-west-2"}), nil
				}
				if c.call == nil {
					return property.Map{}, nil
				}
				return c.call(args)
			},
			NewResourceF: func(args integration.MockResourceArgs) (string, property.Map, error) {
				lock.Lock()
				defer lock.Unlock()
				if args.Name == "sync" && !args.Custom {
					return "", property.Map{}, nil
				}
				if string(args.TypeToken) == inventoryToken {
					run.inventory = &registered{args}
				} else {
					run.children = append(run.children, registered{args})
				}
				if c.preview {
					return "", args.Inputs, nil
				}
				return args.Name + "-id", args.Inputs, nil
			},
		}))
	require.NoError(t, err)
	run.Response, run.Err = server.Construct(p.ConstructRequest{
		Urn:       presource.NewURN("dev", "shop", "", tokens.Type("escsync:index:"+c.typ), "sync"),
		DryRun:    c.preview,
		Inputs:    property.NewMap(c.inputs),
		Providers: c.providers,
		Config:    placeConfig,
	})
	return run
}

// payloadText encodes a document as the environment does.
func payloadText(t *testing.T, document any) property.Value {
	t.Helper()
	text, err := json.Marshal(document)
	require.NoError(t, err)
	return property.New(base64.StdEncoding.EncodeToString(text)).WithSecret(true)
}

// object is short for a JSON object or a map of Pulumi properties.
type object = map[string]any

// props converts Go values to Pulumi properties.
func props(t *testing.T, value any) property.Value {
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
