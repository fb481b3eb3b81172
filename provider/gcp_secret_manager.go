package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-gcp/sdk/v9/go/gcp/secretmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
	"github.com/escsync/pulumi-escsync/provider/internal/place"
)

var gcpSecretManagerRules = platformRules{
	defaultMapping: mapping.JSON,
	codec:          keyname.Codec{Separator: "_", Allowed: "_-", Replacement: "_"},
	name:           limit.GcpSecretManagerName,
	value:          limit.GcpSecretManagerValue,
}

type gcpSecretManager struct {
	secrets []pushedSecret
	project string
	regions []string
	kmsKey  *document.Node
	labels  map[string]document.Node
	// annotations hold the mark too, so the user's are merged with it.
	annotations map[string]document.Node
}

func planGcpSecretManager(r pushRequest) (pushPlan, bool) {
	s := r.settings
	secrets, known := r.secrets(gcpSecretManagerRules)
	target := gcpSecretManager{
		secrets:     secrets,
		project:     r.named("project", limit.GcpProject),
		regions:     r.gcpRegions(),
		kmsKey:      s.Input("kmsKeyName"),
		labels:      r.tags("labels", limit.GcpLabels, ""),
		annotations: r.tags("annotations", limit.GcpAnnotations, ownership.AnnotationKey),
	}
	if target.kmsKey != nil {
		r.checkGcpKey(target.kmsKey.Text, target.regions)
	}
	// The order of regions means nothing, and the policy cannot change: do not let the order look like a change.
	slices.Sort(target.regions)
	shape := ""
	if len(target.regions) > 0 {
		shape = "replication in " + strings.Join(target.regions, ", ")
	}
	return pushPlan{
		items:    items(secrets, target.project, shape),
		locate:   target.locate,
		lookUp:   target.lookUp,
		register: target.register,
	}, known
}

// gcpRegions reads the regions that hold a secret; nil if they are not given.
func (r pushRequest) gcpRegions() []string {
	regions := r.settings.Strings("regions")
	at := r.settings.Path("regions")
	if regions != nil && len(regions) == 0 {
		r.problems.Add(at, "must have at least one region: without any, Google replicates to regions of its own choice, "+
			"for good. Leave it out to have that")
	}
	for i, region := range regions {
		if err := limit.GcpRegion(region); err != nil {
			r.problems.Add(at.Index(i), "%s", err)
		} else if slices.Contains(regions[:i], region) {
			r.problems.Add(at.Index(i), "is listed twice")
		}
	}
	return regions
}

// checkGcpKey checks the name of a key, "" where it is not known yet, as none of the regions may be.
func (r pushRequest) checkGcpKey(name string, regions []string) {
	s := r.settings
	known := len(regions) > 0 || !s.Has("regions") && !s.Unknown("regions")
	if len(regions) > 1 {
		r.settings.Problem("kmsKeyName", "is one key, and a key is of one region: leave it out, or give one region only")
	} else if name != "" && known {
		if err := limit.GcpKmsKey(name, regions); err != nil {
			r.settings.Problem("kmsKeyName", "%s", err)
		}
	}
}

// locate tells the project of the provider. One that is a setting is in the id of each secret: a change of it is a
// planned replacement.
func (t gcpSecretManager) locate(r *registration) (string, error) {
	if t.project != "" {
		return "", nil
	}
	return configured("gcp", place.Source.Gcp)(r)
}

// gcpAbsent is how Terraform's Google provider, which Pulumi's is made from, says that a data source found nothing.
var gcpAbsent = []string{"not found", "Error 404"}

func (t gcpSecretManager) lookUp(r *registration) (map[string]existing, error) {
	marks := r.plan.request.marks(ownership.Mark.GCP)
	return r.lookUpEach(gcpAbsent, func(name string) (existing, error) {
		args := &secretmanager.LookupSecretArgs{SecretId: name}
		if t.project != "" {
			args.Project = &t.project
		}
		secret, err := secretmanager.LookupSecret(r.ctx, args, r.invokeOptions()...)
		if err != nil || secret == nil || secret.Id == "" {
			return existing{}, err
		}
		return existing{importID: secret.Id, whose: whose(secret.Annotations[ownership.AnnotationKey], marks)}, nil
	})
}

func (t gcpSecretManager) replication() secretmanager.SecretReplicationArgs {
	if len(t.regions) == 0 {
		auto := secretmanager.SecretReplicationAutoArgs{}
		if t.kmsKey != nil {
			auto.CustomerManagedEncryption = secretmanager.SecretReplicationAutoCustomerManagedEncryptionArgs{
				KmsKeyName: requiredString(t.kmsKey),
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
					KmsKeyName: requiredString(t.kmsKey),
				}
		}
		replicas = append(replicas, replica)
	}
	return secretmanager.SecretReplicationArgs{
		UserManaged: secretmanager.SecretReplicationUserManagedArgs{Replicas: replicas},
	}
}

func (t gcpSecretManager) register(r *registration) error {
	mark := map[string]string{ownership.AnnotationKey: ownership.Mark(r.plan.request.syncID).GCP()}
	var project pulumi.StringPtrInput
	if t.project != "" {
		project = pulumi.String(t.project)
	}
	for _, s := range t.secrets {
		name := r.logical(s.key)
		secret, err := secretmanager.NewSecret(r.ctx, name, &secretmanager.SecretArgs{
			Project:     project,
			SecretId:    pulumi.String(s.name),
			Replication: t.replication(),
			Labels:      passedMap(t.labels),
			Annotations: passedStrings(t.annotations, mark),
		}, r.adopting(s)...)
		if err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
		// A changed value is a new version, made before the old one goes. With Delete the old one is destroyed, as a version
		// costs money for as long as it exists; with Retain it stays, since the provider cannot tell a version that was
		// replaced from one whose secret is let go of.
		if _, err := secretmanager.NewSecretVersion(r.ctx, name, &secretmanager.SecretVersionArgs{
			Secret:     secret.ID(),
			SecretData: secretText(s.text),
		}, r.optionsOf(s)...); err != nil {
			return fmt.Errorf("registering the version of secret %s: %w", name, err)
		}
	}
	return nil
}
