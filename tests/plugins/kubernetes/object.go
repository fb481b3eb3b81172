package kubernetes

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// managerKey is the key, in the state, of the field manager with a random name.
const managerKey = "__fieldManager"

// autoNamed is the annotation, in the inputs, of an object without a name in the program.
const autoNamed = "pulumi.com/autonamed"

// kind is one kind of objects.
type kind struct {
	name, plural string
	values       []string // the inputs whose change replaces an object
	mutable      func() bool
}

func (c *cluster) object(k kind) standin.Resource {
	return standin.Resource{
		Check: func(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
			return c.check(k, req)
		},
		Create: func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
			return c.create(ctx, k, req)
		},
		Read: func(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
			return c.read(ctx, k, req)
		},
		Update: func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
			state, err := c.apply(ctx, k, req.Inputs, req.State)
			return p.UpdateResponse{Properties: state}, err
		},
		Delete: func(ctx context.Context, req p.DeleteRequest) error {
			if err := c.remove(ctx, k, req.ID); err != nil {
				return fmt.Errorf("deleting %s %s: %w", k.name, req.ID, err)
			}
			return nil
		},
		ReplacesWhen: k.replaces,
		Volatile:     []string{"metadata"},
	}
}

func (k kind) version() schema.GroupVersionResource {
	return schema.GroupVersionResource{Version: "v1", Resource: k.plural}
}

// replaces reports whether a change at a path replaces the object, and whether the old one is deleted first.
func (k kind) replaces(olds, news property.Map, path string) (replace, deleteFirst bool) {
	deleteFirst = metadataText(news, "name") != "" && !isAutoNamed(news)
	switch path {
	case "metadata.name", "metadata.namespace", "apiVersion", "kind":
		return true, false
	}
	top, _, _ := strings.Cut(path, ".")
	top, _, _ = strings.Cut(top, "[")
	fixed := !k.mutable()
	if immutable := olds.Get("immutable"); immutable.IsBool() && immutable.AsBool() {
		fixed = true
	}
	for _, value := range k.values {
		if top == value && (fixed || value == "type") {
			return true, deleteFirst
		}
	}
	return top == "immutable" && fixed, deleteFirst
}

func metadataText(m property.Map, key string) string {
	if metadata := m.Get("metadata"); metadata.IsMap() {
		return standin.Text(metadata.AsMap(), key)
	}
	return ""
}

func isAutoNamed(m property.Map) bool { return annotation(m, autoNamed) == "true" }

// annotation returns one of the object's annotations, or "".
func annotation(m property.Map, key string) string {
	metadata := m.Get("metadata")
	if !metadata.IsMap() || !metadata.AsMap().Get("annotations").IsMap() {
		return ""
	}
	return standin.Text(metadata.AsMap().Get("annotations").AsMap(), key)
}

// check sets the version, the kind, and the default name and namespace.
func (c *cluster) check(k kind, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs.Set("apiVersion", property.New("v1")).Set("kind", property.New(k.name))
	metadata := property.Map{}
	if m := inputs.Get("metadata"); m.IsMap() {
		metadata = m.AsMap()
	} else if m.IsComputed() {
		return inputs, nil, nil
	}
	if metadata.Get("name").IsNull() && metadata.Get("generateName").IsNull() {
		name := metadataText(req.State, "name")
		if !isAutoNamed(req.State) {
			var err error
			if name, err = presource.NewUniqueName(req.RandomSeed, req.Urn.Name()+"-", 8, 253, nil); err != nil {
				return inputs, nil, fmt.Errorf("naming %s: %w", req.Urn.Name(), err)
			}
		}
		annotations := property.Map{}
		if a := metadata.Get("annotations"); a.IsMap() {
			annotations = a.AsMap()
		}
		metadata = metadata.Set("name", property.New(name)).
			Set("annotations", property.New(annotations.Set(autoNamed, property.New("true"))))
	}
	if metadata.Get("namespace").IsNull() {
		metadata = metadata.Set("namespace", property.New(c.namespace))
	}
	return inputs.Set("metadata", property.New(metadata)), nil, nil
}

func splitID(id string) (namespace, name string) {
	namespace, name, ok := strings.Cut(id, "/")
	if !ok {
		return "default", id
	}
	return namespace, name
}

func (c *cluster) create(ctx context.Context, k kind, req p.CreateRequest) (p.CreateResponse, error) {
	namespace, name := metadataText(req.Properties, "namespace"), metadataText(req.Properties, "name")
	if !c.upsert {
		_, err := c.objects(k, namespace).Get(ctx, name, metav1.GetOptions{})
		if err == nil {
			return p.CreateResponse{}, fmt.Errorf("resource %q was not successfully created by the Kubernetes API "+
				"server: %s %q already exists", namespace+"/"+name, k.plural, name)
		}
		if !errors.IsNotFound(err) {
			return p.CreateResponse{}, fmt.Errorf("reading %s %s/%s: %w", k.name, namespace, name, err)
		}
	}
	state, err := c.apply(ctx, k, req.Properties, property.Map{})
	return p.CreateResponse{ID: namespace + "/" + name, Properties: state}, err
}

func (c *cluster) objects(k kind, namespace string) dynamic.ResourceInterface {
	return c.client.Resource(k.version()).Namespace(namespace)
}

