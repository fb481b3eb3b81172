package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	hclsyntax "github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// usageFolder contains the examples of the provider's schema: YAML programs written by hand, and the texts generated
// here.
var usageFolder = filepath.Join("provider", "internal", "usage")

// packagesFolder contains the parts of other packages' schemas that the examples use.
var packagesFolder = filepath.Join(usageFolder, "packages")

// usages returns the example of every program that sdk/pcl has converted, in all languages, by file name.
func usages(spec schema.PackageSpec, repository, converted string) (files, error) {
	text, err := os.ReadFile(converted)
	if err != nil {
		return nil, fmt.Errorf("reading the programs: %w: run `make schema`", err)
	}
	var programs map[string]string
	if err := json.Unmarshal(text, &programs); err != nil {
		return nil, fmt.Errorf("reading %s: %w", converted, err)
	}
	known, err := readPackages(spec, repository)
	if err != nil {
		return nil, err
	}
	made := files{}
	for _, name := range slices.Sorted(maps.Keys(programs)) {
		source, err := os.ReadFile(filepath.Join(repository, usageFolder, "programs", name+".yaml"))
		if err != nil {
			return nil, fmt.Errorf("reading the program: %w", err)
		}
		if made[name+".md"], err = usage(known, spec, name, string(source), programs[name]); err != nil {
			return nil, fmt.Errorf("converting the example of %s: %w", name, err)
		}
	}
	return made, nil
}

// usage returns an example in Pulumi's format for docs: shortcodes, of which each SDK keeps only its own language.
func usage(known packages, spec schema.PackageSpec, name, yaml, converted string) ([]byte, error) {
	title, program, err := readProgram(yaml)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "{{%% examples %%}}\n## Example Usage\n\n{{%% example %%}}\n### %s\n\n", title)
	for _, l := range languages {
		snippet, err := l.convert(known, name, converted)
		if err != nil {
			return nil, fmt.Errorf("to %s: %w", l.title, err)
		}
		fence(&text, l.fence, snippet)
	}
	fence(&text, "yaml", withOptions(program, spec))
	text.WriteString("{{% /example %}}\n{{% /examples %}}\n")
	return text.Bytes(), nil
}

func fence(text *bytes.Buffer, language, snippet string) {
	fmt.Fprintf(text, "```%s\n%s\n```\n\n", language, strings.TrimSpace(snippet))
}

// readProgram returns the title of a YAML program, which is its description, and the program without its header: the
// part that readers add to their own project.
func readProgram(yaml string) (title, program string, err error) {
	head, program, found := strings.Cut(yaml, "\nruntime: yaml\n")
	_, title, described := strings.Cut(head, "\ndescription: ")
	if !found || !described || strings.Contains(title, "\n") {
		return "", "", errors.New("begin the program with the lines `name`, `description` and `runtime: yaml`")
	}
	return title, program, nil
}

// convert converts a program from PCL to the language. It also checks it against the schema.
func (l language) convert(known packages, name, source string) (string, error) {
	parser := hclsyntax.NewParser()
	if err := parser.ParseFile(strings.NewReader(source), name+".pp"); err != nil {
		return "", err
	}
	if parser.Diagnostics.HasErrors() {
		return "", parser.Diagnostics
	}
	program, diagnostics, err := pcl.BindProgram(parser.Files, known)
	if err != nil {
		return "", err
	}
	if diagnostics.HasErrors() {
		return "", diagnostics
	}
	made, diagnostics, err := l.program(program)
	if err != nil {
		return "", err
	}
	if diagnostics.HasErrors() {
		return "", diagnostics
	}
	if len(made) != 1 {
		return "", fmt.Errorf("the program has the files %v: make it one", slices.Sorted(maps.Keys(made)))
	}
	var text string
	for _, only := range made {
		text = string(only)
	}
	return strings.NewReplacer(l.corrections...).Replace(text), nil
}
