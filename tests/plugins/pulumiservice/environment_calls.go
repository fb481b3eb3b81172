package pulumiservice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// revisionHeader is the header with the revision of a definition.
const revisionHeader = "Pulumi-ESC-Revision"

// environmentID names an ESC environment.
type environmentID struct {
	organization, project, name string
}

func (e environmentID) path(rest ...string) []string {
	return append([]string{"esc", "environments", e.organization, e.project, e.name}, rest...)
}

// checkDefinition lets ESC check a definition without storing it.
func (c *client) checkDefinition(ctx context.Context, organization, yaml string) ([]diagnostic, error) {
	_, _, err := c.do(ctx, call{
		method: http.MethodPost, path: []string{"esc", "environments", organization, "yaml", "check"},
		query: url.Values{"showSecrets": {"false"}}, raw: []byte(yaml), esc: true,
	}, nil)
	return splitDiagnostics(err)
}

// createEnvironment creates an empty environment. A name that exists is refused with 409.
func (c *client) createEnvironment(ctx context.Context, id environmentID) error {
	body := struct {
		Project string `json:"project"`
		Name    string `json:"name"`
	}{id.project, id.name}
	_, _, err := c.do(ctx, call{
		method: http.MethodPost, path: []string{"esc", "environments", id.organization}, json: body, esc: true,
	}, nil)
	return err
}

// updateEnvironment stores a definition and returns its revision. As in ESC's client, an answer with the key
// "diagnostics" counts as a finding, even if the list is empty.
func (c *client) updateEnvironment(ctx context.Context, id environmentID, yaml string) ([]diagnostic, int, error) {
	header, body, err := c.do(ctx, call{
		method: http.MethodPatch, path: id.path(), raw: []byte(yaml), esc: true,
	}, nil)
	if err != nil {
		diagnostics, err := splitDiagnostics(err)
		return diagnostics, 0, err
	}
	var answer struct {
		Diagnostics []diagnostic `json:"diagnostics"`
	}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &answer); err != nil {
			return nil, 0, fmt.Errorf("reading ESC's answer: %w", err)
		}
	}
	revision, err := revisionOf(header)
	return answer.Diagnostics, revision, err
}

// readEnvironment returns the definition as ESC stores it, with secrets as ciphertext, and its revision.
func (c *client) readEnvironment(ctx context.Context, id environmentID) (string, int, error) {
	header, body, err := c.do(ctx, call{method: http.MethodGet, path: id.path(), esc: true}, nil)
	if err != nil {
		return "", 0, err
	}
	revision, err := revisionOf(header)
	return string(body), revision, err
}

func (c *client) deleteEnvironment(ctx context.Context, id environmentID) error {
	_, _, err := c.do(ctx, call{method: http.MethodDelete, path: id.path(), esc: true}, nil)
	return err
}

// environmentUUID returns "" if the service does not return one.
func (c *client) environmentUUID(ctx context.Context, id environmentID) (string, error) {
	var metadata struct {
		ID string `json:"id"`
	}
	_, _, err := c.do(ctx, call{method: http.MethodGet, path: id.path("metadata")}, &metadata)
	if isNotFound(err) {
		return "", nil
	}
	return metadata.ID, err
}

func revisionOf(header http.Header) (int, error) {
	revision, err := strconv.Atoi(header.Get(revisionHeader))
	if err != nil {
		return 0, fmt.Errorf("reading the header %s: %w", revisionHeader, err)
	}
	return revision, nil
}

// splitDiagnostics separates ESC's findings from other errors.
func splitDiagnostics(err error) ([]diagnostic, error) {
	var refused *apiError
	if errors.As(err, &refused) && refused.Code == http.StatusBadRequest && refused.Diagnostics != nil {
		return refused.Diagnostics, nil
	}
	return nil, err
}
