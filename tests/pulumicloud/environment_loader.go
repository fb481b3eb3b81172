package pulumicloud

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/schema"
)

// loader loads environments for the evaluator, as far as one caller may open them.
type loader struct {
	server *Server
	// org is the organization of imported environments.
	org string
	who identity
	// opens reports that imports are opened rather than only checked.
	opens bool

	// draft replaces the stored definition of draftOf, if set. It allows checking a definition and its imports before
	// it is stored.
	draft   []byte
	draftOf *environment
}

var _ eval.EnvironmentLoader = (*loader)(nil)

func (s *Server) loader(org string, who identity) *loader {
	return &loader{server: s, org: org, who: who}
}

// LoadEnvironment resolves [project/]name[@version].
func (l *loader) LoadEnvironment(_ context.Context, name string) ([]byte, string, eval.Decrypter, error) {
	ref, ok := parseEnvRef(l.org, name)
	if !ok {
		return nil, "", nil, fmt.Errorf("invalid environment name %q", name)
	}
	env, rev, err := l.server.cloud.resolve(ref)
	if err != nil {
		return nil, "", nil, err
	}
	source := rev.source
	if env == l.draftOf && (ref.version == "" || ref.version == latestTag) {
		source = l.draft
	}
	return source, env.name.short(), l.server.keys.of(env.id), nil
}

// AuthorizeImport refuses an import that the caller may not open, at any depth.
func (l *loader) AuthorizeImport(_ context.Context, _, imported string, _ bool) error {
	ref, ok := parseEnvRef(l.org, imported)
	if !ok {
		return fmt.Errorf("invalid environment name %q", imported)
	}
	env, ok := l.server.cloud.envs[ref.name]
	if ok && !l.server.mayOpen(l.who, env) {
		return forbidden("this token may not open environment '%s'", ref.name.short())
	}
	if ok && l.opens {
		return env.requireUngated(gatedOpen)
	}
	return nil
}

// anyProviders accepts any fn::open and fn::rotate with any result, but fails to open them, because the local cloud
// reaches nothing outside itself.
type anyProviders struct{}

// LoadProvider accepts every name.
func (anyProviders) LoadProvider(_ context.Context, name string) (esc.Provider, error) {
	return anyProvider(name), nil
}

// LoadRotator accepts every name.
func (anyProviders) LoadRotator(_ context.Context, name string) (esc.Rotator, error) {
	return anyRotator(name), nil
}

type anyProvider string

// Schema accepts anything.
func (anyProvider) Schema() (inputs, outputs *schema.Schema) { return schema.Always(), schema.Always() }

// Open fails.
func (p anyProvider) Open(context.Context, map[string]esc.Value, esc.EnvExecContext) (esc.Value, error) {
	return esc.Value{}, fmt.Errorf("unknown provider %q: the local cloud has none", string(p))
}

type anyRotator string

// Schema accepts anything.
func (anyRotator) Schema() (inputs, state, outputs *schema.Schema) {
	return schema.Always(), schema.Always(), schema.Always()
}

// Open fails.
func (r anyRotator) Open(_ context.Context, _, _ map[string]esc.Value, _ esc.EnvExecContext) (esc.Value, error) {
	return esc.Value{}, fmt.Errorf("unknown rotator %q: the local cloud has none", string(r))
}

// Rotate fails.
func (r anyRotator) Rotate(_ context.Context, _, _ map[string]esc.Value, _ esc.EnvExecContext) (esc.Value, error) {
	return esc.Value{}, fmt.Errorf("unknown rotator %q: the local cloud has none", string(r))
}
