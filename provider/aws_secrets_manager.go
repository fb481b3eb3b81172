package provider

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
)

var awsSecretsManagerRules = platformRules{
	defaultMapping: mapping.JSON,
	codec:          keyname.Codec{Separator: "/", Allowed: "/_.-", Replacement: "_"},
	name:           limit.AwsSecretsManagerName,
	value:          limit.AwsSecretsManagerValue,
}

type awsSecretsManager struct {
	secrets        []pushedSecret
	description    *document.Node
	kmsKeyID       *document.Node
	recoveryWindow int
	replicas       []awsReplica
	tags           map[string]document.Node
	region         string
}

type awsReplica struct {
	region, kmsKeyID *document.Node
}

func planAwsSecretsManager(r pushRequest) (pushPlan, bool) {
	s := r.settings
	secrets, known := r.secrets(awsSecretsManagerRules)
	target := awsSecretsManager{
		secrets:        secrets,
		region:         r.awsRegion(),
		description:    r.checked("description", s.InputText("description"), limit.AwsSecretsManagerDescription),
		kmsKeyID:       s.Input("kmsKeyId"),
		recoveryWindow: s.Int("recoveryWindowInDays", limit.AwsRecoveryWindowDefault),
		tags:           r.tags("tags", limit.AwsSecretsManagerTags, ownership.TagKey),
	}
	target.replicas = r.awsReplicas(target.region)
	if err := limit.AwsRecoveryWindow(target.recoveryWindow); err != nil {
		s.Problem("recoveryWindowInDays", "%s", err)
	}
	return pushPlan{
		items:    items(secrets, "", ""),
		locate:   inAws(target.region),
		lookUp:   target.lookUp,
		register: target.register,
	}, known
}

// awsReplicas reads the replicas of a secret in a region; "" stands for the region of the AWS provider.
func (r pushRequest) awsReplicas(region string) []awsReplica {
	var replicas []awsReplica
	taken := map[string]string{}
	if region != "" {
		taken[region] = "is the region of the secret itself"
	}
	for _, replica := range r.settings.Objects("replicas") {
		one := awsReplica{region: replica.Input("region"), kmsKeyID: replica.Input("kmsKeyId")}
		if one.region == nil {
			replica.Problem("region", "required, but not given")
		} else if checkAwsRegion(replica, one.region.Text); one.region.Text != "" {
			if why := taken[one.region.Text]; why != "" {
				replica.Problem("region", "%s: a region holds the secret once", why)
			}
			taken[one.region.Text] = "is the region of another replica"
		}
		replica.Finish()
		replicas = append(replicas, one)
	}
	return replicas
}

// awsAbsent is how Terraform's AWS provider, which Pulumi's is made from, says that a data source found nothing.
var awsAbsent = []string{"couldn't find resource", "ResourceNotFoundException"}

func (t awsSecretsManager) lookUp(r *registration) (map[string]existing, error) {
	marks := r.plan.request.marks(ownership.Mark.AWS)
	return r.lookUpEach(awsAbsent, func(name string) (existing, error) {
		secret, err := secretsmanager.LookupSecret(r.ctx, &secretsmanager.LookupSecretArgs{Name: &name},
			r.invokeOptions()...)
		if err != nil || secret == nil || secret.Arn == "" {
			return existing{}, err
		}
		return existing{importID: secret.Arn, whose: whose(secret.Tags[ownership.TagKey], marks)}, nil
	})
}

func (t awsSecretsManager) register(r *registration) error {
	var replicas secretsmanager.SecretReplicaArray
	for _, replica := range t.replicas {
		replicas = append(replicas, secretsmanager.SecretReplicaArgs{
			Region:   requiredString(replica.region),
			KmsKeyId: passedString(replica.kmsKeyID),
		})
	}
	mark := map[string]string{ownership.TagKey: ownership.Mark(r.plan.request.syncID).AWS()}
	for _, s := range t.secrets {
		name := r.logical(s.key)
		secret, err := secretsmanager.NewSecret(r.ctx, name, &secretsmanager.SecretArgs{
			Name:                 pulumi.String(s.name),
			Description:          passedString(t.description),
			KmsKeyId:             passedString(t.kmsKeyID),
			RecoveryWindowInDays: pulumi.Int(t.recoveryWindow),
			Replicas:             replicas,
			Tags:                 passedStrings(t.tags, mark),
		}, r.adopting(s)...)
		if err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
		if err := t.registerVersion(r, name, secret, s); err != nil {
			return err
		}
	}
	return nil
}

// registerVersion registers the value. A changed value is a new version, made before the old one is let go.
//
// The old one is always retained: AWS has no way to delete a version, and "deleting" it would take the stage
// AWSPREVIOUS from those who still read it. Where the secret itself is deleted, its versions go with it.
//
// The version names its stage, since the provider compares the value with that of this very version: without the stage,
// an edit made elsewhere, which is another version, would never be seen. With it, a refresh finds that AWSCURRENT has
// moved away, and the update moves it back.
func (t awsSecretsManager) registerVersion(
	r *registration, name string, secret *secretsmanager.Secret, s pushedSecret,
) error {
	_, err := secretsmanager.NewSecretVersion(r.ctx, name, &secretsmanager.SecretVersionArgs{
		SecretId:      secret.ID(),
		SecretString:  secretText(s.text),
		VersionStages: pulumi.StringArray{pulumi.String("AWSCURRENT")},
	}, r.options(pulumi.RetainOnDelete(true))...)
	if err != nil {
		return fmt.Errorf("registering the version of secret %s: %w", name, err)
	}
	return nil
}
