package main

import (
	"context"
	"fmt"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// ownTypesOnly is the loader for a schema that refers to no other package: loading one would start its plugin, which
// need not be installed where SDKs are generated.
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

// ownPackage is the loader for programs that use this package and no other.
type ownPackage struct{ pkg *schema.Package }

var _ schema.ReferenceLoader = ownPackage{}

func (o ownPackage) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	if name != o.pkg.Name {
		return nil, fmt.Errorf("the program uses the package %q: let it use %q only", name, o.pkg.Name)
	}
	return o.pkg, nil
}

func (o ownPackage) LoadPackageV2(_ context.Context, wanted *schema.PackageDescriptor) (*schema.Package, error) {
	return o.LoadPackage(wanted.Name, nil)
}

func (o ownPackage) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	pkg, err := o.LoadPackage(name, nil)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (o ownPackage) LoadPackageReferenceV2(_ context.Context, wanted *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return o.LoadPackageReference(wanted.Name, nil)
}
