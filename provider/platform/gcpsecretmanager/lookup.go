package gcpsecretmanager

import (
	"fmt"

	"github.com/pulumi/pulumi-gcp/sdk/v9/go/gcp/secretmanager"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// absent are the texts for "not found" of Terraform's Google provider, on which Pulumi's is built.
var absent = []string{"not found", "Error 404"}

func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	return r.LookupListed(t.ownedSecrets, absent, func(item target.Item) (target.Existing, error) {
		args := &secretmanager.LookupSecretArgs{SecretId: item.Name}
		if item.Location != "" {
			args.Project = &item.Location
		}
		secret, err := secretmanager.LookupSecret(r.Ctx, args, r.InvokeOptions()...)
		if err != nil || secret == nil || secret.Id == "" {
			return target.Existing{}, err
		}
		return r.Tagged(secret.Id, secret.Annotations), nil
	})
}

// ownedSecrets lists the secrets with our ownership annotation, by name. Google cannot filter by annotation, so the
// list is limited to the common prefix of our names.
// Source: https://cloud.google.com/secret-manager/docs/filtering
func (t push) ownedSecrets(r *target.Registration) (map[string]target.Existing, error) {
	args := &secretmanager.GetSecretsArgs{}
	if t.project != "" {
		args.Project = &t.project
	}
	if prefix := commonPrefix(t.secrets); prefix != "" {
		filter := fmt.Sprintf("name:%q", prefix)
		args.Filter = &filter
	}
	listed, err := secretmanager.GetSecrets(r.Ctx, args, r.InvokeOptions()...)
	if err != nil || listed == nil || listed.Project == "" {
		return nil, err
	}
	owned := map[string]target.Existing{}
	for _, secret := range listed.Secrets {
		// A listed secret has the project's number, so its own ID would differ from the one in the state.
		id := "projects/" + listed.Project + "/secrets/" + secret.SecretId
		owned[secret.SecretId] = r.Tagged(id, secret.Annotations)
	}
	return owned, nil
}

// commonPrefix returns the common prefix of all names.
func commonPrefix(secrets []target.Secret) string {
	prefix := secrets[0].Name
	for _, secret := range secrets[1:] {
		shared := 0
		for shared < min(len(prefix), len(secret.Name)) && prefix[shared] == secret.Name[shared] {
			shared++
		}
		prefix = prefix[:shared]
	}
	return prefix
}
