// Package ownership is the mark that says which sync a secret on a platform belongs to, in the form that each platform
// can hold. GitHub can hold none.
package ownership

import "strings"

// Mark names a sync for good: <pulumi project>/<pulumi stack>/<resource name>, for example.
type Mark string

// Program names a resource of a program: <project>/<stack>/<resource>, and below components
// <project>/<stack>/<types>::<resource>. Types are those of its parents as a URN has them, with `$` between two; here
// they get a `/`, which every platform can hold. Pulumi lets no two resources of a stack have both in common.
func Program(project, stack, parents, resource string) string {
	if parents != "" {
		resource = strings.ReplaceAll(parents, "$", "/") + "::" + resource
	}
	return project + "/" + stack + "/" + resource
}

// The keys of the mark. The grammars differ between platforms, so the keys do.
const (
	// TagKey is that of tags in AWS and Azure, and of custom metadata in Vault.
	TagKey = "escsync:sync-id"
	// AnnotationKey is that of annotations in GCP, which take no colon.
	AnnotationKey = "escsync.sync-id"
	// KubernetesKey is that of annotations in Kubernetes, whose prefix is a DNS name.
	KubernetesKey = "escsync/sync-id"
)

const (
	awsTagLength   = 256 // https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html
	azureTagLength = 256 // https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
	vaultLength    = 512 // https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
	anyLength      = 1024
)

// AWS returns the mark as the value of an AWS tag, which takes letters, digits, spaces and + - = . _ : / @ only.
// Source: https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html
func (m Mark) AWS() string {
	return encode(string(m), func(r rune) bool {
		return isAlphanumeric(r) || strings.ContainsRune(" +-=._:/@", r)
	}, awsTagLength)
}

// Azure returns the mark as the value of a tag of an Azure Key Vault secret.
func (m Mark) Azure() string { return encode(string(m), isPrintable, azureTagLength) }

// GCP returns the mark as the value of an annotation of a GCP secret.
func (m Mark) GCP() string { return encode(string(m), isPrintable, anyLength) }

// Vault returns the mark as a value of custom metadata in Vault.
func (m Mark) Vault() string { return encode(string(m), isPrintable, vaultLength) }

// Kubernetes returns the mark as the value of an annotation.
func (m Mark) Kubernetes() string { return encode(string(m), isPrintable, anyLength) }

func isAlphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

func isPrintable(r rune) bool { return r >= ' ' && r <= '~' }
