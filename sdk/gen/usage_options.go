package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// withOptions adds the plugin's address to every resource and invoke of the package in a YAML program. Without it, the
// CLI looks for a plugin of Pulumi's own. The SDKs of the other languages contain the address, so the example's source
// has none: a converter would write it into those languages too.
func withOptions(program string, spec schema.PackageSpec) string {
	own := regexp.MustCompile(`^( +)(?:type|function): ` + regexp.QuoteMeta(spec.Name) + `:`)
	lines := strings.Split(strings.TrimRight(program, "\n"), "\n")
	for at := 0; at < len(lines); at++ {
		match := own.FindStringSubmatch(lines[at])
		if match == nil {
			continue
		}
		indent := match[1]
		options := []string{
			fmt.Sprintf("%s  version: %s", indent, spec.Version),
			fmt.Sprintf("%s  pluginDownloadURL: %s", indent, spec.PluginDownloadURL),
		}
		place, found := optionsIndex(lines, at, indent)
		if !found {
			options = append([]string{indent + "options:"}, options...)
		}
		lines = slices.Insert(lines, place, options...)
	}
	return strings.Join(lines, "\n") + "\n"
}

// optionsIndex returns the index of the line at which to insert the options of a resource: after its line `options:` if
// there is one, else after its last line. at is the index of one of the resource's lines.
func optionsIndex(lines []string, at int, indent string) (index int, found bool) {
	for index = at + 1; index < len(lines) && strings.HasPrefix(lines[index], indent); index++ {
		if lines[index] == indent+"options:" {
			return index + 1, true
		}
	}
	return index, false
}
