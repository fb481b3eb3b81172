package limit

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	azureNames       = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"
	azureGroupLength = 90
)

// AzureContentType is the hint on what a secret holds.
var AzureContentType = Text{MaxLength: 255, Source: azureAboutSecrets}

var azureVaultName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$`)

// AzureVaultName returns what is wrong with the name of a key vault, or nil.
func AzureVaultName(name string) error {
	if !azureVaultName.MatchString(name) || strings.Contains(name, "--") {
		return fmt.Errorf("must be the name of a key vault, without its address: 3 to 24 letters, digits and single "+
			"hyphens, beginning with a letter and not ending with a hyphen (%s)", azureNames)
	}
	return nil
}

var azureResourceGroup = regexp.MustCompile(`^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$`)

// AzureResourceGroup returns what is wrong with the name of a resource group, or nil.
func AzureResourceGroup(name string) error {
	if !azureResourceGroup.MatchString(name) || utf8.RuneCountInString(name) > azureGroupLength {
		return fmt.Errorf("must be the name of a resource group, without what comes before it in an id: up to 90 letters, "+
			"digits and _ - . ( ), not ending with a period (%s)", azureNames)
	}
	return nil
}
