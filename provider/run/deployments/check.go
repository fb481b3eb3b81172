package deployments

import (
	"context"
	"errors"
	"net/http"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
)

// Definition is the YAML definition of an ESC environment. It may contain secrets in plain text.
type Definition string

// Checked is the result of evaluating a definition.
type Checked struct {
	// Refused reports that the service rejects the definition.
	Refused bool
	// Diagnostics are the errors of a refused definition. For any other they may be errors or warnings.
	Diagnostics []Diagnostic
	// Expressions are the evaluated expressions, by key. They may contain values, even secret ones.
	Expressions map[string]esc.Expr
}

// Diagnostic is a finding of ESC's evaluator.
type Diagnostic struct {
	// Range is the position in the definition or in an import, nil if unknown.
	Range *esc.Range `json:"range"`
	// Path is the property path, such as `values.a["b.c"][0]`, or "" if unknown.
	Path string `json:"path"`
	// Summary is the message. It may quote a value.
	Summary string `json:"summary"`
	// Severity is "warning" unless the finding is an error.
	Severity string `json:"severity"`
}

// Check makes the service evaluate a definition with the rights of the caller. It neither opens nor stores anything. It
// does not retry: a check is optional, so nobody should wait for it.
func (c *Client) Check(ctx context.Context, organization string, definition Definition) (Checked, error) {
	return c.check(ctx, request{
		method: http.MethodPost, path: apiPath("esc", "environments", organization, "yaml", "check"), body: definition,
	})
}

// CheckStored does the same for the stored definition of an environment. The error satisfies IsNotFound if the
// environment does not exist.
func (c *Client) CheckStored(ctx context.Context, environment Environment) (Checked, error) {
	return c.check(ctx, request{method: http.MethodPost, path: environment.path("check")})
}

func (c *Client) check(ctx context.Context, r request) (Checked, error) {
	r.query = "showSecrets=false"
	var answer struct {
		Exprs       map[string]esc.Expr `json:"exprs"`
		Diagnostics []Diagnostic        `json:"diagnostics"`
	}
	err := c.once(ctx, r, &answer)
	var failure *Failure
	if errors.As(err, &failure) && failure.Status == http.StatusBadRequest && len(failure.diagnostics) > 0 {
		return Checked{Refused: true, Diagnostics: failure.diagnostics}, nil
	}
	if err != nil {
		return Checked{}, err
	}
	return Checked{Diagnostics: answer.Diagnostics, Expressions: answer.Exprs}, nil
}
