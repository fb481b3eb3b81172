// Package all lists the destinations for tests, demo and documentation.
package all

import (
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/awsparameterstore"
	"github.com/escsync/pulumi-escsync/tests/platforms/awssecretsmanager"
	"github.com/escsync/pulumi-escsync/tests/platforms/azurekeyvault"
	"github.com/escsync/pulumi-escsync/tests/platforms/gcpsecretmanager"
	"github.com/escsync/pulumi-escsync/tests/platforms/githubsecrets"
	"github.com/escsync/pulumi-escsync/tests/platforms/githubvariables"
	"github.com/escsync/pulumi-escsync/tests/platforms/kubernetes"
	"github.com/escsync/pulumi-escsync/tests/platforms/resource"
	"github.com/escsync/pulumi-escsync/tests/platforms/vault"
)

// Destinations has the order of platform.All.
var Destinations = []platforms.Destination{
	awssecretsmanager.Destination,
	awsparameterstore.Destination,
	azurekeyvault.Destination,
	gcpsecretmanager.Destination,
	githubsecrets.Destination,
	githubvariables.Destination,
	vault.Destination,
	kubernetes.Destination,
	resource.Destination,
}
