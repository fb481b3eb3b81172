package pulumicloud

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// received is a request to a receiver.
type received struct {
	header http.Header
	body   []byte
}

// receiver starts a real HTTP server that hooks can call.
func receiver(t *testing.T, status int) (string, chan received) {
	t.Helper()
	requests := make(chan received, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		requests <- received{header: r.Header, body: body}
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	return server.URL, requests
}

func next(t *testing.T, requests chan received) received {
	t.Helper()
	select {
	case got := <-requests:
		return got
	case <-time.After(10 * time.Second):
		t.Fatal("no delivery within 10 s")
		return received{}
	}
}

func TestRawDeliveryIsSigned(t *testing.T) {
	c := startCloud(t, Options{})
	url, requests := receiver(t, 200)
	c.newEnv("e", "")
	base := envsURL + "/p/e/hooks"
	c.ok("POST", base, hookBody(map[string]any{"name": "raw", "format": formatRaw, "payloadUrl": url}))
	c.ok("PATCH", envsURL+"/p/e", "values: {a: 1}")

	got := next(t, requests)
	require.Equal(t, "environment_revision", got.header.Get("Pulumi-Webhook-Kind"))
	require.NotEmpty(t, got.header.Get("Pulumi-Webhook-ID"))
	mac := hmac.New(sha256.New, []byte("hush"))
	mac.Write(got.body)
	require.Equal(t, hex.EncodeToString(mac.Sum(nil)), got.header.Get("Pulumi-Webhook-Signature"))
	var payload map[string]any
	require.NoError(t, json.Unmarshal(got.body, &payload))
	require.Equal(t, "created", payload["action"])
	require.Equal(t, 2.0, payload["revision"])
	require.Equal(t, "p", payload["projectName"])
	require.Equal(t, "e", payload["environmentName"])

	require.Eventually(t, func() bool { return c.list(base + "/raw/deliveries")[0]["responseCode"] == 200.0 },
		10*time.Second, 10*time.Millisecond)
}

func TestPingAnswersWithTheResult(t *testing.T) {
	c := startCloud(t, Options{})
	url, requests := receiver(t, 503)
	c.newStack()
	base := stackURL + "/hooks"
	for _, format := range []string{formatRaw, formatTeams} {
		c.ok("POST", base, map[string]any{
			"organizationName": "acme", "displayName": "d", "name": format, "format": format, "payloadUrl": url,
			"active": false,
		})
		require.Equal(t, 503.0, c.ok("POST", base+"/"+format+"/ping", nil)["responseCode"])
		got := next(t, requests)
		require.Equal(t, "ping", got.header.Get("Pulumi-Webhook-Kind"))
		require.Empty(t, got.header.Get("Pulumi-Webhook-Signature"), "there is no secret")
		var body map[string]any
		require.NoError(t, json.Unmarshal(got.body, &body))
		require.Contains(t, body, map[string]string{formatRaw: "message", formatTeams: "attachments"}[format])
	}
	slack := hook{format: formatSlack}
	require.Contains(t, slack.render(event{kind: "ping", payload: object{}}), "text", "no receiver of Slack is here")
	c.refused(404, "POST", base+"/none/ping", nil)
}

func TestNothingLeavesThisMachine(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.ok("POST", stackURL+"/hooks", map[string]any{
		"organizationName": "acme", "displayName": "d", "name": "far", "payloadUrl": "http://192.0.2.1/x", "active": true,
	})
	ping := c.ok("POST", stackURL+"/hooks/far/ping", nil)
	require.Zero(t, ping["responseCode"])
	require.Contains(t, ping["responseBody"], "only delivers to this machine")
}

func TestDeploymentHookWithoutSettingsFails(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "")
	base := envsURL + "/p/e/hooks"
	c.ok("POST", base, hookBody(map[string]any{"name": "deploy"}))
	code := func() any { return c.list(base + "/deploy/deliveries")[0]["responseCode"] }
	c.ok("PATCH", envsURL+"/p/e", "values: {a: 1}")
	require.Equal(t, 404.0, code(), "no such stack")
	c.newStack()
	c.ok("PATCH", envsURL+"/p/e", "values: {a: 2}")
	require.Equal(t, 400.0, code(), "no settings")
	require.Empty(t, c.Deployments("acme/proj/dev"))
}
