// Package all lists the destinations that tests, demo and documentation run through.
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

// Destinations are those of platform.All, in its order.
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
