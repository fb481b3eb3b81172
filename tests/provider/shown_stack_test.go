package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// targetStack is the state after the runs: the secrets by identity, and the inventory.
type targetStack struct {
	secrets   map[string]resourceOfSecret
	inventory property.Map
}

// resourceOfSecret is the resource of one secret in the state.
type resourceOfSecret struct {
	// name is its name on the platform.
	name string
	// is contains everything registered for it.
	is string
	// retained reports whether the secret stays on the platform when the resource is deleted.
	retained bool
	// object is the resource that it is a field of, or "" if it has its own.
	object string
}

// changes are the effects of a run on the platform.
type changes struct {
	// names are names on the platform. A name that is removed and added at once is changed.
	names                                        map[string]p.DiffKind
	added, changed, removed, retained, unchanged int
}

// changesTo returns what the engine does between two states. It deletes resources that are no longer registered,
// according to the options in its state.
func (s targetStack) changesTo(next targetStack) changes {
	c := changes{names: map[string]p.DiffKind{}}
	note := func(name string, kind p.DiffKind, count *int) {
		*count++
		if _, also := c.names[name]; also {
			kind = p.Update
		}
		c.names[name] = kind
	}
	objects := map[string]bool{}
	for _, secret := range next.secrets {
		objects[secret.object] = true
	}
	for id, secret := range next.secrets {
		switch was, there := s.secrets[id]; {
		case !there:
			note(secret.name, p.Add, &c.added)
		case was.is != secret.is:
			note(secret.name, p.Update, &c.changed)
		default:
			c.unchanged++
		}
	}
	for id, secret := range s.secrets {
		if _, stays := next.secrets[id]; stays {
			continue
		}
		written := secret.object != "" && objects[secret.object]
		if secret.retained && !written {
			note(secret.name, p.Delete, &c.retained)
		} else {
			note(secret.name, p.Delete, &c.removed)
		}
	}
	return c
}

// line returns the counts as the preview shows them.
func (c changes) line() string {
	if len(c.names) == 0 {
		return ""
	}
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{
		{c.added, "to add"},
		{c.changed, "to change"},
		{c.removed, "to remove"},
		{c.retained, "to stop managing (retained)"},
		{c.unchanged, "unchanged"},
	} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	return strings.Join(parts, ", ")
}

// runTarget lets the target register what it pushes. It returns the stack after that, or the reason why the run is
// refused.
func (w *world) runTarget(t *rapid.T, next program) (targetStack, string) {
	w.recorder.reset()
	platform := next.platform
	inputs := next.inputs()
	inputs["destination"], inputs["value"] = inputs["destination"].AsMap().Get(platform), next.evaluated()
	delete(inputs, "environmentValues")
	request := escSync(inputs)
	typ := "escsync:index:" + strings.ToUpper(platform[:1]) + platform[1:] + "Target"
	request.Urn = resource.NewURN(testStack, testProject, "", tokens.Type(typ), request.Urn.Name())
	request.Config = map[config.Key]string{
		config.MustMakeKey("kubernetes", "upsertExistingObjects"): "true",
	}
	if platform == "resource" { // which starts its provider beside the engine, unless the program gives one
		request.Providers = map[tokens.Package]p.ProviderReference{"github": {
			Urn: "urn:pulumi:dev::shop::pulumi:providers:github::given", ID: "1",
		}}
	}
	if _, err := w.server.Construct(request); err != nil {
		return targetStack{}, err.Error()
	}
	after := targetStack{inventory: w.recorder.all[target.InventoryToken][0].Inputs}
	checked, err := w.server.Check(p.CheckRequest{
		Urn:   resource.NewURN(testStack, testProject, "", target.InventoryToken, "inventory"),
		State: w.stack.inventory, Inputs: after.inventory,
	})
	require.NoError(t, err)
	if len(checked.Failures) > 0 {
		return targetStack{}, fmt.Sprint(checked.Failures)
	}
	after.secrets = w.recorder.secrets(t, after.inventory, request.Urn.Name())
	return after, ""
}

