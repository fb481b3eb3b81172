package provider

import (
	"context"
	"fmt"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// packageSchema returns the package's own schema, made once.
var packageSchema = sync.OnceValues(func() (*schema.PackageSpec, error) {
	provider, err := New()
	if err != nil {
		return nil, err
	}
	spec, err := p.GetSchema(context.Background(), Name, Version, provider)
	if err != nil {
		return nil, fmt.Errorf("reading the package's schema: %w", err)
	}
	return &spec, nil
})
