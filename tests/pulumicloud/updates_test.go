package pulumicloud

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// begin creates and starts an update. It returns its path, lease and version.
func (c *cloudUnderTest) begin(kind string, dryRun bool) (path, lease string, version float64) {
	c.t.Helper()
	id := c.ok("POST", stackURL+"/"+kind, map[string]any{"options": map[string]any{"dryRun": dryRun}})["updateID"].(string)
	path = stackURL + "/update/" + id
	started := c.ok("POST", path, map[string]any{"tags": map[string]string{"t": "1"}})
	require.NotContains(c.t, started, "journalVersion", "who asks for none sends checkpoints")
	return path, started["token"].(string), started["version"].(float64)
}

func (c *cloudUnderTest) leased(lease, method, path string, body any) answer {
	c.t.Helper()
	return c.send(method, path, body, http.Header{"Authorization": {"update-token " + lease}})
}

func TestUpdateProtocol(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()

	dry, lease, version := c.begin("update", true)
	require.Zero(t, version, "a dry run makes no version")
	require.Equal(t, 400, c.leased(lease, "PATCH", dry+"/checkpoint", `{"version":3,"deployment":{}}`).status)
	require.Equal(t, 204, c.leased(lease, "POST", dry+"/complete", `{"status":"succeeded"}`).status)
	c.refused(404, "GET", stackURL+"/updates/latest", nil)

	path, lease, version := c.begin("update", false)
	require.Equal(t, 1.0, version)
	require.Equal(t, map[string]any{"t": "1"}, c.ok("GET", stackURL, nil)["tags"])
	require.True(t, strings.HasSuffix(path, c.ok("GET", stackURL, nil)["activeUpdate"].(string)))

	// The lock refuses a second update and an import, but not a dry run.
	other := c.ok("POST", stackURL+"/destroy", nil)["updateID"].(string)
	require.Contains(t, c.refused(409, "POST", stackURL+"/update/"+other, map[string]any{}), "in progress")
	c.refused(409, "POST", stackURL+"/import", `{"version":3}`)
	c.begin("preview", false)

	require.Equal(t, 403, c.leased("wrong", "PATCH", path+"/checkpoint", `{}`).status)
	c.refused(403, "PATCH", path+"/checkpoint", `{}`)
	for _, resources := range []string{`[]`, `[{"urn":"a"}]`} {
		checkpoint := `{"version":3,"deployment":{"resources":` + resources + `}}`
		require.Equal(t, 204, c.leased(lease, "PATCH", path+"/checkpoint", checkpoint).status)
	}
	require.Equal(t, 204, c.leased(lease, "PATCH", path+"/checkpoint", `{"isInvalid":true,"version":3}`).status)
	renewed := c.leased(lease, "POST", path+"/renew_lease", `{"token":"","duration":300}`)
	require.Equal(t, 200, renewed.status)
	require.Equal(t, 204, c.leased(lease, "POST", path+"/complete", `{"status":"succeeded"}`).status)
	require.NotEqual(t, 204, c.leased(lease, "POST", path+"/complete", `{"status":"succeeded"}`).status)

	require.JSONEq(t, `{"version":3,"deployment":{"resources":[{"urn":"a"}]}}`, string(c.StackState("acme/proj/dev")))
	idle := c.ok("GET", stackURL, nil)
	require.True(t, strings.HasSuffix(path, idle["activeUpdate"].(string)), "the newest, though it is over")
	require.NotContains(t, idle, "currentOperation")
	require.Equal(t, "succeeded", c.ok("GET", path, nil)["status"])
}

func TestUpdateEvents(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	path, lease, _ := c.begin("update", false)
	batch := `{"events":[{"sequence":0,"futureEvent":{"kept":true}},
		{"sequence":1,"summaryEvent":{"resourceChanges":{"create":2}}}]}`
	require.Equal(t, 204, c.leased(lease, "POST", path+"/events/batch", batch).status)

	got := c.ok("GET", path+"/events", nil)
	require.Len(t, got["events"], 2)
	require.Equal(t, map[string]any{"kept": true}, got["events"].([]any)[0].(map[string]any)["futureEvent"])
	require.Equal(t, "2", got["continuationToken"])
	got = c.ok("GET", path+"/events?continuationToken=2", nil)
	require.Empty(t, got["events"])

	c.leased(lease, "POST", path+"/complete", `{"status":"failed"}`)
	got = c.ok("GET", path+"/events?continuationToken=1", nil)
	require.Len(t, got["events"], 1)
	require.Nil(t, got["continuationToken"])
	info := c.ok("GET", stackURL+"/updates/latest", nil)["info"].(map[string]any)
	require.Equal(t, "failed", info["result"])
	require.Equal(t, map[string]any{"create": 2.0}, info["resourceChanges"])
}

func TestCancelledUpdateLosesItsLease(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	path, lease, _ := c.begin("update", false)
	c.ok("POST", path+"/cancel", nil)
	require.Equal(t, 403, c.leased(lease, "POST", path+"/renew_lease", `{}`).status)
	c.refused(409, "POST", path+"/cancel", nil)
	c.begin("update", false)
}
