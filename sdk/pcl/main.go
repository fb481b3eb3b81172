// Command pcl converts YAML programs that use this package to PCL, Pulumi's intermediate language. sdk/gen converts PCL
// to all other languages. It is a separate module, because the converter needs other versions of Pulumi's modules than
// the generators.
//
//	go run . -schema ../../schema.json -programs <folder> -out programs.json
//
// It writes a JSON object that maps the name of each file, without extension, to the text in PCL.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
)

func main() {
	schemaFile := flag.String("schema", filepath.Join("..", "..", "schema.json"), "the schema of the package")
	programs := flag.String("programs", "", "the folder of the YAML programs")
	out := flag.String("out", "", "the file to write")
	flag.Parse()
	if err := run(*schemaFile, *programs, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(schemaFile, programs, out string) error {
	if programs == "" || out == "" {
		return errors.New("give the folder of the programs and the file to write: -programs <folder> -out <file>")
	}
	known, err := readPackages(schemaFile, filepath.Join(programs, "..", "packages"))
	if err != nil {
		return err
	}
	paths, err := filepath.Glob(filepath.Join(programs, "*.yaml"))
	if err != nil {
		return fmt.Errorf("listing the programs in %s: %w", programs, err)
	}
	if len(paths) == 0 {
		return fmt.Errorf("no programs in %s: give a folder with YAML programs", programs)
	}
	converted := map[string]string{}
	for _, path := range paths {
		if converted[strings.TrimSuffix(filepath.Base(path), ".yaml")], err = convert(path, known); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	text, err := json.MarshalIndent(converted, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the programs as JSON: %w", err)
	}
	return os.WriteFile(out, append(text, '\n'), 0o600)
}

// convert returns the PCL of a YAML program. A warning is an error too, because readers see the result.
func convert(path string, known packages) (string, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	template, found, err := pulumiyaml.LoadYAMLBytes(path, source)
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return "", found
	}
	text, diagnostics, err := codegen.ConvertTemplateIL(template, known)
	if err != nil {
		return "", err
	}
	if len(diagnostics) > 0 {
		return "", diagnostics
	}
	return text, nil
}
