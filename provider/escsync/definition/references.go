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

// elsewhere finds references to what only the service knows: other environments, and who opens this one. It alone can
// decrypt, too.
var elsewhere = regexp.MustCompile(`\$\{\s*(\[\s*")?(environments|context)\b`)

// escText is a definition as ESC's own parser has read it, which takes longer than all else that is done with it.
type escText struct {
	source   string
	declared *ast.EnvironmentDecl
}

// readESC lets ESC's parser read a definition, and returns what it says of it as well.
func readESC(source string) (escText, syntax.Diagnostics, error) {
	declared, diagnostics, err := eval.LoadYAMLBytes("definition", []byte(source))
	return escText{source, declared}, diagnostics, err
}

// deadReferences evaluates a definition that imports nothing, and returns what ESC says of references that lead
// nowhere, or in a circle: nobody can open such an environment. What its providers would give is taken to have
// whatever is asked of it.
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
			continue // it is told of the text itself
		}
		if strings.HasPrefix(d.Summary, "unknown property ") || strings.HasPrefix(d.Summary, "cyclic reference ") {
			dead = append(dead, d)
		}
	}
	return dead
}

// unread is what surrounds a definition when nothing but the definition may be read.
type unread struct{}

var errUnread = errors.New("not read at preview")

// LoadEnvironment refuses to load another environment.
func (unread) LoadEnvironment(context.Context, string) ([]byte, string, eval.Decrypter, error) {
	return nil, "", nil, errUnread
}

// AuthorizeImport refuses an import.
func (unread) AuthorizeImport(context.Context, string, string, bool) error { return errUnread }

// Decrypt refuses to decrypt.
func (unread) Decrypt(context.Context, []byte) ([]byte, error) { return nil, errUnread }

// LoadProvider returns a provider that takes and gives anything.
func (unread) LoadProvider(context.Context, string) (esc.Provider, error) {
	return unreadProvider{}, nil
}

// LoadRotator returns a rotator that takes and gives anything.
func (unread) LoadRotator(context.Context, string) (esc.Rotator, error) { return unreadRotator{}, nil }

type unreadProvider struct{}

// Schema is that of anything.
func (unreadProvider) Schema() (inputs, outputs *schema.Schema) {
	return schema.Always(), schema.Always()
}

// Open is never called by a check.
func (unreadProvider) Open(context.Context, map[string]esc.Value, esc.EnvExecContext) (esc.Value, error) {
	return esc.Value{}, errUnread
}

type unreadRotator struct{}

// Schema is that of anything.
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
