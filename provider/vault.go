package provider

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/inventory"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
	"github.com/escsync/pulumi-escsync/provider/internal/place"
)

var vaultRules = platformRules{
	defaultMapping: mapping.JSON,
	codec:          keyname.Codec{Separator: "/"},
	name:           limit.VaultPath,
	value:          limit.VaultValue,
}

type vaultKV struct {
	secrets     []pushedSecret
	mount       string
	field       string
	version     int
	wrap        bool
	metadata    map[string]document.Node
	maxVersions int
	destroy     bool
}

// vaultField is the field that holds a text, unless the user chose another.
const vaultField = "value"

func planVault(r pushRequest) (pushPlan, bool) {
	s := r.settings
	keys := r.keySettings(vaultRules)
	secrets, known := r.secretsBy(keys, vaultRules)
	target := vaultKV{
		secrets:     secrets,
		mount:       r.vaultMount(),
		field:       s.Known("field"),
		version:     s.Int("kvVersion", 2),
		metadata:    r.tags("metadata", limit.VaultMetadata, ownership.TagKey),
		maxVersions: s.Int("maxVersions", 0),
		destroy:     s.Bool("deleteAllVersions", false),
		wrap:        keys.mapping != mapping.JSON,
	}
	if target.field == "" {
		target.field = vaultField
	}
	if target.version != 1 && target.version != 2 {
		s.Problem("kvVersion", "must be 1 or 2")
	}
	if !target.wrap && r.value.Kind != document.Object && r.value.Kind != document.Unknown {
		r.problems.Add(r.valuePath, "a secret in Vault has fields, so the mapping json takes an object, not "+
			"%s: use single",
			r.value.Kind)
	}
	if !r.running && r.mappingIsKnown() && !target.wrap && target.field != vaultField {
		s.Problem("field", "has no effect with the mapping json, where every top-level key is a field: leave it out, or use "+
			"perKey or single")
	}
	if target.maxVersions < 0 {
		s.Problem("maxVersions", "must not be negative: leave it out to have the engine's own number")
	}
	if target.version == 1 && (len(target.metadata) > 0 || target.maxVersions != 0 || target.destroy) {
		s.Problem("kvVersion", "1 has neither metadata nor versions: leave out metadata, maxVersions and "+
			"deleteAllVersions")
	}
	return pushPlan{
		items:    items(secrets, target.mount, ""),
		locate:   configured("vault", place.Source.Vault),
		lookUp:   target.lookUp,
		register: target.register,
	}, known
}

// vaultMount reads where the engine is mounted, with or without slashes around it.
func (r pushRequest) vaultMount() string {
	trimmed := func(mount string) string { return strings.Trim(mount, "/") }
	mount := trimmed(r.named("mount", func(mount string) error { return limit.VaultPath.Check(trimmed(mount)) }))
	return cmp.Or(mount, "secret")
}

// vaultAbsent is how Terraform's Vault provider, which Pulumi's is made from, says that a data source found nothing.
var vaultAbsent = []string{"no secret found at"}

func (t vaultKV) lookUp(r *registration) (map[string]existing, error) {
	marks := r.plan.request.marks(ownership.Mark.Vault)
	return r.lookUpEach(vaultAbsent, func(name string) (existing, error) {
		if t.version == 1 {
			path := t.mount + "/" + name
			secret, err := lookUpVaultSecretV1(r, path)
			if err != nil || secret.Path == "" {
				return existing{}, err
			}
			return existing{importID: path, whose: inventory.Unmarked}, nil
		}
		secret, err := lookUpVaultSecretV2(r, t.mount, name)
		if err != nil || secret.Path == "" {
			return existing{}, err
		}
		found := existing{importID: secret.Path, whose: whose(secret.CustomMetadata[ownership.TagKey], marks)}
		if secret.DeletionTime != "" || secret.Destroyed {
			// A deleted version leaves its path behind. There is nothing to take over, and writing makes the next version: but
			// the path, and the versions before, may be somebody else's.
			found.importID = ""
			if found.whose == inventory.Owned {
				return existing{}, nil
			}
		}
		return found, nil
	})
}

func (t vaultKV) register(r *registration) error {
	mark := map[string]string{ownership.TagKey: ownership.Mark(r.plan.request.syncID).Vault()}
	for _, s := range t.secrets {
		name, data := r.logical(s.key), secretText(t.fields(s.text))
		opts := append(r.adopting(s), pulumi.Version(vaultPluginVersion))
		var err error
		if t.version == 1 {
			err = r.ctx.RegisterResource(vaultSecretV1Token, name, &vaultSecretV1Args{
				Path: pulumi.String(t.mount + "/" + s.name), DataJSON: data,
			}, &vaultSecret{}, opts...)
		} else {
			metadata := vaultCustomMetadataArgs{Data: passedStrings(t.metadata, mark)}
			if t.maxVersions != 0 {
				metadata.MaxVersions = pulumi.Int(t.maxVersions)
			}
			err = r.ctx.RegisterResource(vaultSecretV2Token, name, &vaultSecretV2Args{
				Mount: pulumi.String(t.mount), Name: pulumi.String(s.name), DataJSON: data,
				CustomMetadata: metadata, DeleteAllVersions: pulumi.Bool(t.destroy),
			}, &vaultSecret{}, opts...)
		}
		if err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
	}
	return nil
}

// fields returns the JSON of the secret's fields: with the mapping json the value itself, else one field.
func (t vaultKV) fields(text document.Text) document.Text {
	if !t.wrap || text.Unknown {
		return text
	}
	return document.Node{Kind: document.Object, Fields: map[string]document.Node{
		t.field: {Kind: document.String, Text: text.Value},
	}}.RenderJSON()
}
