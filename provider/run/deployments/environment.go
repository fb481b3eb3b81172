package deployments

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// Environment names an ESC environment.
type Environment struct{ Organization, Project, Name string }

// String is organization/project/name, as the CLI takes it.
func (e Environment) String() string {
	return e.Organization + "/" + e.Project + "/" + e.Name
}

// path is the address of something of the environment.
func (e Environment) path(parts ...string) string {
	return apiPath(append([]string{"esc", "environments", e.Organization, e.Project, e.Name}, parts...)...)
}

// Gates are the approvals that an environment asks for.
type Gates struct {
	// Update and Open say for what.
	Update, Open bool
	// ChangeRequest is the id of the change that waits for one; "" if there is none.
	ChangeRequest string
}

// Gates reads which approvals an environment asks for. It asks the service once: a preview waits for it.
func (c *Client) Gates(ctx context.Context, environment Environment) (Gates, error) {
	var found struct {
		GatedActions        []string `json:"gatedActions"`
		OpenRequestNeeded   bool     `json:"openRequestNeeded"`
		ActiveChangeRequest *struct {
			ChangeRequestID string `json:"changeRequestId"`
		} `json:"activeChangeRequest"`
	}
	err := c.once(ctx, request{method: http.MethodGet, path: environment.path("metadata")}, &found)
	if err != nil {
		return Gates{}, fmt.Errorf("reading which approvals environment %s requires: %w", environment, err)
	}
	gates := Gates{
		Update: slices.Contains(found.GatedActions, "update"),
		Open:   found.OpenRequestNeeded || slices.Contains(found.GatedActions, "open"),
	}
	if found.ActiveChangeRequest != nil {
		gates.ChangeRequest = found.ActiveChangeRequest.ChangeRequestID
	}
	return gates, nil
}

// Stored reads the definition that an environment has now, with its secrets in plain text, and its revision.
func (c *Client) Stored(ctx context.Context, environment Environment) (Definition, int, error) {
	var found stored
	if err := c.get(ctx, environment.path("decrypt"), "", &found); err != nil {
		return "", 0, fmt.Errorf("reading the definition of environment %s: %w", environment, err)
	}
	return found.definition, found.revision, nil
}

// stored is the answer that has a definition: it is no JSON.
type stored struct {
	definition Definition
	revision   int
}

func (s *stored) read(response *http.Response, body []byte) error {
	revision, err := strconv.Atoi(response.Header.Get("Pulumi-ESC-Revision"))
	if err != nil {
		return errors.New("the response has no revision")
	}
	s.definition, s.revision = Definition(body), revision
	return nil
}

// Propose submits a definition as a change that waits for approval, and returns the id of the change request. With an
// error, an id is that of a draft which was made and not submitted: nobody can approve it, and it keeps others from
// being made. The error holds nothing of the definition, nor of an answer, which may quote it.
func (c *Client) Propose(
	ctx context.Context, environment Environment, definition Definition, description string,
) (string, error) {
	var draft struct {
		ChangeRequestID string `json:"changeRequestId"`
	}
	// Never sent again when it may have been taken: the next attempt finds the draft, and names it.
	err := c.repeat(ctx, func() error {
		return c.once(ctx, request{method: http.MethodPost, path: environment.path("drafts"), body: definition}, &draft)
	}, wasDeclined)
	if err != nil {
		err = withoutAnswer(err, "the definition has errors")
		return "", fmt.Errorf("creating a draft of environment %s: %w", environment, err)
	}
	if draft.ChangeRequestID == "" {
		return "", fmt.Errorf("creating a draft of environment %s: the answer names no change request", environment)
	}
	err = c.repeat(ctx, func() error {
		return c.once(ctx, request{
			method: http.MethodPost, path: apiPath("change-requests", environment.Organization, draft.ChangeRequestID, "submit"),
			body: map[string]string{"description": description},
		}, nil)
	}, IsTransient)
	if err != nil {
		return draft.ChangeRequestID, fmt.Errorf("submitting change request %s: %w", draft.ChangeRequestID,
			withoutAnswer(err, ""))
	}
	return draft.ChangeRequestID, nil
}

// withoutAnswer drops what the service says. Instead invalid is said where it does not take what was sent.
func withoutAnswer(err error, invalid string) error {
	if f, ok := errors.AsType[*Failure](err); ok {
		f.Message = ""
		if f.Status == http.StatusBadRequest || f.Status == http.StatusUnprocessableEntity {
			f.Message = invalid
		}
	}
	return err
}
