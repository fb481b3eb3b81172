package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/all"
)

// destination is the demo's destination.
type destination platforms.Destination

// secrets returns the exact secrets of the platform for a password, by identity.
func (d destination) secrets(password string) map[string]string {
	if d.Demo.Secret != "" {
		return map[string]string{d.Demo.Secret: harness.PatternSecret(password)}
	}
	secrets := map[string]string{}
	for i, value := range []string{harness.PatternFoo, harness.PatternBar, password} {
		secrets[d.Demo.Keys[i]] = value
	}
	return secrets
}

// destinationNames returns the names, the default first.
func destinationNames() []string {
	var names []string
	for _, d := range all.Destinations {
		names = append(names, d.Name)
	}
	return names
}

// findDestination returns the destination with a name. "" means the first one.
func findDestination(name string) (destination, error) {
	for _, d := range all.Destinations {
		if name == d.Name || name == "" {
			return destination(d), nil
		}
	}
	return destination{}, fmt.Errorf("there is no destination %q to show: use one of %s",
		name, strings.Join(destinationNames(), ", "))
}

// isDefault reports whether the destination is the one in examples/yaml.
func (d destination) isDefault() bool { return d.Name == all.Destinations[0].Name }

// destinationBlock matches the destination in examples/yaml.
var destinationBlock = regexp.MustCompile(`(?m)^      destination:\n(        .*\n)+`)

// difference describes how the program differs from examples/yaml.
func (d destination) difference() string {
	if d.isDefault() {
		return ""
	}
	return ", with the destination " + d.Name
}

// program returns the demo's program: the example with this destination.
func (d destination) program(example string) (string, error) {
	if d.isDefault() {
		return example, nil
	}
	if len(destinationBlock.FindAllString(example, -1)) != 1 {
		return "", fmt.Errorf("%s does not have one destination", program)
	}
	block := "      destination:\n        " + d.Name + ": " + d.Demo.Settings + "\n"
	return destinationBlock.ReplaceAllLiteralString(example, block), nil
}
