package traffic

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAProxyPassesRequestsOnAndCountsWrites(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, r.Method+" "+r.URL.String()+" "+r.Header.Get("X-Token")+" "+string(body))
	}))
	t.Cleanup(server.Close)
	target, err := url.Parse(server.URL)
	require.NoError(t, err)
	var counter Counter
	proxy := httptest.NewServer(counter.Proxy(target, http.DefaultTransport))
	t.Cleanup(proxy.Close)

	for _, method := range []string{"GET", "LIST", "PUT", "DELETE", "PATCH"} {
		request, err := http.NewRequestWithContext(t.Context(), method, proxy.URL+"/a%2Fb?c=d", strings.NewReader("body"))
		require.NoError(t, err)
		request.Header.Set("X-Token", "token")
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		answer, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, method+" /a%2Fb?c=d token body", string(answer))
	}
	assert.Equal(t, 3, counter.Writes())
}

func TestWritesAreRefusedWhileRestricted(t *testing.T) {
	t.Parallel()
	counter := Counter{Refuse: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }}
	handler := counter.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	status := func(method string) int {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(method, "/", nil))
		return answer.Code
	}
	assert.Equal(t, http.StatusOK, status(http.MethodPut))
	counter.Restrict(true)
	assert.Equal(t, http.StatusForbidden, status(http.MethodPut))
	assert.Equal(t, http.StatusOK, status(http.MethodGet))
	counter.Restrict(false)
	assert.Equal(t, http.StatusOK, status(http.MethodPut))
	assert.Equal(t, 3, counter.Writes(), "a refused write counts")
}

func TestWhatCountsCanBeChosen(t *testing.T) {
	t.Parallel()
	counter := Counter{IsWrite: func(r *http.Request) bool { return r.URL.Path == "/counted" }}
	handler := counter.Wrap(http.NotFoundHandler())
	for _, path := range []string{"/counted", "/other", "/counted"} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	assert.Equal(t, 2, counter.Writes())
}
