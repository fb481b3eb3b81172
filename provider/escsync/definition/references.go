package definition

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/ast"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/syntax"
)

// elsewhere matches references to what only the service knows: other environments, and the identity that opens this
// one.
var elsewhere = regexp.MustCompile(`\$\{\s*(\[\s*")?(environments|context)\b`)

// escText is a definition parsed by ESC's own parser. Parsing is the slowest step, so the result is passed on.
type escText struct {
	source   string
	declared *ast.EnvironmentDecl
}

// readESC parses a definition with ESC's parser, and returns the parser's diagnostics.
func readESC(source string) (escText, syntax.Diagnostics, error) {
	declared, diagnostics, err := eval.LoadYAMLBytes("definition", []byte(source))
	return escText{source, declared}, diagnostics, err
}

// deadReferences evaluates a definition without imports, and returns the diagnostics about references that lead
// nowhere, or in a circle. Nobody can open such an environment. A provider is assumed to return whatever is referenced.
// It returns nothing for a definition that only the service can evaluate: with imports, encrypted values, or references
// to other environments.
func (t escText) deadReferences() syntax.Diagnostics {
	if elsewhere.MatchString(t.source) || strings.Contains(t.source, "ciphertext") {
		return nil
	}
	if t.declared == nil || len(t.declared.Imports.GetElements()) > 0 {
		return nil
	}
	exec, err := esc.NewExecContext(map[string]esc.Value{})
	if err != nil {
		return nil
	}
	_, diagnostics := eval.CheckEnvironment(context.Background(), "definition", t.declared, unread{}, unread{}, unread{},
		exec, false, eval.EvalOptions{})
	var dead syntax.Diagnostics
	for _, d := range diagnostics {
		if strings.Contains(d.Path, ".target."+referencesKey+"[") {
			continue // already reported for the text itself
		}
		if strings.HasPrefix(d.Summary, "unknown property ") || strings.HasPrefix(d.Summary, "cyclic reference ") {
			dead = append(dead, d)
		}
	}
	return dead
}

// unread is an environment loader for evaluating one definition on its own. It reads nothing else.
type unread struct{}

var errUnread = errors.New("not read at preview")

// LoadEnvironment always fails.
func (unread) LoadEnvironment(context.Context, string) ([]byte, string, eval.Decrypter, error) {
	return nil, "", nil, errUnread
}

// AuthorizeImport always fails.
func (unread) AuthorizeImport(context.Context, string, string, bool) error { return errUnread }

// Decrypt always fails.
func (unread) Decrypt(context.Context, []byte) ([]byte, error) { return nil, errUnread }

// LoadProvider returns a provider that accepts and returns any value.
func (unread) LoadProvider(context.Context, string) (esc.Provider, error) {
	return unreadProvider{}, nil
}

// LoadRotator returns a rotator that accepts and returns any value.
func (unread) LoadRotator(context.Context, string) (esc.Rotator, error) { return unreadRotator{}, nil }

type unreadProvider struct{}

// Schema accepts any value.
func (unreadProvider) Schema() (inputs, outputs *schema.Schema) {
	return schema.Always(), schema.Always()
}

// Open is never called by a check.
func (unreadProvider) Open(context.Context, map[string]esc.Value, esc.EnvExecContext) (esc.Value, error) {
	return esc.Value{}, errUnread
}

type unreadRotator struct{}

// Schema accepts any value.
func (unreadRotator) Schema() (inputs, state, outputs *schema.Schema) {
	return schema.Always(), schema.Always(), schema.Always()
}

// Open is never called by a check.
func (unreadRotator) Open(_ context.Context, _, _ map[string]esc.Value, _ esc.EnvExecContext) (esc.Value, error) {
	return esc.Value{}, errUnread
}

// Rotate is never called by a check.
func (unreadRotator) Rotate(_ context.Context, _, _ map[string]esc.Value, _ esc.EnvExecContext) (esc.Value, error) {
	return esc.Value{}, errUnread
}
