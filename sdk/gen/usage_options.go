package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// withOptions adds to every resource and invoke of the package in a YAML program where its plugin is. The other
// languages' SDKs know that. A YAML program has none: without the options the CLI asks for a plugin of Pulumi's own.
// They are not in the source of the example, as a converter would write them into the other languages too.
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
		place, found := optionsPlace(lines, at, indent)
		if !found {
			options = append([]string{indent + "options:"}, options...)
		}
		lines = slices.Insert(lines, place, options...)
	}
	return strings.Join(lines, "\n") + "\n"
}

// optionsPlace returns the index of the line before which the options of a resource belong, one line of which is at:
// after its line `options:` where found, else after its last line.
func optionsPlace(lines []string, at int, indent string) (place int, found bool) {
	for place = at + 1; place < len(lines) && strings.HasPrefix(lines[place], indent); place++ {
		if lines[place] == indent+"options:" {
			return place + 1, true
		}
	}
	return place, false
}
