package provider

import (
	"context"
	"fmt"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// packageSchema is the package's own schema, read once it is asked for, after the provider is built: its components
// check their inputs by it.
type packageSchema struct{ provider p.Provider }

// ownSchema is the same for every provider of a process. To make it takes longer than to construct a sync.
var ownSchema struct {
	once sync.Once
	spec *schema.PackageSpec
	err  error
}

func (s *packageSchema) get() (*schema.PackageSpec, error) {
	ownSchema.once.Do(func() {
		spec, err := p.GetSchema(context.Background(), version.Name, version.Version, s.provider)
		if err != nil {
			ownSchema.err = fmt.Errorf("reading the package's schema: %w", err)
			return
		}
		ownSchema.spec = &spec
	})
	return ownSchema.spec, ownSchema.err
}
