package pulumicloud

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/hcl/v2"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/syntax"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// diagnostic is an error or warning of the ESC evaluator in the API's format.
type diagnostic struct {
	Range    *esc.Range `json:"range,omitempty"`
	Summary  string     `json:"summary"`
	Path     string     `json:"path,omitempty"`
	Detail   string     `json:"detail,omitempty"`
	Severity string     `json:"severity,omitempty"`
}

// refuse converts diagnostics to the error that clients expect, nil if none of them is an error.
func refuse(diags syntax.Diagnostics) error {
	if !diags.HasErrors() {
		return nil
	}
	f := badRequest("the environment has errors")
	for _, d := range diags {
		sent := diagnostic{Summary: d.Summary, Path: d.Path, Detail: d.Detail, Severity: "error"}
		if d.Severity == hcl.DiagWarning {
			sent.Severity = "warning"
		}
		if at := d.Subject; at != nil {
			sent.Range = &esc.Range{
				Environment: at.Filename,
				Begin:       esc.Pos{Line: at.Start.Line, Column: at.Start.Column, Byte: at.Start.Byte},
				End:         esc.Pos{Line: at.End.Line, Column: at.End.Column, Byte: at.End.Byte},
			}
		}
		f.Diagnostics = append(f.Diagnostics, sent)
	}
	return f
}

// session is an opened environment.
type session struct {
	env     *environment // nil for a definition in the request body
	values  *esc.Environment
	expires time.Time
}

// executionContext contains the values of ${context...}.
func (s *Server) executionContext(organization string, who identity) (*esc.ExecContext, error) {
	text := func(v string) esc.Value { return esc.NewValue(v) }
	org := map[string]esc.Value{"id": text(organization), "login": text(organization)}
	user := map[string]esc.Value{"id": text(who.login()), "login": text(who.login())}
	return esc.NewExecContext(map[string]esc.Value{
		"pulumi": esc.NewValue(map[string]esc.Value{"organization": esc.NewValue(org), "user": esc.NewValue(user)}),
	})
}

// open evaluates a definition and opens its providers.
func (s *Server) open(
	ctx context.Context, org string, who identity, name string, source []byte, decrypter eval.Decrypter,
) (*esc.Environment, error) {
	decl, diags, err := eval.LoadYAMLBytes(name, source)
	if err != nil {
		return nil, badRequest("%v", err)
	}
	if err := refuse(diags); err != nil {
		return nil, err
	}
	execution, err := s.executionContext(org, who)
	if err != nil {
		return nil, err
	}
	loader := s.loader(org, who)
	loader.opens = true
	values, diags := eval.EvalEnvironment(
		ctx, name, decl, decrypter, anyProviders{}, loader, execution, eval.EvalOptions{})
	return orEmpty(values), refuse(diags)
}

// check evaluates a definition without opening anything.
func (s *Server) check(
	ctx context.Context, name string, source []byte, decrypter eval.Decrypter, loader *loader, showSecrets bool,
) (*esc.Environment, error) {
	decl, diags, err := eval.LoadYAMLBytes(name, source)
	if err != nil {
		return nil, badRequest("%v", err)
	}
	if err := refuse(diags); err != nil {
		return nil, err
	}
	execution, err := s.executionContext(loader.org, loader.who)
	if err != nil {
		return nil, err
	}
	values, diags := eval.CheckEnvironment(
		ctx, name, decl, decrypter, anyProviders{}, loader, execution, showSecrets, eval.EvalOptions{})
	return orEmpty(values), refuse(diags)
}

// orEmpty replaces the nil that the evaluator returns for an empty document.
func orEmpty(values *esc.Environment) *esc.Environment {
	if values == nil {
		return &esc.Environment{Properties: map[string]esc.Value{}}
	}
	return values
}

func (s *Server) checkYAML(c *call) (any, error) {
	org, err := s.requireOrg(c)
	if err != nil {
		return nil, err
	}
	return checked(s.check(c.r.Context(), esc.AnonymousEnvironmentName, c.body, nothingEncrypted{}, s.loader(org, c.who),
		c.flag("showSecrets")))
}

// checked is the response to a check. It does not list the functions that the definition calls.
func checked(values *esc.Environment, err error) (any, error) {
	return struct {
		*esc.Environment
		Functions cloudtype.EnvironmentFunctionSummary `json:"environmentFunctionSummary"`
	}{Environment: values}, err
}

