// Command schema writes the package's schema, as the provider itself reports it, to schema.json at the top of the
// repository. The version is left out, so that the file changes when the schema does and not at every release.
//
//	go run ./sdk/schema          writes schema.json
//	go run ./sdk/schema -check   fails where schema.json is not what it would write
//	go run ./sdk/schema -version prints the package's version
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider"
	"github.com/escsync/pulumi-escsync/provider/version"
)

func main() {
	file := flag.String("file", "schema.json", "the schema's file")
	check := flag.Bool("check", false, "compare the file instead of writing it")
	printVersion := flag.Bool("version", false, "print the package's version and do nothing else")
	flag.Parse()
	if *printVersion {
		fmt.Println(version.Version)
		return
	}
	if err := run(*file, *check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(file string, check bool) error {
	schema, err := packageSchema()
	if err != nil {
		return err
	}
	if !check {
		return os.WriteFile(file, schema, 0o644) //nolint:gosec // a file of the repository
	}
	committed, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%w: run `make schema` and commit the result", err)
	}
	if !bytes.Equal(committed, schema) {
		return fmt.Errorf("%s is not the provider's schema: run `make schema sdk` and commit the result", file)
	}
	return nil
}

// packageSchema returns the schema as JSON, indented, without a version.
func packageSchema() ([]byte, error) {
	built, err := provider.New()
	if err != nil {
		return nil, fmt.Errorf("building the provider: %w", err)
	}
	spec, err := p.GetSchema(context.Background(), version.Name, version.Version, built)
	if err != nil {
		return nil, fmt.Errorf("reading the provider's schema: %w", err)
	}
	spec.Version = ""
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(spec); err != nil {
		return nil, fmt.Errorf("writing the schema as JSON: %w", err)
	}
	return []byte(unescaped.Replace(text.String())), nil
}

// unescaped undoes the escaping for HTML that the encoder cannot be told to leave: functions encode themselves. A pair
// of backslashes stands for one, and what follows is no escape.
var unescaped = strings.NewReplacer(`\\`, `\\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
