package provider

import (
	"context"
	"fmt"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// packageSchema is the package's own schema, read once, after the provider is built: its components check their inputs
// by it.
type packageSchema struct {
	provider p.Provider
	once     sync.Once
	spec     *schema.PackageSpec
	err      error
}

func (s *packageSchema) get() (*schema.PackageSpec, error) {
	s.once.Do(func() {
		spec, err := p.GetSchema(context.Background(), version.Name, version.Version, s.provider)
		if err != nil {
			s.err = fmt.Errorf("reading the package's schema: %w", err)
			return
		}
		s.spec = &spec
	})
	return s.spec, s.err
}