func (s *Server) checkEnvironment(c *call) (any, error) {
	rev, env, err := s.revisionOf(c)
	if err != nil {
		return nil, err
	}
	loader := s.loader(env.name.org, c.who)
	return checked(s.check(
		c.r.Context(), env.name.short(), rev.source, s.keys.of(env.id), loader, c.flag("showSecrets")))
}

func (s *Server) openYAML(c *call) (any, error) {
	org, err := s.requireOrg(c)
	if err != nil {
		return nil, err
	}
	if !s.mayOpenDefinitions(c.who) {
		return nil, forbidden("this token lacks the permission environment_yaml:open")
	}
	values, err := s.open(c.r.Context(), org, c.who, esc.AnonymousEnvironmentName, c.body, nothingEncrypted{})
	if err != nil {
		return nil, err
	}
	return s.newSession(c, nil, values)
}

func (s *Server) openEnvironment(c *call) (any, error) {
	rev, env, err := s.revisionOf(c)
	if err != nil {
		return nil, err
	}
	if err := env.requireUngated(gatedOpen); err != nil {
		return nil, err
	}
	values, err := s.open(c.r.Context(), env.name.org, c.who, env.name.short(), rev.source, s.keys.of(env.id))
	if err != nil {
		return nil, err
	}
	return s.newSession(c, env, values)
}

func (s *Server) newSession(c *call, env *environment, values *esc.Environment) (any, error) {
	duration := 2 * time.Hour
	if text := c.r.URL.Query().Get("duration"); text != "" {
		var err error
		if duration, err = time.ParseDuration(text); err != nil || duration <= 0 {
			return nil, badRequest("invalid duration %q", text)
		}
	}
	id := uuid.NewString()
	s.cloud.sessions[id] = &session{env: env, values: values, expires: s.cloud.now.Add(duration)}
	return object{"id": id}, nil
}

// readSession serves GET .../open/{session}, for environments and for definitions in the request body.
func (s *Server) readSession(c *call) (any, error) {
	opened, ok := s.cloud.sessions[c.vars["session"]]
	if ok && opened.env != nil {
		ok = opened.env.name == envName{c.vars["org"], c.vars["project"], c.vars["env"]}
	}
	if !ok || s.cloud.now.After(opened.expires) {
		return nil, notFound("open session '%s' not found or expired", c.vars["session"])
	}
	if text := c.r.URL.Query().Get("property"); text != "" {
		return propertyOf(opened.values, text)
	}
	return opened.values, nil
}

// propertyOf returns one value of an opened environment by its path.
func propertyOf(values *esc.Environment, text string) (any, error) {
	path, err := resource.ParsePropertyPath(text)
	if err != nil {
		return nil, badRequest("invalid property %q: %v", text, err)
	}
	value := esc.NewValue(values.Properties)
	for _, key := range path {
		next, ok := esc.Value{}, false
		switch key := key.(type) {
		case string:
			properties, _ := value.Value.(map[string]esc.Value)
			next, ok = properties[key]
		case int:
			if list, isList := value.Value.([]esc.Value); isList && key < len(list) {
				next, ok = list[key], true
			}
		}
		if !ok {
			return nil, notFound("the environment has no property %q", text)
		}
		value = next
	}
	return value, nil
}

// nothingEncrypted is the decrypter of a definition that is not stored and so contains no ciphertext.
type nothingEncrypted struct{}

// Decrypt rejects everything as ciphertext.
func (nothingEncrypted) Decrypt(context.Context, []byte) ([]byte, error) {
	return nil, eval.ErrInvalidCiphertext
}

// importsOf lists the references that a definition imports.
func importsOf(source []byte) []string {
	if len(bytes.TrimSpace(source)) == 0 {
		return nil
	}
	decl, _, err := eval.LoadYAMLBytes("imports", source)
	if err != nil || decl == nil {
		return nil
	}
	var refs []string
	for _, element := range decl.Imports.GetElements() {
		if element != nil && element.Environment != nil {
			refs = append(refs, element.Environment.Value)
		}
	}
	return refs
}

// headEnvironment answers HEAD like GET, without the body.
func (s *Server) headEnvironment(c *call) (any, error) {
	rev, _, err := s.revisionOf(c)
	if err != nil {
		return nil, err
	}
	s.definition(c, rev, nil)
	return reply{status: http.StatusOK}, nil
}
