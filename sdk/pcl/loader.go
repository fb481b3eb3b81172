package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// packages is the loader for programs that use this package and others. The schemas of the others are in a folder of
// the examples. Loading a package would start its plugin, which may not be installed on the machine that generates
// SDKs.
type packages map[string]*schema.Package

var _ schema.ReferenceLoader = packages{}

func (p packages) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	pkg, found := p[name]
	if !found {
		return nil, fmt.Errorf("the program uses the package %q: put what it uses of it into packages/%s.json, beside the "+
			"folder of the programs", name, name)
	}
	return pkg, nil
}

func (p packages) LoadPackageV2(_ context.Context, wanted *schema.PackageDescriptor) (*schema.Package, error) {
	return p.LoadPackage(wanted.Name, nil)
}

func (p packages) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	pkg, err := p.LoadPackage(name, nil)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (p packages) LoadPackageReferenceV2(_ context.Context, wanted *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return p.LoadPackageReference(wanted.Name, nil)
}

// readPackages reads this package's schema, and those of the others from a folder, which may be missing.
func readPackages(own, others string) (packages, error) {
	files, err := filepath.Glob(filepath.Join(others, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("listing the packages in %s: %w", others, err)
	}
	read := packages{}
	for _, file := range append(files, own) {
		pkg, err := readPackage(file)
		if err != nil {
			return nil, err
		}
		read[pkg.Name] = pkg
	}
	return read, nil
}

// readPackage reads a package from its schema.
func readPackage(path string) (*schema.Package, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: run `make schema`", err)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, packages{}, schema.ValidationOptions{})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("%s is not valid: %w", path, diagnostics)
	}
	return pkg, nil
}
