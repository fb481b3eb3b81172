package awssecretsmanager

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// absent are the texts for "not found" of Terraform's AWS provider, on which Pulumi's is built.
var absent = []string{"couldn't find resource", "ResourceNotFoundException"}

func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	return r.LookupListed(ownedSecrets, absent, func(item target.Item) (target.Existing, error) {
		secret, err := secretsmanager.LookupSecret(r.Ctx, &secretsmanager.LookupSecretArgs{Name: &item.Name},
			r.InvokeOptions()...)
		if err != nil || secret == nil || secret.Arn == "" {
			return target.Existing{}, err
		}
		return r.Tagged(secret.Arn, secret.Tags), nil
	})
}

// ownedSecrets lists the secrets with our ownership tag, by name. It needs two lists. The list of Secrets Manager
// omits secrets that are scheduled for deletion, but only matches a prefix of the tag's value. The list of the
// tagging API matches exactly.
// Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html
func ownedSecrets(r *target.Registration) (map[string]target.Existing, error) {
	live, err := secretsmanager.GetSecrets(r.Ctx, &secretsmanager.GetSecretsArgs{
		Filters: []secretsmanager.GetSecretsFilter{
			{Name: "tag-key", Values: []string{aws.Ownership.Key}}, {Name: "tag-value", Values: r.OwnershipTags()},
		},
	}, r.InvokeOptions()...)
	if err != nil || live == nil || len(live.Arns) == 0 {
		return nil, err
	}
	tagged, err := aws.Owned(r, "secretsmanager:secret")
	if err != nil {
		return nil, err
	}
	owned := map[string]target.Existing{}
	for _, arn := range live.Arns {
		if tags, ours := tagged[arn]; ours {
			owned[nameIn(arn)] = r.Tagged(arn, tags)
		}
	}
	return owned, nil
}

// nameIn returns the name of a secret from its ARN. AWS appends a hyphen and 6 characters to it.
func nameIn(arn string) string {
	const suffix = len("-AbCdEf")
	_, name, _ := strings.Cut(arn, ":secret:")
	return name[:max(0, len(name)-suffix)]
}
