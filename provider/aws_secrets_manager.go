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
	codec:          keyname.Codec{Separator: "/", Allowed: "/_+=.@-", Replacement: "_"},
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
		region:         s.Known("region"),
		description:    s.Input("description"),
		kmsKeyID:       s.Input("kmsKeyId"),
		recoveryWindow: s.Int("recoveryWindowInDays", limit.AwsRecoveryWindowDefault),
		tags:           r.awsTags(),
	}
	for _, replica := range s.Objects("replicas") {
		one := awsReplica{region: replica.Input("region"), kmsKeyID: replica.Input("kmsKeyId")}
		if one.region == nil {
			replica.Problem("region", "required, but not given")
		}
		replica.Finish()
		target.replicas = append(target.replicas, one)
	}
	if why := limit.AwsRecoveryWindow(target.recoveryWindow); why != "" {
		s.Problem("recoveryWindowInDays", "%s", why)
	}
	return pushPlan{names: secretNames(secrets), register: target.register}, known && !s.Deferred()
}

// awsTags returns the user's tags, checked.
func (r pushRequest) awsTags() map[string]document.Node {
	tags := r.settings.Map("tags")
	if why := limit.AwsTags(document.Node{Fields: tags}.Keys()); why != "" {
		r.settings.Problem("tags", "%s", why)
	}
	return tags
}

func secretNames(secrets []pushedSecret) []string {
	names := make([]string, len(secrets))
	for i, s := range secrets {
		names[i] = s.name
	}
	return names
}

func (t awsSecretsManager) register(r *registration) error {
	if err := r.useAwsProvider(t.region); err != nil {
		return err
	}
	var replicas secretsmanager.SecretReplicaArray
	for _, replica := range t.replicas {
		replicas = append(replicas, secretsmanager.SecretReplicaArgs{
			Region:   passedString(replica.region).ToStringPtrOutput().Elem(),
			KmsKeyId: passedString(replica.kmsKeyID),
		})
	}
	mark := map[string]string{ownership.Key: ownership.Mark(r.plan.request.syncID).AWSTag()}
	for _, s := range t.secrets {
		name := r.logical(s.key)
		secret, err := secretsmanager.NewSecret(r.ctx, name, &secretsmanager.SecretArgs{
			Name:                 pulumi.String(s.name),
			Description:          passedString(t.description),
			KmsKeyId:             passedString(t.kmsKeyID),
			RecoveryWindowInDays: pulumi.Int(t.recoveryWindow),
			Replicas:             replicas,
			Tags:                 passedStrings(t.tags, mark),
		}, r.options()...)
		if err != nil {
			return fmt.Errorf("registering secret %s: %w", name, err)
		}
		// A changed value is a new version. The old one is always retained: AWS has no way to delete a version, and
		// "deleting" it would take AWSPREVIOUS away from those who still read it. With the secret itself deleted, its
		// versions go with it.
		//
		// The version names its stage, since the provider compares the value with that of this very version: without
		// the stage, an edit made elsewhere, which is another version, would never be seen. With it, a refresh finds
		// that AWSCURRENT has moved, and the update moves it back.
		if _, err := secretsmanager.NewSecretVersion(r.ctx, name, &secretsmanager.SecretVersionArgs{
			SecretId:      secret.ID(),
			SecretString:  secretText(s.text),
			VersionStages: pulumi.StringArray{pulumi.String("AWSCURRENT")},
		}, r.options(pulumi.RetainOnDelete(true))...); err != nil {
			return fmt.Errorf("registering the version of secret %s: %w", name, err)
		}
	}
	return nil
}
