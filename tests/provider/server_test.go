package provider_test

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider"
	"github.com/escsync/pulumi-escsync/provider/escsync"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/version"
)

const (
	testProject = "shop"
	testStack   = "dev"
)

// child is one registration, as it was sent.
type child struct {
	Type, Name, Parent string
	Dependencies       []string
	// Inputs keep secrets and unknowns explicit.
	Inputs property.Map
}

type recorder struct {
	mu         sync.Mutex
	registered []child
	// preview leaves the outputs of a run unknown.
	preview bool
}

// NewResource records a registration. It answers with the inputs and the outputs that the pulumiservice provider would
// add.
func (r *recorder) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := child{Type: args.TypeToken, Name: args.Name, Inputs: resource.FromResourcePropertyMap(args.Inputs)}
	if args.RegisterRPC != nil {
		c.Parent = args.RegisterRPC.Parent
		c.Dependencies = append(c.Dependencies, args.RegisterRPC.Dependencies...)
	}
	r.registered = append(r.registered, c)
	state := args.Inputs.Copy()
	switch args.TypeToken {
	case "pulumiservice:index:Environment":
		delete(state, "yaml") // the mock monitor cannot send back an unknown secret
		state["revision"] = resource.NewProperty(2.0)
		state["environmentId"] = resource.NewProperty("env-id")
	case run.SyncRunToken:
		delete(state, "triggers") // for the same reason
		delete(state, "secrets")
		if r.preview {
			break
		}
		maps.Copy(state, resource.PropertyMap{
			"deploymentId": resource.NewProperty("run-id"), "version": resource.NewProperty(1.0),
			"status": resource.NewProperty("succeeded"), "started": resource.NewProperty("2030-01-01T00:00:10Z"),
			"finished": resource.NewProperty("2030-01-01T00:00:50Z"), "initiator": resource.NewProperty("escsync"),
			"consoleUrl": resource.NewProperty("https://app.pulumi.com/run"), "failedStep": resource.NewProperty(""),
			"resourceChanges": resource.NewProperty(resource.PropertyMap{"create": resource.NewProperty(2.0)}),
		})
	case run.CaretakerToken:
		delete(state, "settings") // for the same reason
	case "pulumiservice:index:DeploymentSchedule":
		state["scheduleId"] = resource.NewProperty("schedule-id")
	case "pulumiservice:index:Webhook":
		state["name"] = resource.NewProperty("hook-name")
	}
	return args.Name + "-id", state, nil
}

// Call returns nothing.
func (r *recorder) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

type constructed struct {
	response p.ConstructResponse
	err      error
	recorder *recorder
}

// children returns all registrations by name, except that of the component itself.
func (c constructed) children() []child {
	var all []child
	for _, r := range c.recorder.registered {
		if r.Type != escsync.Token {
			all = append(all, r)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Name < all[j].Name })
	return all
}

// child returns the only registration of a type.
func (c constructed) child(t *testing.T, typ string) child {
	t.Helper()
	var found []child
	for _, r := range c.recorder.registered {
		if r.Type == typ {
			found = append(found, r)
		}
	}
	require.Len(t, found, 1, "registrations of %s", typ)
	return found[0]
}

// bareCloud is the address of a Pulumi Cloud that has only a role called syncs.
var bareCloud = sync.OnceValue(func() string {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/orgs/acme/roles" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write([]byte(`{"roles": [{"id": "syncs-id", "name": "syncs"}]}`))
	})).URL
})

// construct constructs a component in an empty Pulumi Cloud.
func construct(t *testing.T, req p.ConstructRequest) constructed {
	t.Helper()
	return constructAt(t, bareCloud(), "none", req)
}

// constructAt constructs a component for a user of the Pulumi Cloud at an address.
func constructAt(t *testing.T, apiURL, token string, req p.ConstructRequest) constructed {
	t.Helper()
	prov, err := provider.New()
	require.NoError(t, err)
	r := &recorder{preview: req.DryRun}
	server, err := integration.NewServer(context.Background(), version.Name, semver.MustParse(version.Version),
		integration.WithProvider(prov), integration.WithMocks(r))
	require.NoError(t, err)
	require.NoError(t, server.Configure(p.ConfigureRequest{Args: property.NewMap(map[string]property.Value{
		"apiUrl": property.New(apiURL), "accessToken": property.New(token).WithSecret(true),
	})}))
	response, err := server.Construct(req)
	return constructed{response: response, err: err, recorder: r}
}

// escSync returns a request for an EscSync called "db-credentials".
func escSync(inputs map[string]property.Value) p.ConstructRequest {
	return p.ConstructRequest{
		Urn:          resource.NewURN(tokens.QName(testStack), testProject, "", escsync.Token, "db-credentials"),
		Inputs:       property.NewMap(inputs),
		Organization: "acme",
	}
}

// refused returns the paths of the refused properties, sorted.
func refused(t *testing.T, r constructed) []string {
	t.Helper()
	rpc, ok := rpcerror.FromError(r.err)
	require.True(t, ok, "%v", r.err)
	var paths []string
	for _, e := range rpc.InputPropertiesErrors() {
		paths = append(paths, strings.TrimSpace(e.PropertyPath))
	}
	sort.Strings(paths)
	return paths
}

// packageSchema returns the provider's schema.
func packageSchema(t *testing.T) schema.PackageSpec {
	t.Helper()
	prov, err := provider.New()
	require.NoError(t, err)
	spec, err := p.GetSchema(context.Background(), version.Name, version.Version, prov)
	require.NoError(t, err)
	return spec
}
