package azurekeyvault

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// The pages that document the limits.
//
//nolint:gosec // These are addresses of documentation, not credentials.
const (
	pageObjectNames = "https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates"
	pageSecrets     = "https://learn.microsoft.com/azure/key-vault/secrets/about-secrets"
	pageNames       = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"
)

// The limits of Azure Key Vault.
var (
	nameLimit = limit.Name{
		Pattern:   regexp.MustCompile(`^[A-Za-z0-9-]+$`),
		Grammar:   "a name has letters, digits and hyphens only",
		MaxLength: 127,
		Source:    pageObjectNames,
	}
	valueLimit = limit.Value{MaxBytes: 25600, Source: pageSecrets}
	// contentTypeLimit limits the content type, a free text that describes the value.
	contentTypeLimit = limit.Text{MaxLength: 255, Source: pageSecrets}
	// tagLimit leaves room for the ownership tag.
	tagLimit = limit.Tags{Max: 14, Key: limit.Characters(1, 512), Value: limit.Characters(0, 512), Source: pageSecrets}
)

const groupLength = 90

var vaultName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$`)

// checkVaultName returns what is wrong with the name of a key vault, or nil.
func checkVaultName(name string) error {
	if !vaultName.MatchString(name) || strings.Contains(name, "--") {
		return fmt.Errorf("must be the name of a key vault, not its address: 3 to 24 letters, digits and single "+
			"hyphens, starting with a letter and not ending with a hyphen (%s)", pageNames)
	}
	return nil
}

var resourceGroup = regexp.MustCompile(`^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$`)

// checkResourceGroup returns what is wrong with the name of a resource group, or nil.
func checkResourceGroup(name string) error {
	if !resourceGroup.MatchString(name) || utf8.RuneCountInString(name) > groupLength {
		return fmt.Errorf("must be the name of a resource group, not its full id: up to 90 letters, digits and _ - "+
			". ( ), not ending with a period (%s)", pageNames)
	}
	return nil
}
