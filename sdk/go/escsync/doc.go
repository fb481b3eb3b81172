// Syncs the secrets of a Pulumi ESC environment to AWS Secrets Manager, AWS Systems Manager Parameter Store, Azure Key Vault, GCP Secret Manager, GitHub, GitHub Actions variables, HashiCorp Vault, Kubernetes and any platform with a Pulumi provider.
package escsync
