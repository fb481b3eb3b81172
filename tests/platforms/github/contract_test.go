package github

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/google/go-github/v74/github"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// contract checks each request and response against GitHub's OpenAPI description.
type contract struct {
	router routers.Router

	mu         sync.Mutex
	problems   []string
	operations map[string]bool
}

func loadContract(t *testing.T) *contract {
	t.Helper()
	description, err := openapi3.NewLoader().LoadFromFile("testdata/github.openapi.json")
	require.NoError(t, err)
	router, err := legacy.NewRouter(description)
	require.NoError(t, err)
	return &contract{router: router, operations: map[string]bool{}}
}

// byID matches the older address of environments, which the official client uses and GitHub's description no longer
// has.
var byID = regexp.MustCompile(`^/repositories/1/environments/`)

func (c *contract) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		recorder := httptest.NewRecorder()
		next.ServeHTTP(recorder, r)
		r.Body = io.NopCloser(bytes.NewReader(body))
		c.validate(r, recorder.Code, recorder.Header(), recorder.Body.Bytes())
		maps.Copy(w.Header(), recorder.Header())
		w.WriteHeader(recorder.Code)
		_, _ = w.Write(recorder.Body.Bytes())
	})
}

func (c *contract) validate(r *http.Request, status int, header http.Header, body []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	request := r.Clone(context.WithoutCancel(r.Context()))
	request.URL.Path = byID.ReplaceAllString(request.URL.Path, "/repos/acme/app/environments/")
	name := r.Method + " " + request.URL.Path
	route, values, err := c.router.FindRoute(request)
	if err != nil {
		c.problems = append(c.problems, name+": "+err.Error())
		return
	}
	c.operations[route.Method+" "+route.Path] = true
	input := &openapi3filter.RequestValidationInput{Request: request, PathParams: values, Route: route}
	if err := openapi3filter.ValidateRequest(request.Context(), input); err != nil {
		c.problems = append(c.problems, name+": request: "+err.Error())
	}
	if err := openapi3filter.ValidateResponse(request.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: status, Header: header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}); err != nil {
		c.problems = append(c.problems, name+": response: "+err.Error())
	}
}

func TestTheTrafficOfTheOfficialClientIsWhatGitHubDescribes(t *testing.T) {
	t.Parallel()
	c := loadContract(t)
	s, client := start(t, Options{Middleware: c.middleware})
	for _, scope := range scopes(s, client) {
		t.Run(scope.identity, func(t *testing.T) {
			scope.write(t, "DB_PASSWORD", "first")
			scope.write(t, "DB_PASSWORD", "second")
			scope.get(t, "DB_PASSWORD")
			scope.list(t, &github.ListOptions{PerPage: 50, Page: 1})
			if scope.selected != nil {
				scope.selected(t, "SELECTED")
			}
			scope.remove(t, "DB_PASSWORD")
		})
	}
	assert.Empty(t, c.problems)
	assert.Len(t, c.operations, 7*5+3*4, "operations: 7 places with 5 each, and 4 on the selection of 3 organizations'")
}

func TestTheContractRefusesWhatGitHubWould(t *testing.T) {
	t.Parallel()
	c := loadContract(t)
	s, _ := start(t, Options{Middleware: c.middleware})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut,
		s.URL()+"repos/acme/app/actions/secrets/A", strings.NewReader(`{"encrypted_value": "no base64!", "key_id": "1"}`))
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+Token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.NotEmpty(t, c.problems)
	assert.Contains(t, c.problems[0], "encrypted_value")
}
