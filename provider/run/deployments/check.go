package deployments

import (
	"context"
	"errors"
	"net/http"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
)

// Definition is the text of an ESC environment's definition. It may hold secrets in plain text.
type Definition string

// Checked is what the service says of a definition.
type Checked struct {
	// Refused says that the service takes no such definition.
	Refused bool
	// Diagnostics are what is wrong with it, or may be, where it is not refused.
	Diagnostics []Diagnostic
	// Expressions are what its values are made of, by key. They may hold values, secret ones too.
	Expressions map[string]esc.Expr
}

// Diagnostic is one thing that ESC's evaluator found.
type Diagnostic struct {
	// Range is where, in the definition or in what it imports; nil where that is not known.
	Range *esc.Range `json:"range"`
	// Path is where, such as `values.a["b.c"][0]`; "" where that is not known.
	Path string `json:"path"`
	// Summary says what. It may quote a value.
	Summary string `json:"summary"`
	// Severity is "warning" for what is no error.
	Severity string `json:"severity"`
}

// Check has the service evaluate a definition as the caller, without opening or keeping anything. It asks once: nothing
// depends on the answer, so that nobody should wait for it.
func (c *Client) Check(ctx context.Context, organization string, definition Definition) (Checked, error) {
	return c.check(ctx, request{
		method: http.MethodPost, path: apiPath("esc", "environments", organization, "yaml", "check"), body: definition,
	})
}

// CheckStored is Check for the definition that an environment has now. The error of IsNotFound: there is none.
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
