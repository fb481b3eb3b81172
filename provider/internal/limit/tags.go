package limit

import (
	"fmt"
	"regexp"
)

const (
	azureTags           = "https://learn.microsoft.com/azure/key-vault/secrets/about-secrets"
	azureMaxTags        = 15
	gcpLabels           = "https://cloud.google.com/resource-manager/docs/creating-managing-labels"
	gcpMaxLabels        = 64
	vaultCustomMetadata = "https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2"
	vaultMaxMetadata    = 64
)

var gcpLabelKey = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

// AzureTags returns what is wrong with the keys of a user's tags, or "". One tag is taken by the mark of ownership.
func AzureTags(keys []string) string {
	return atMost("tags", len(keys), azureMaxTags-1, azureTags)
}

// GcpLabels returns what is wrong with the keys of a user's labels, or "".
func GcpLabels(keys []string) string {
	for _, key := range keys {
		if !gcpLabelKey.MatchString(key) {
			return fmt.Sprintf("has the key %q: a key has up to 63 small letters, digits, _ and -, and begins with a "+
				"letter (%s)",
				key, gcpLabels)
		}
	}
	return atMost("labels", len(keys), gcpMaxLabels, gcpLabels)
}

// VaultMetadata returns what is wrong with the keys of a user's custom metadata, or "". One key is taken by the mark of
// ownership.
func VaultMetadata(keys []string) string {
	return atMost("keys", len(keys), vaultMaxMetadata-1, vaultCustomMetadata)
}

func atMost(what string, n, most int, source string) string {
	if n > most {
		return fmt.Sprintf("has %d %s, and at most %d are allowed beside our own (%s)", n, what, most, source)
	}
	return ""
}
