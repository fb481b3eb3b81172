// Package platform lists all platforms.
package platform

import (
	"github.com/escsync/pulumi-escsync/provider/platform/awsparameterstore"
	"github.com/escsync/pulumi-escsync/provider/platform/awssecretsmanager"
	"github.com/escsync/pulumi-escsync/provider/platform/azurekeyvault"
	"github.com/escsync/pulumi-escsync/provider/platform/gcpsecretmanager"
	"github.com/escsync/pulumi-escsync/provider/platform/githubsecrets"
	"github.com/escsync/pulumi-escsync/provider/platform/githubvariables"
	"github.com/escsync/pulumi-escsync/provider/platform/kubernetes"
	"github.com/escsync/pulumi-escsync/provider/platform/resource"
	"github.com/escsync/pulumi-escsync/provider/platform/vault"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// All are the platforms, in the order of the documentation.
var All = target.Platforms{
	awssecretsmanager.Platform,
	awsparameterstore.Platform,
	azurekeyvault.Platform,
	gcpsecretmanager.Platform,
	githubsecrets.Platform,
	githubvariables.Platform,
	vault.Platform,
	kubernetes.Platform,
	resource.Platform,
}
