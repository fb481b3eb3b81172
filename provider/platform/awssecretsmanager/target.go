package awssecretsmanager

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

var rules = target.Rules{
	Codec: keyname.Codec{Separator: "/", Allowed: "/_.-", Replacement: "_"},
	Paths: true,
	Name:  nameLimit,
	Value: valueLimit,
	Bytes: true,
}

// push is what the plan registers.
type push struct {
	secrets        []target.Secret
	description    *document.Node
	kmsKeyID       *document.Node
	recoveryWindow int
	replicas       []replica
	tags           map[string]document.Node
	region         string
}

type replica struct {
	region, kmsKeyID *document.Node
}

func plan(r target.Request) (target.Plan, bool) {
	s := r.Settings
	secrets, known := r.Secrets(rules)
	to := push{
		secrets:        secrets,
		region:         aws.Region(r),
		description:    r.Checked("description", s.InputText("description"), descriptionLimit),
		kmsKeyID:       s.Input("kmsKeyId"),
		recoveryWindow: s.Int("recoveryWindowInDays", recoveryWindowDefault),
		tags:           r.Tags("tags", tagLimit, r.Platform.Ownership.Key),
	}
	checkBytes(r, secrets)
	to.replicas = replicas(r, to.region)
	if err := checkRecoveryWindow(to.recoveryWindow); err != nil {
		s.Problem("recoveryWindowInDays", "%s", err)
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, "", ""),
		Locate:   aws.Locate(to.region),
		Lookup:   to.lookUp,
		Register: to.register,
	}, known
}

// replicas reads the replicas of a secret in a region. If region is "", the secret is in the AWS provider's region.
func replicas(r target.Request, region string) []replica {
	var replicas []replica
	taken := map[string]string{}
	if region != "" {
		taken[region] = "is the region of the secret itself"
	}
	for _, given := range r.Settings.Objects("replicas") {
		one := replica{region: given.Input("region"), kmsKeyID: given.Input("kmsKeyId")}
		if one.region == nil {
			given.Problem("region", "required, but not given")
		} else if aws.CheckSetting(given, one.region.Text); one.region.Text != "" {
			if why := taken[one.region.Text]; why != "" {
				given.Problem("region", "%s: a region can have the secret only once", why)
			}
			taken[one.region.Text] = "is the region of another replica"
		}
		given.Finish()
		replicas = append(replicas, one)
	}
	return replicas
}

func (t push) register(r *target.Registration) error {
	var replicas secretsmanager.SecretReplicaArray
	for _, replica := range t.replicas {
		replicas = append(replicas, secretsmanager.SecretReplicaArgs{
			Region:   target.RequiredString(replica.region),
			KmsKeyId: target.PassedString(replica.kmsKeyID),
		})
	}
	own := r.OwnershipTag()
	for _, s := range r.AndReleased(t.secrets) {
		name := r.Logical(s)
		secret, err := secretsmanager.NewSecret(r.Ctx, name, &secretsmanager.SecretArgs{
			Name:                 pulumi.String(s.Name),
			Description:          target.PassedString(t.description),
			KmsKeyId:             target.PassedString(t.kmsKeyID),
			RecoveryWindowInDays: pulumi.Int(t.recoveryWindow),
			Replicas:             replicas,
			Tags:                 target.PassedStrings(t.tags, own),
		}, r.Adopting(s)...)
		if err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
		if err := t.registerVersion(r, name, secret, s); err != nil {
			return err
		}
	}
	return nil
}

// registerVersion registers the value. A changed value is a new version, created before the old one is removed. Old
// versions are always retained: AWS cannot delete a version, and "deleting" it would remove the stage AWSPREVIOUS,
// which others may still read. Deleting the secret deletes its versions.
//
// The version names its stage because the provider compares the value only with this version. An edit made elsewhere
// creates another version, and without the stage it would go unnoticed. With it, a refresh sees that AWSCURRENT has
// moved, and the update moves it back.
func (t push) registerVersion(
	r *target.Registration, name string, secret *secretsmanager.Secret, s target.Secret,
) error {
	args := &secretsmanager.SecretVersionArgs{
		SecretId:      secret.ID(),
		VersionStages: pulumi.StringArray{pulumi.String("AWSCURRENT")},
	}
	if s.Text.Binary {
		args.SecretBinary = target.SecretBase64(s.Text)
	} else {
		args.SecretString = target.SecretText(s.Text)
	}
	version, err := secretsmanager.NewSecretVersion(r.Ctx, name, args, r.OptionsOf(s, pulumi.RetainOnDelete(true))...)
	if err != nil {
		return fmt.Errorf("registering the version of secret %s: %w", name, err)
	}
	r.Registered(s, version)
	if len(t.replicas) > 0 && s.Owner == "" {
		r.Settled(version, secret.Replicas.ApplyT(func(replicas []secretsmanager.SecretReplica) []string {
			return failedReplicas(s.Name, replicas)
		}).(pulumi.StringArrayOutput))
	}
	return nil
}
