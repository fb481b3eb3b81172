package gcpsecretmanager

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-gcp/sdk/v9/go/gcp/secretmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

var rules = target.Rules{
	Codec: keyname.Codec{Separator: "_", Allowed: "_-", Replacement: "_"},
	Name:  nameLimit,
	Value: valueLimit,
	Bytes: true,
}

// push is what the plan registers.
type push struct {
	secrets []target.Secret
	project string
	regions []string
	kmsKey  *document.Node
	labels  map[string]document.Node
	// annotations are the user's annotations, without the ownership annotation.
	annotations map[string]document.Node
}

func plan(r target.Request) (target.Plan, bool) {
	s := r.Settings
	secrets, known := r.Secrets(rules)
	to := push{
		secrets:     secrets,
		project:     r.Named("project", checkProject),
		regions:     regions(r),
		kmsKey:      s.Input("kmsKeyName"),
		labels:      r.Tags("labels", labelLimit, ""),
		annotations: r.Tags("annotations", annotationLimit, r.Platform.Ownership.Key),
	}
	if to.kmsKey != nil {
		checkKey(r, to.kmsKey.Text, to.regions)
	}
	// The order of regions has no meaning, but replication is immutable. Sort them, so that reordering is not a change.
	slices.Sort(to.regions)
	immutable := ""
	if len(to.regions) > 0 {
		immutable = "replication in " + strings.Join(to.regions, ", ")
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, to.project, immutable),
		Unplaced: true,
		Locate:   to.locate,
		Lookup:   to.lookUp,
		Register: to.register,
	}, known
}

// regions reads the regions of a secret. It returns nil if they are not set.
func regions(r target.Request) []string {
	regions := r.Settings.Strings("regions")
	at := r.Settings.Path("regions")
	if regions != nil && len(regions) == 0 {
		r.Problems.Add(at, "must have at least one region. Leave it out to let Google choose the regions, which "+
			"cannot be changed later")
	}
	for i, region := range regions {
		if err := checkRegion(region); err != nil {
			r.Problems.Add(at.Index(i), "%s", err)
		} else if slices.Contains(regions[:i], region) {
			r.Problems.Add(at.Index(i), "is listed twice")
		}
	}
	return regions
}

// checkKey checks the name of a KMS key. name is "" while it is unknown, and the regions may be unknown too.
func checkKey(r target.Request, name string, regions []string) {
	s := r.Settings
	known := len(regions) > 0 || !s.Has("regions") && !s.Unknown("regions")
	if len(regions) > 1 {
		r.Settings.Problem("kmsKeyName", "is one key, and a key belongs to one region: leave it out, or give only "+
			"one region")
	} else if name != "" && known {
		if err := checkKmsKey(name, regions); err != nil {
			r.Settings.Problem("kmsKeyName", "%s", err)
		}
	}
}

// locate returns the provider's project, or "" if the project is a setting. A setting is part of each secret's ID, so
// changing it is a planned replacement.
func (t push) locate(r *target.Registration) (string, error) {
	if t.project != "" {
		return "", nil
	}
	return r.ConfiguredAccount()
}

func (t push) replication() secretmanager.SecretReplicationArgs {
	if len(t.regions) == 0 {
		auto := secretmanager.SecretReplicationAutoArgs{}
		if t.kmsKey != nil {
			auto.CustomerManagedEncryption = secretmanager.SecretReplicationAutoCustomerManagedEncryptionArgs{
				KmsKeyName: target.RequiredString(t.kmsKey),
			}
		}
		return secretmanager.SecretReplicationArgs{Auto: auto}
	}
	var replicas secretmanager.SecretReplicationUserManagedReplicaArray
	for _, region := range t.regions {
		replica := secretmanager.SecretReplicationUserManagedReplicaArgs{Location: pulumi.String(region)}
		if t.kmsKey != nil {
			replica.CustomerManagedEncryption =
				secretmanager.SecretReplicationUserManagedReplicaCustomerManagedEncryptionArgs{
					KmsKeyName: target.RequiredString(t.kmsKey),
				}
		}
		replicas = append(replicas, replica)
	}
	return secretmanager.SecretReplicationArgs{
		UserManaged: secretmanager.SecretReplicationUserManagedArgs{Replicas: replicas},
	}
}

func (t push) register(r *target.Registration) error {
	own := r.OwnershipTag()
	var project pulumi.StringPtrInput
	if t.project != "" {
		project = pulumi.String(t.project)
	}
	for _, s := range r.AndReleased(t.secrets) {
		name := r.Logical(s)
		secret, err := secretmanager.NewSecret(r.Ctx, name, &secretmanager.SecretArgs{
			Project:     project,
			SecretId:    pulumi.String(s.Name),
			Replication: t.replication(),
			Labels:      target.PassedMap(t.labels),
			Annotations: target.PassedStrings(t.annotations, own),
		}, r.Adopting(s)...)
		if err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
		// A changed value is a new version, created before the old one is removed. Under Delete the old version is
		// destroyed, because every version costs money. Under Retain it stays, because the provider cannot distinguish a
		// replaced version from one that is no longer managed.
		args := &secretmanager.SecretVersionArgs{Secret: secret.ID()}
		if s.Text.Binary {
			args.SecretData, args.IsSecretDataBase64 = target.SecretBase64(s.Text), pulumi.Bool(true)
		} else {
			args.SecretData = target.SecretText(s.Text)
		}
		version, err := secretmanager.NewSecretVersion(r.Ctx, name, args, r.OptionsOf(s)...)
		if err != nil {
			return fmt.Errorf("registering the version of secret %s: %w", name, err)
		}
		r.Registered(s, version)
	}
	return nil
}
