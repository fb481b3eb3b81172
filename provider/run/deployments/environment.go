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

// String returns organization/project/name, the form that the CLI accepts.
func (e Environment) String() string {
	return e.Organization + "/" + e.Project + "/" + e.Name
}

// path returns the API path of the environment, or of a resource below it.
func (e Environment) path(parts ...string) string {
	return apiPath(append([]string{"esc", "environments", e.Organization, e.Project, e.Name}, parts...)...)
}

// Gates are the approvals that an environment requires.
type Gates struct {
	// Update and Open report whether updating or opening it requires one.
	Update, Open bool
	// ChangeRequest is the ID of the change request that awaits approval, "" if there is none.
	ChangeRequest string
}

// Gates reads which approvals an environment requires. It does not retry, because a preview waits for it.
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

// Stored reads the current definition of an environment, with its secrets in plain text, and its revision.
func (c *Client) Stored(ctx context.Context, environment Environment) (Definition, int, error) {
	var found stored
	if err := c.get(ctx, environment.path("decrypt"), "", &found); err != nil {
		return "", 0, fmt.Errorf("reading the definition of environment %s: %w", environment, err)
	}
	return found.definition, found.revision, nil
}

// stored is a response with a definition. It is YAML, with the revision in a header.
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

// Propose submits a definition for approval and returns the ID of the change request. If it returns an ID and an error,
// the draft was created but not submitted: nobody can approve it, and it blocks other drafts. The error quotes neither
// the definition nor a response, because a response may quote the definition.
func (c *Client) Propose(
	ctx context.Context, environment Environment, definition Definition, description string,
) (string, error) {
	var draft struct {
		ChangeRequestID string `json:"changeRequestId"`
	}
	// Do not retry if the service may have accepted it. The next attempt finds the draft and names it.
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

// withoutAnswer removes the service's message from the error. If the service rejected the input, invalid replaces it.
func withoutAnswer(err error, invalid string) error {
	if f, ok := errors.AsType[*Failure](err); ok {
		f.Message = ""
		if f.Status == http.StatusBadRequest || f.Status == http.StatusUnprocessableEntity {
			f.Message = invalid
		}
	}
	return err
}
