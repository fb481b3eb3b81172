package pulumicloud

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// start is the initial time in tests. It is not a full hour, so that schedules have something to do.
var start = time.Date(2030, 1, 1, 11, 59, 0, 0, time.UTC)

// cloudUnderTest is a server with a client that reads every response.
type cloudUnderTest struct {
	*Server
	t     *testing.T
	token string
}

func startCloud(t *testing.T, opts Options) *cloudUnderTest {
	t.Helper()
	if opts.Now.IsZero() {
		opts.Now = start
	}
	server, err := Start(opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	return &cloudUnderTest{Server: server, t: t, token: server.AccessToken()}
}

// as returns the same cloud with another token.
func (c *cloudUnderTest) as(token string) *cloudUnderTest {
	return &cloudUnderTest{Server: c.Server, t: c.t, token: token}
}

// answer is a response.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request. It sends a string or []byte body unchanged, and any other as JSON.
func (c *cloudUnderTest) do(method, path string, body any) answer {
	c.t.Helper()
	return c.send(method, path, body, http.Header{"Authorization": {"token " + c.token}})
}

func (c *cloudUnderTest) send(method, path string, body any, header http.Header) answer {
	c.t.Helper()
	var raw []byte
	switch body := body.(type) {
	case nil:
	case string:
		raw = []byte(body)
	case []byte:
		raw = body
	default:
		var err error
		raw, err = json.Marshal(body)
		require.NoError(c.t, err)
	}
	request, err := http.NewRequest(method, c.URL()+path, bytes.NewReader(raw))
	require.NoError(c.t, err)
	request.Header = header
	response, err := http.DefaultClient.Do(request)
	require.NoError(c.t, err)
	defer func() { _ = response.Body.Close() }()
	received, err := io.ReadAll(response.Body)
	require.NoError(c.t, err)
	return answer{status: response.StatusCode, header: response.Header, body: received}
}

// ok sends a request that must succeed and returns the response if it is an object.
func (c *cloudUnderTest) ok(method, path string, body any) map[string]any {
	c.t.Helper()
	got := c.do(method, path, body)
	require.Less(c.t, got.status, 300, "%s %s: %s", method, path, got.body)
	var decoded map[string]any
	_ = json.Unmarshal(got.body, &decoded)
	return decoded
}

// list sends a GET whose response must be an array.
func (c *cloudUnderTest) list(path string) []map[string]any {
	c.t.Helper()
	got := c.do("GET", path, nil)
	require.Equal(c.t, http.StatusOK, got.status, "%s", got.body)
	var decoded []map[string]any
	require.NoError(c.t, json.Unmarshal(got.body, &decoded))
	return decoded
}

// refused sends a request that must fail with the code, in the status and the body, and returns the message.
func (c *cloudUnderTest) refused(code int, method, path string, body any) string {
	c.t.Helper()
	got := c.do(method, path, body)
	require.Equal(c.t, code, got.status, "%s %s: %s", method, path, got.body)
	var f failure
	require.NoError(c.t, json.Unmarshal(got.body, &f), "%s", got.body)
	require.Equal(c.t, code, f.Code)
	require.True(c.t, strings.HasPrefix(f.Message, http.StatusText(code)+": "), f.Message)
	return f.Message
}

const (
	orgURL   = "/api/orgs/acme"
	stackURL = "/api/stacks/acme/proj/dev"
	envsURL  = "/api/esc/environments/acme"
)

// newStack creates acme/proj/dev.
func (c *cloudUnderTest) newStack() {
	c.t.Helper()
	c.ok("POST", "/api/stacks/acme/proj", map[string]any{"stackName": "dev"})
}

// newEnv creates an environment in project p, with a definition unless that is "".
func (c *cloudUnderTest) newEnv(name, definition string) {
	c.t.Helper()
	c.ok("POST", envsURL, map[string]any{"project": "p", "name": name})
	if definition != "" {
		c.ok("PATCH", envsURL+"/p/"+name, definition)
	}
}

// open opens an environment and returns its properties without their traces.
func (c *cloudUnderTest) open(path string) map[string]any {
	c.t.Helper()
	id := c.ok("POST", envsURL+"/"+path+"/open?duration=1h", nil)["id"].(string)
	base, _, _ := strings.Cut(path, "/versions/")
	opened := c.ok("GET", envsURL+"/"+base+"/open/"+id, nil)
	return plain(opened["properties"]).(map[string]any)
}

// plain returns the plain values of an esc.Value.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if inner, ok := v["value"]; ok && (v["trace"] != nil || v["secret"] != nil) {
			return plain(inner)
		}
		out := map[string]any{}
		for key, value := range v {
			out[key] = plain(value)
		}
		return out
	default:
		return v
	}
}