// apply writes the object by server-side apply, and returns the inputs with the server's metadata and data. The field
// manager is that of the annotation, else that of the old state, else random.
func (c *cluster) apply(ctx context.Context, k kind, inputs, old property.Map) (property.Map, error) {
	var object map[string]any
	if err := standin.Decode(inputs, &object); err != nil {
		return property.Map{}, err
	}
	body, err := json.Marshal(object)
	if err != nil {
		return property.Map{}, fmt.Errorf("writing the object: %w", err)
	}
	namespace, name := metadataText(inputs, "namespace"), metadataText(inputs, "name")
	// Without force, a field that somebody else has written is a conflict.
	force := annotation(inputs, "pulumi.com/patchForce") == "true"
	manager := cmp.Or(annotation(inputs, "pulumi.com/patchFieldManager"), standin.Text(old, managerKey))
	if manager == "" {
		if manager, err = presource.NewUniqueName(nil, "pulumi-kubernetes-", 8, 0, nil); err != nil {
			return property.Map{}, fmt.Errorf("drawing a field manager: %w", err)
		}
	}
	applied, err := c.objects(k, namespace).Patch(ctx, name, types.ApplyPatchType, body,
		metav1.PatchOptions{FieldManager: manager, Force: &force})
	if err != nil {
		return property.Map{}, fmt.Errorf("applying %s %s/%s: %w", k.name, namespace, name, err)
	}
	state, err := liveState(inputs, applied)
	return state.Set(managerKey, property.New(manager)), err
}

// liveState adds the values that the server returns to the inputs.
func liveState(inputs property.Map, live *unstructured.Unstructured) (property.Map, error) {
	state, err := standin.Encode(live.Object)
	if text, ok := inputs.GetOk("stringData"); ok {
		state = state.Set("stringData", text)
	}
	return state, err
}

// read returns the inputs, with the changes of the server's object.
func (c *cluster) read(ctx context.Context, k kind, req p.ReadRequest) (p.ReadResponse, error) {
	namespace, name := splitID(req.ID)
	live, err := c.objects(k, namespace).Get(ctx, name, metav1.GetOptions{})
	if errors.IsNotFound(err) {
		return p.ReadResponse{}, nil
	}
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("reading %s %s: %w", k.name, req.ID, err)
	}
	state, err := liveState(req.Inputs, live)
	if err != nil {
		return p.ReadResponse{}, err
	}
	inputs := liveInputs(req.Inputs, state, live)
	if manager, ok := req.Properties.GetOk(managerKey); ok {
		state = state.Set(managerKey, manager)
	}
	return p.ReadResponse{ID: namespace + "/" + name, Inputs: inputs, Properties: state}, nil
}

// liveInputs returns the server's values for the fields of the inputs. The server stores stringData in data.
func liveInputs(old, state property.Map, live *unstructured.Unstructured) property.Map {
	inputs := property.Map{}
	imported := old.Len() == 0
	for _, key := range []string{"apiVersion", "kind", "type", "immutable", "data", "binaryData"} {
		value, ok := state.GetOk(key)
		_, given := old.GetOk(key)
		if ok && (given || imported) {
			inputs = inputs.Set(key, pruned(value, old.Get(key)))
		}
	}
	if text, ok := old.GetOk("stringData"); ok && text.IsMap() {
		inputs = inputs.Set("stringData", decodedData(old, live))
	}
	metadata := map[string]property.Value{
		"name": property.New(live.GetName()), "namespace": property.New(live.GetNamespace()),
	}
	for key, entries := range map[string]map[string]string{
		"labels": live.GetLabels(), "annotations": live.GetAnnotations(),
	} {
		if len(entries) > 0 {
			values := map[string]property.Value{}
			for name, entry := range entries {
				values[name] = property.New(entry)
			}
			metadata[key] = pruned(property.New(values), metadataMap(old, key))
		}
	}
	return inputs.Set("metadata", property.New(metadata))
}

// metadataMap returns the labels or annotations of the inputs.
func metadataMap(inputs property.Map, key string) property.Value {
	if metadata := inputs.Get("metadata"); metadata.IsMap() {
		return metadata.AsMap().Get(key)
	}
	return property.Value{}
}

// pruned removes from a live map the keys that are not in the inputs. Somebody else has written them, and the provider
// ignores them. Without inputs, as for an import, it keeps all.
func pruned(live, inputs property.Value) property.Value {
	if !live.IsMap() || !inputs.IsMap() {
		return live
	}
	kept := live.AsMap()
	for key := range live.AsMap().All {
		if _, given := inputs.AsMap().GetOk(key); !given {
			kept = kept.Delete(key)
		}
	}
	return property.New(kept).WithSecret(live.Secret())
}

// decodedData returns the data that the inputs contain as plain text.
func decodedData(old property.Map, live *unstructured.Unstructured) property.Value {
	data, _, _ := unstructured.NestedStringMap(live.Object, "data")
	out := map[string]property.Value{}
	for key, encoded := range data {
		if given := old.Get("data"); given.IsMap() && !given.AsMap().Get(key).IsNull() {
			continue
		}
		decoded, err := base64.StdEncoding.DecodeString(encoded)
		if err == nil {
			out[key] = property.New(string(decoded))
		}
	}
	return property.New(out)
}
