package provider

import (
	"context"
	"fmt"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// packageSchema is the package's own schema, by which components check their inputs. It is read on demand, because it
// is only complete once the provider is built.
type packageSchema struct{ provider p.Provider }

// ownSchema caches the schema, which is the same for every provider of a process. Making it takes longer than
// constructing a sync.
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
