package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/aws"
	"github.com/escsync/pulumi-escsync/tests/platforms/azurekeyvault"
	"github.com/escsync/pulumi-escsync/tests/platforms/gcpsecretmanager"
	"github.com/escsync/pulumi-escsync/tests/platforms/github"
	"github.com/escsync/pulumi-escsync/tests/platforms/kubernetes"
	"github.com/escsync/pulumi-escsync/tests/platforms/vault"
)

// region is that of examples/yaml.
const region = "us-west-2"

// destination is a platform that the demo can push to.
type destination struct {
	// name is the one of EscSync's property destination.
	name string
	// server says what the platform is here, and whether that is the real thing.
	server string
	// settings are those of the destination, as YAML in one line. Empty: what examples/yaml has.
	settings string
	// start starts the platform. The caller must close it.
	start func(context.Context) (platforms.Platform, error)
	// secrets are what the platform must hold for a password, by identity, to the byte and nothing else.
	secrets func(password string) map[string]string
}

var destinations = []destination{
	{
		name: "awsSecretsManager", server: "AWS is the emulator moto", start: startAWS,
		secrets: one("awsSecretsManager/us-west-2/name-in-secrets-manager"),
	},
	{
		name: "awsParameterStore", server: "AWS is the emulator moto", start: startAWS,
		settings: "{path: /prod/shop, region: us-west-2}",
		secrets:  each("awsParameterStore/us-west-2//prod/shop/", "myConfigKey", "myNestedKey/haha", "mySecret"),
	},
	{
		name: "azureKeyVault", server: "Azure Key Vault is a stand-in server of this repository",
		settings: "{vaultName: escsync-test, resourceGroupName: shop, name: prod-shop}",
		start: func(ctx context.Context) (platforms.Platform, error) {
			return azurekeyvault.Start(ctx, azurekeyvault.Options{})
		},
		secrets: one("azureKeyVault/escsync-test/prod-shop"),
	},
	{
		name: "gcpSecretManager", server: "GCP Secret Manager is a stand-in server of this repository",
		settings: "{name: prod-shop}",
		start: func(ctx context.Context) (platforms.Platform, error) {
			return gcpsecretmanager.Start(ctx, gcpsecretmanager.Options{})
		},
		secrets: one("gcpSecretManager/escsync-test/prod-shop"),
	},
	{
		name: "githubSecrets", server: "GitHub is a stand-in server of this repository, which opens the sealed boxes",
		settings: "{repository: app}",
		start: func(ctx context.Context) (platforms.Platform, error) {
			return github.Start(ctx, github.Options{})
		},
		secrets: each("githubSecrets/actions/app/", "MYCONFIGKEY", "MYNESTEDKEY_HAHA", "MYSECRET"),
	},
	{
		name: "vault", server: "HashiCorp Vault is the real one, in memory",
		settings: "{name: prod/shop}",
		start: func(ctx context.Context) (platforms.Platform, error) {
			return vault.Start(ctx, vault.Options{})
		},
		secrets: one("vault/secret/prod/shop"),
	},
	{
		name: "kubernetes", server: "Kubernetes is the real kube-apiserver with etcd",
		settings: "{name: prod-shop}",
		start: func(ctx context.Context) (platforms.Platform, error) {
			return kubernetes.Start(ctx, kubernetes.Options{})
		},
		secrets: each("kubernetes/default/Secret/prod-shop/", "myConfigKey", "myNestedKey.haha", "mySecret"),
	},
}

func startAWS(context.Context) (platforms.Platform, error) { return aws.Start(region), nil }

// one is one secret that holds the whole value.
func one(identity string) func(string) map[string]string {
	return func(password string) map[string]string {
		return map[string]string{identity: harness.PatternSecret(password)}
	}
}

// each is one secret for each key of the value, in the order in which the pattern has them.
func each(prefix, foo, bar, secret string) func(string) map[string]string {
	return func(password string) map[string]string {
		return map[string]string{
			prefix + foo: harness.PatternFoo, prefix + bar: harness.PatternBar, prefix + secret: password,
		}
	}
}

// destinationNames are the names, the default first.
func destinationNames() []string {
	var names []string
	for _, d := range destinations {
		names = append(names, d.name)
	}
	return names
}

// findDestination returns the destination of a name; "" is the first one.
func findDestination(name string) (destination, error) {
	for _, d := range destinations {
		if name == d.name || name == "" {
			return d, nil
		}
	}
	return destination{}, fmt.Errorf("there is no destination %q to show: use one of %s",
		name, strings.Join(destinationNames(), ", "))
}

// destinationBlock is the destination in examples/yaml.
var destinationBlock = regexp.MustCompile(`(?m)^      destination:\n(        .*\n)+`)

// difference says what is not as in examples/yaml.
func (d destination) difference() string {
	if d.settings == "" {
		return ""
	}
	return ", with the destination " + d.name
}

// program returns the text of the demo's program: the example's, with this destination in place of its own.
func (d destination) program(example string) (string, error) {
	if d.settings == "" {
		return example, nil
	}
	if len(destinationBlock.FindAllString(example, -1)) != 1 {
		return "", fmt.Errorf("%s does not have one destination", program)
	}
	block := "      destination:\n        " + d.name + ": " + d.settings + "\n"
	return destinationBlock.ReplaceAllLiteralString(example, block), nil
}
