package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

//go:embed assets/README.md.tmpl
var readmeTemplate string

// readmeText returns the README that a registry shows for the SDK, with the language's tested example.
func (l language) readmeText(spec schema.PackageSpec, repository string) ([]byte, error) {
	program, err := os.ReadFile(filepath.Join(repository, "examples", filepath.FromSlash(l.example)))
	if err != nil {
		return nil, fmt.Errorf("reading the example for the README: %w", err)
	}
	parsed, err := template.New("README.md").Parse(readmeTemplate)
	if err != nil {
		return nil, fmt.Errorf("parsing the README's template: %w", err)
	}
	var text bytes.Buffer
	err = parsed.Execute(&text, map[string]string{
		"Title": l.title, "Description": spec.Description, "Install": l.install(spec), "Missing": l.missing, "Fence": l.fence,
		"Program": strings.TrimSpace(string(program)), "Example": "examples/" + l.example, "Repository": spec.Repository,
	})
	if err != nil {
		return nil, fmt.Errorf("writing the README: %w", err)
	}
	return text.Bytes(), nil
}