// locationOf returns the location in an identity, with the name in its own spelling.
func locationOf(id string, names property.Map) string {
	_, place, _ := strings.Cut(id, "/")
	if name := names.Get(id); name.IsString() {
		place = place[:len(place)-len(name.AsString())] + name.AsString()
	}
	return place
}

// secrets returns the registered secrets, by their identities in the inventory.
func (r *pushes) secrets(t *rapid.T, inventory property.Map, component string) map[string]resourceOfSecret {
	found := map[string]resourceOfSecret{}
	for id := range inventory.Get("secrets").AsMap().All {
		_, place, _ := strings.Cut(id, "/")
		logical := component + "/" + place
		exact := logical // without the location, on platforms on which that may vary
		if name := inventory.Get("names").AsMap().Get(id); name.IsString() {
			exact = component + "/" + name.AsString()
		}
		secret := resourceOfSecret{name: locationOf(id, inventory.Get("names").AsMap())}
		for _, typ := range slices.Sorted(maps.Keys(r.all)) {
			for _, made := range r.all[typ] {
				isVersion := strings.HasSuffix(typ, "Version") // is deleted with its secret, whatever its own options are
				fields := made.Inputs.Get("data")
				switch {
				case !made.Custom || strings.HasPrefix(typ, "escsync:"):
				case fields.IsMap() && strings.HasPrefix(typ, "kubernetes:"):
					name := id[strings.LastIndex(id, "/")+1:]
					secret.object = id[:strings.LastIndex(id, "/")]
					secret.is += typ + plain(property.New(made.Inputs.Set("data", fields.AsMap().Get(name))))
					secret.retained = made.RegisterRPC.GetRetainOnDelete()
				case made.Name == logical, made.Name == exact:
					secret.is += typ + made.Name + plain(property.New(made.Inputs))
					secret.retained = secret.retained || !isVersion && made.RegisterRPC.GetRetainOnDelete()
				}
			}
		}
		require.NotEmpty(t, secret.is, "%s has no resource", id)
		found[id] = secret
	}
	return found
}

// plain returns a value as text, including secrets.
func plain(v property.Value) string {
	text, err := json.Marshal(resource.ToResourcePropertyValue(withoutSecrets(v)).Mappable())
	if err != nil {
		panic(err)
	}
	return string(text)
}

// withoutSecrets returns a value in which nothing is secret.
func withoutSecrets(v property.Value) property.Value {
	switch {
	case v.IsMap():
		fields := map[string]property.Value{}
		for key, field := range v.AsMap().All {
			fields[key] = withoutSecrets(field)
		}
		return property.New(fields)
	case v.IsArray():
		items := []property.Value{}
		for _, item := range v.AsArray().All {
			items = append(items, withoutSecrets(item))
		}
		return property.New(items)
	}
	return v.WithSecret(false).WithDependencies(nil)
}

// pushes records what components register, by type, and answers lookups like an empty platform.
type pushes struct {
	integration.MockResourceMonitor
	all map[string][]integration.MockResourceArgs
}

func newPushes() *pushes {
	r := &pushes{}
	var mu sync.Mutex
	r.NewResourceF = func(args integration.MockResourceArgs) (string, property.Map, error) {
		mu.Lock()
		defer mu.Unlock()
		r.all[string(args.TypeToken)] = append(r.all[string(args.TypeToken)], args)
		id, state, err := (&recorder{}).NewResource(pulumi.MockResourceArgs{
			TypeToken: string(args.TypeToken), Name: args.Name, Inputs: resource.ToResourcePropertyMap(args.Inputs),
		})
		return id, resource.FromResourcePropertyMap(state), err
	}
	r.CallF = func(args integration.MockCallArgs) (property.Map, error) {
		switch args.Token {
		case "aws:index/getCallerIdentity:getCallerIdentity":
			return property.NewMap(props{"accountId": str("123456789012")}), nil
		case "aws:index/getRegion:getRegion":
			return property.NewMap(props{"name": str("us-west-2")}), nil
		}
		return property.Map{}, nil
	}
	return r
}

func (r *pushes) reset() { r.all = map[string][]integration.MockResourceArgs{} }
