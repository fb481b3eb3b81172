package vault

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/mapping"
)

var rules = target.Rules{
	Codec:      keyname.Codec{Separator: "/"},
	Paths:      true,
	JSONFields: true,
	Name:       pathLimit,
	Value:      valueLimit,
}

// push is what the plan registers.
type push struct {
	secrets     []target.Secret
	mount       string
	field       string
	version     int
	wrap        bool
	metadata    map[string]document.Node
	maxVersions int
	destroy     bool
}

// digits completes the message that refuses a long number. The provider parses fields as float64.
const digits = "Vault's provider keeps"

// defaultField is the default name of the field with a text.
const defaultField = "value"

func plan(r target.Request) (target.Plan, bool) {
	s := r.Settings
	keys := r.Keys(rules)
	secrets, known := r.SecretsBy(keys, rules)
	to := push{
		secrets:     secrets,
		mount:       mount(r),
		field:       s.Known("field"),
		version:     s.Int("kvVersion", 2),
		metadata:    r.Tags("metadata", metadataLimit, r.Platform.Ownership.Key),
		maxVersions: s.Int("maxVersions", 0),
		destroy:     s.Bool("deleteAllVersions", false),
		wrap:        keys.Mapping != mapping.JSON,
	}
	if to.field == "" {
		to.field = defaultField
	}
	if to.version != 1 && to.version != 2 {
		s.Problem("kvVersion", "must be 1 or 2")
	}
	if !to.wrap && r.Value.Kind != document.Object && r.Value.Kind != document.Unknown {
		r.Problems.Add(r.ValuePath, "a secret in Vault has fields, so the mapping json needs an object, not %s: "+
			"use single",
			r.Value.Kind)
	}
	if !to.wrap {
		document.CheckNumbers(r.ValuePath, keys.Filter.Apply(r.Value), digits, r.Problems)
	}
	if !r.InRun && r.MappingIsKnown() && !to.wrap && to.field != defaultField {
		s.Problem("field", "has no effect with the mapping json, where every top-level key is a field: leave it out, or use "+
			"perKey or single")
	}
	if to.maxVersions < 0 {
		s.Problem("maxVersions", "must not be negative: leave it out to use the engine's own number")
	}
	if to.version == 1 && (len(to.metadata) > 0 || to.maxVersions != 0 || to.destroy) {
		s.Problem("kvVersion", "1 supports neither metadata nor versions: leave out metadata, maxVersions and "+
			"deleteAllVersions")
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, to.mount, ""),
		Lookup:   to.lookUp,
		Register: to.register,
	}, known
}

// mount reads the engine's mount path, with or without slashes around it.
func mount(r target.Request) string {
	trimmed := func(mount string) string { return strings.Trim(mount, "/") }
	mount := trimmed(r.Named("mount", func(mount string) error { return pathLimit.Check(trimmed(mount)) }))
	return cmp.Or(mount, "secret")
}

// absent are the texts for "not found" of Terraform's Vault provider, on which Pulumi's is built.
var absent = []string{"no secret found at"}

func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	return r.LookupEach(absent, func(item target.Item) (target.Existing, error) {
		if t.version == 1 {
			path := item.Location + "/" + item.Name
			secret, err := find(r, getSecretV1, &queryV1{Path: path})
			if err != nil || secret.Path == "" {
				return target.Existing{}, err
			}
			return target.Existing{ImportID: path, Owner: inventory.Untagged}, nil
		}
		secret, err := find(r, getSecretV2, &queryV2{Mount: item.Location, Name: item.Name})
		if err != nil || secret.Path == "" {
			return target.Existing{}, err
		}
		found := r.Tagged(secret.Path, secret.CustomMetadata)
		if secret.DeletionTime != "" || secret.Destroyed {
			// Deleting the latest version leaves the path behind. There is nothing to import, and writing creates the next
			// version. But the path and its earlier versions may have another owner.
			found.ImportID = ""
			if found.Owner == inventory.Owned {
				return target.Existing{}, nil
			}
		}
		return found, nil
	})
}

func (t push) register(r *target.Registration) error {
	for _, s := range r.AndReleased(t.secrets) {
		name := r.Logical(s)
		token, inputs := t.inputs(s, r.OwnershipTag())
		opts := append(r.Adopting(s), pulumi.Version(pluginVersion))
		var secret pulumi.CustomResourceState
		if err := r.Ctx.RegisterResource(token, name, inputs, &secret, opts...); err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
		r.Registered(s, &secret)
	}
	return nil
}

// inputs returns the resource type and the inputs of a secret.
func (t push) inputs(s target.Secret, own map[string]string) (string, pulumi.Map) {
	inputs := pulumi.Map{"dataJson": target.SecretText(t.fields(s.Text))}
	if t.version == 1 {
		inputs["path"] = pulumi.String(t.mount + "/" + s.Name)
		return secretV1Token, inputs
	}
	metadata := pulumi.Map{"data": target.PassedStrings(t.metadata, own)}
	if t.maxVersions != 0 {
		metadata["maxVersions"] = pulumi.Int(t.maxVersions)
	}
	inputs["mount"], inputs["name"] = pulumi.String(t.mount), pulumi.String(s.Name)
	inputs["customMetadata"], inputs["deleteAllVersions"] = metadata, pulumi.Bool(t.destroy)
	return secretV2Token, inputs
}

// fields returns the JSON of the secret's fields: the value itself with the mapping json, otherwise a single field.
func (t push) fields(text document.Text) document.Text {
	if !t.wrap || text.Unknown {
		return text
	}
	return document.Node{Kind: document.Object, Fields: map[string]document.Node{
		t.field: {Kind: document.String, Text: text.Value},
	}}.RenderJSON()
}
