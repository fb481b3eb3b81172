package resource

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

// push is what the plan registers.
type push struct {
	resource resource
	secrets  []target.Secret
	// values maps Secret.Key to the secret's typed value.
	values map[string]value
}

func plan(r target.Request) (target.Plan, bool) {
	to := push{resource: read(r)}
	rules := to.resource.rules()
	keys := r.Keys(rules)
	secrets, known := r.SecretsBy(keys, rules)
	to.secrets = secrets
	to.resource.checkPlaceholders(r, keys)
	to.resource.checkUnasked(r)
	to.resource.checkImportIDs(r, secrets)
	to.values = valuesOf(r, keys, secrets)
	tagged := to.resource.tagged(to.resource.properties, "")
	for _, s := range secrets {
		fillingOf(s, to.values[s.Key]).checkKeys(tagged, r.Settings.Path("properties"), r.Problems)
	}
	fixed, fixedKnown := to.resource.fixed()
	// The place is not part of the identity: writing it differently would turn existing secrets into new ones.
	items := target.ItemsOf(secrets, "", fixed)
	for i := range items {
		if items[i].CaseInsensitive = to.resource.fold; to.resource.fold {
			items[i].Immutable = "the spelling " + items[i].Name + ", " + fixed
		}
	}
	return target.Plan{
		Items: items, Unplaced: true, Type: fixed, ImportsOnce: to.resource.importID != "",
		Locate: to.resource.locate, Lookup: to.lookUp, Register: to.register,
	}, known && fixedKnown
}

// valuesOf returns the values with their original types, except for those written as JSON. Numbers must fit into a
// property.
func valuesOf(r target.Request, keys target.Keys, secrets []target.Secret) map[string]value {
	values := map[string]value{}
	for _, s := range secrets {
		node := below(r.Value, s.Path)
		v := value{node: node, json: node.RenderJSON()}
		if keys.Mapping == mapping.JSON || node.Kind == document.Object || node.Kind == document.List {
			v = value{node: document.Node{Kind: document.String, Text: s.Text.Value}, json: s.Text}
		}
		document.CheckNumbers(s.At, v.node, digits, r.Problems)
		values[s.Key] = v
	}
	return values
}

// below returns the node at a path of keys.
func below(node document.Node, keys []string) document.Node {
	for _, key := range keys {
		node = node.Fields[key]
	}
	return node
}

// digits completes the message that refuses a long number.
const digits = "a property can store"

func (t push) register(r *target.Registration) error {
	of, err := t.resource.reference(r.Ctx)
	if err != nil {
		return err
	}
	for _, s := range r.AndReleased(t.secrets) {
		filled := t.filled(r, s)
		inputs := pulumi.Map{}
		for property, node := range filled.Fields {
			inputs[property] = target.PassedTree(node)
		}
		opts := append(r.Adopting(s), t.resource.options(filled)...)
		var made pulumi.CustomResourceState
		name := r.Logical(s)
		if err := r.Ctx.RegisterPackageResource(t.resource.token, name, inputs, &made, of, opts...); err != nil {
			return fmt.Errorf("registering %s %s: %w", t.resource.token, name, err)
		}
		r.Registered(s, &made)
	}
	return nil
}

// filled returns the properties of one secret's resource.
func (t push) filled(r *target.Registration, s target.Secret) document.Node {
	filled := fillingOf(s, t.values[s.Key]).fillTree(t.resource.properties)
	return t.resource.tagged(filled, r.OwnershipTags()[0])
}
