// Keeps the secrets of a Pulumi ESC environment equal in AWS Secrets Manager, Parameter Store, Azure Key Vault, GCP Secret Manager, GitHub, HashiCorp Vault and Kubernetes.
package escsync
