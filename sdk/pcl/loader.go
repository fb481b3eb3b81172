package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// onePackage is the loader for programs that use one package: loading another would start its plugin, which need not be
// installed where SDKs are generated.
type onePackage struct{ pkg *schema.Package }

var _ schema.ReferenceLoader = onePackage{}

func (o onePackage) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	if name != o.pkg.Name {
		return nil, fmt.Errorf("the program uses the package %q: let it use %q only", name, o.pkg.Name)
	}
	return o.pkg, nil
}

func (o onePackage) LoadPackageV2(_ context.Context, wanted *schema.PackageDescriptor) (*schema.Package, error) {
	return o.LoadPackage(wanted.Name, nil)
}

func (o onePackage) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	pkg, err := o.LoadPackage(name, nil)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (o onePackage) LoadPackageReferenceV2(_ context.Context, wanted *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return o.LoadPackageReference(wanted.Name, nil)
}

// readPackage reads a package from its schema.
func readPackage(path string) (*schema.Package, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: run `make schema`", err)
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, onePackage{&schema.Package{}}, schema.ValidationOptions{})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("%s is not valid: %w", path, diagnostics)
	}
	return pkg, nil
}
