// Command gen generates the SDKs of all languages below sdk/ from schema.json. It is a separate module, because the
// generators of Java and .NET need other versions of Pulumi's modules than the provider.
//
//	go run . -version 0.1.0          writes the SDKs
//	go run . -version 0.1.0 -check   fails if they differ from what it would write
//
// With -programs it does the same for the examples in the provider's schema, from the output of sdk/pcl.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// hint is the hint for generated files that are out of date.
const hint = "run `make schema sdk` and commit the result"

type options struct {
	// repository is the top folder of the repository.
	repository string
	// version is the version of the SDKs, which is the provider's.
	version string
	// programs is the output of sdk/pcl. If it is set, examples are generated instead of SDKs.
	programs string
	// check compares instead of writing.
	check bool
}

func main() {
	var opts options
	flag.StringVar(&opts.repository, "repository", filepath.Join("..", ".."), "the top folder of the repository")
	flag.StringVar(&opts.version, "version", "", "the version of the SDKs")
	flag.StringVar(&opts.programs, "programs", "", "the programs that sdk/pcl converted: make the schema's examples")
	flag.BoolVar(&opts.check, "check", false, "compare the SDKs instead of writing them")
	flag.Parse()
	if err := run(opts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(opts options) error {
	spec, err := readSchema(filepath.Join(opts.repository, "schema.json"), opts.version)
	if err != nil {
		return err
	}
	if opts.programs != "" {
		return runUsages(spec, opts)
	}
	logo, stop, err := serveLogo()
	if err != nil {
		return err
	}
	defer stop()
	spec.LogoURL = logo

	// Generate all before writing any, so that a failure leaves no mixture.
	sdks := make([]files, len(languages))
	for i, l := range languages {
		if sdks[i], err = l.files(spec, opts.repository); err != nil {
			return fmt.Errorf("generating the %s SDK: %w", l.title, err)
		}
	}
	var drift []error
	for i, l := range languages {
		folder := filepath.Join(opts.repository, "sdk", l.folder)
		if opts.check {
			drift = append(drift, compare(folder, sdks[i]))
		} else if err := write(folder, sdks[i]); err != nil {
			return fmt.Errorf("writing the %s SDK: %w", l.title, err)
		}
	}
	if err := errors.Join(drift...); err != nil {
		return fmt.Errorf("the SDKs are not what schema.json makes: %s\n%w", hint, err)
	}
	return nil
}

func runUsages(spec schema.PackageSpec, opts options) error {
	made, err := usages(spec, opts.repository, opts.programs)
	if err != nil {
		return err
	}
	folder := filepath.Join(opts.repository, usageFolder, "text")
	if !opts.check {
		return write(folder, made)
	}
	if err := compare(folder, made); err != nil {
		return fmt.Errorf("the schema's examples are not what their programs make: %s\n%w", hint, err)
	}
	return nil
}

// readSchema reads the schema and sets its version, which the file does not contain.
func readSchema(path, version string) (schema.PackageSpec, error) {
	var spec schema.PackageSpec
	if version == "" {
		return spec, errors.New("give the version of the SDKs: -version 0.1.0")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return spec, fmt.Errorf("%w: run `make schema`", err)
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		return spec, fmt.Errorf("reading %s: %w", path, err)
	}
	spec.Version = version
	return spec, nil
}
