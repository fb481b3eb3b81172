package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// ownTypesOnly is the loader for a schema that refers to no other package. Loading one would start its plugin, which
// may not be installed on the machine that generates SDKs.
type ownTypesOnly struct{}

var _ schema.ReferenceLoader = ownTypesOnly{}

func (ownTypesOnly) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	return nil, refused(name)
}

func (ownTypesOnly) LoadPackageV2(_ context.Context, other *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, refused(other.Name)
}

func (ownTypesOnly) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	return nil, refused(name)
}

func (ownTypesOnly) LoadPackageReferenceV2(_ context.Context, other *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return nil, refused(other.Name)
}

func refused(name string) error {
	return fmt.Errorf("the schema refers to the package %q: give the property a type of its own", name)
}

// packages is the loader for programs that use this package and others. The schemas of the others are in
// packagesFolder, reduced to what the programs use.
type packages map[string]*schema.Package

var _ schema.ReferenceLoader = packages{}

func (p packages) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	pkg, found := p[name]
	if !found {
		return nil, fmt.Errorf("the program uses the package %q: put what it uses of it into %s", name,
			filepath.Join(packagesFolder, name+".json"))
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

// readPackages returns this package and those of packagesFolder.
func readPackages(own schema.PackageSpec, repository string) (packages, error) {
	specs := []schema.PackageSpec{own}
	paths, err := filepath.Glob(filepath.Join(repository, packagesFolder, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("listing the packages that the examples use: %w", err)
	}
	for _, path := range paths {
		var other schema.PackageSpec
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("reading a package that the examples use: %w", err)
		}
		if err := json.Unmarshal(text, &other); err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		specs = append(specs, other)
	}
	read := packages{}
	for _, spec := range specs {
		if read[spec.Name], err = bind(spec); err != nil {
			return nil, fmt.Errorf("the package %s: %w", spec.Name, err)
		}
	}
	return read, nil
}
