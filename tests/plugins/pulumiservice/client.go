package pulumiservice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// client sends requests like the published provider, in two dialects: one for Pulumi ESC and one for the rest.
type client struct {
	base  url.URL
	token string
	http  http.Client
}

// newClient returns a client for the API's URL. Like the published provider it replaces the URL's path by /api/, so an
// API below another path cannot be reached.
func newClient(apiURL, token string) (*client, error) {
	base, err := url.Parse(apiURL)
	if err != nil {
		return nil, fmt.Errorf("parsing apiUrl: %w", err)
	}
	return &client{
		base:  url.URL{Scheme: base.Scheme, Host: base.Host, Path: "/api/"},
		token: token,
		http:  http.Client{Timeout: time.Minute},
	}, nil
}

// call is one request. The zero dialect is that of index resources.
type call struct {
	method string
	path   []string
	query  url.Values
	json   any    // sent as JSON unless nil
	raw    []byte // sent as it is, for ESC definitions
	esc    bool   // the dialect of Pulumi ESC's client
}

// apiError is the API's answer to a refused request.
type apiError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	// Diagnostics are ESC's findings in a definition.
	Diagnostics []diagnostic `json:"diagnostics"`
}

// diagnostic is one finding in a definition.
type diagnostic struct {
	Summary string `json:"summary"`
	Path    string `json:"path"`
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%d API error: %s", e.Code, e.Message)
}

func isNotFound(err error) bool {
	var refused *apiError
	return errors.As(err, &refused) && refused.Code == http.StatusNotFound
}

// render returns the request, with body and headers.
func (c *client) render(ctx context.Context, call call) (*http.Request, error) {
	var body io.Reader
	switch {
	case call.raw != nil:
		body = bytes.NewReader(call.raw)
	case call.json != nil:
		text, err := json.Marshal(call.json)
		if err != nil {
			return nil, fmt.Errorf("writing the request: %w", err)
		}
		body = bytes.NewReader(text)
	}
	target := c.base.ResolveReference(&url.URL{Path: strings.Join(call.path, "/"), RawQuery: call.query.Encode()})
	req, err := http.NewRequestWithContext(ctx, call.method, target.String(), body)
	if err != nil {
		return nil, fmt.Errorf("building the request: %w", err)
	}
	req.Header.Set("Authorization", "token "+c.token)
	// ESC's client labels YAML bodies as JSON too.
	req.Header.Set("Content-Type", "application/json")
	if call.esc {
		req.Header.Set("Accept", "application/vnd.pulumi+8")
		return req, nil
	}
	req.Header.Set("Accept", "application/vnd.pulumi+9")
	req.Header.Set("X-Pulumi-Source", "provider")
	return req, nil
}

// do sends a call, and decodes a JSON answer into result unless that is nil. It returns the answer's headers and body.
func (c *client) do(ctx context.Context, call call, result any) (http.Header, []byte, error) {
	req, err := c.render(ctx, call)
	if err != nil {
		return nil, nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, nil, fmt.Errorf("calling Pulumi Cloud: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, nil, fmt.Errorf("reading Pulumi Cloud's answer: %w", err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return resp.Header, body, refusal(resp.StatusCode, body)
	}
	if result != nil && len(body) > 0 {
		if err := json.Unmarshal(body, result); err != nil {
			return resp.Header, body, fmt.Errorf("reading Pulumi Cloud's answer: %w", err)
		}
	}
	return resp.Header, body, nil
}

// refusal reads an error's body. The code in the body overrides the status.
func refusal(status int, body []byte) error {
	refused := &apiError{}
	if err := json.Unmarshal(body, refused); err != nil {
		refused = &apiError{Message: strings.TrimSpace(string(body))}
	}
	if refused.Code == 0 {
		refused.Code = status
	}
	return refused
}
