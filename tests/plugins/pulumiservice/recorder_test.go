package pulumiservice

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

// answer is the recorder's answer to one method and path.
type answer struct {
	status int
	body   string
	header map[string]string
}

// recorder is a server that records every request.
type recorder struct {
	mu       sync.Mutex
	answers  map[string]answer
	requests []string // "METHOD path?query body"
	headers  []http.Header
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	line := req.Method + " " + req.URL.RequestURI()
	r.mu.Lock()
	defer r.mu.Unlock()
	given, ok := r.answers[line]
	if len(body) > 0 {
		line += " " + string(body)
	}
	r.requests = append(r.requests, line)
	r.headers = append(r.headers, req.Header.Clone())
	if !ok {
		given = answer{status: http.StatusNotFound, body: `{"code":404,"message":"Not Found"}`}
	}
	for key, value := range given.header {
		w.Header().Set(key, value)
	}
	if given.status == 0 {
		given.status = http.StatusOK
	}
	w.WriteHeader(given.status)
	_, _ = io.WriteString(w, given.body)
}

// expect compares the requests since the last call with the wanted ones.
func (r *recorder) expect(t *testing.T, wanted ...string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	assert.Equal(t, wanted, r.requests)
	r.requests, r.headers = nil, nil
}

// start returns a recorder and a stand-in that uses it.
func start(t *testing.T, answers map[string]answer) (*recorder, *standintest.Driver) {
	t.Helper()
	r := &recorder{answers: answers}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	// The API is at /api/, whatever the URL's path is.
	driver := standintest.New(t, Plugin(), standintest.Props{
		"apiUrl": server.URL + "/ignored", "accessToken": standintest.Secret("pul-token"),
	})
	require.NotNil(t, driver)
	return r, driver
}
