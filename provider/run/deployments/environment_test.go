package deployments_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

var environment = deployments.Environment{Organization: "acme", Project: "proj", Name: "sync"}

const environmentPath = "/api/esc/environments/acme/proj/sync"

// answering returns a client of a service that gives one answer per call and 404 to any other call. It also returns the
// calls made, with their bodies.
func answering(t *testing.T, answers map[string]string) (*deployments.Client, *[]string) {
	t.Helper()
	made := &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		call := r.Method + " " + r.URL.Path
		*made = append(*made, strings.TrimSpace(call+" "+string(body)))
		status, text := http.StatusNotFound, ""
		_, err := fmt.Sscanf(answers[call], "%d", &status)
		if _, after, found := strings.Cut(answers[call], " "); err == nil && found {
			text = after
		}
		w.Header().Set("Pulumi-Esc-Revision", "7")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}))
	t.Cleanup(server.Close)
	return deployments.NewClient(credentials.Credentials{APIURL: server.URL, AccessToken: "t"}, nil), made
}

func TestGates(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]deployments.Gates{
		`200 {"id": "i"}`: {},
		`200 {"gatedActions": ["update", "approve"], "activeChangeRequest": {"changeRequestId": "cr"}}`: {
			Update: true, ChangeRequest: "cr",
		},
		`200 {"gatedActions": ["open"]}`:  {Open: true},
		`200 {"openRequestNeeded": true}`: {Open: true},
	} {
		client, _ := answering(t, map[string]string{"GET " + environmentPath + "/metadata": answer})
		got, err := client.Gates(t.Context(), environment)
		require.NoError(t, err)
		assert.Equal(t, want, got, answer)
	}
	client, made := answering(t, map[string]string{"GET " + environmentPath + "/metadata": "503"})
	_, err := client.Gates(t.Context(), environment)
	require.ErrorContains(t, err, "reading which approvals environment acme/proj/sync requires: ")
	assert.Len(t, *made, 1, "a preview waits for it")
}

func TestStored(t *testing.T) {
	t.Parallel()
	client, _ := answering(t, map[string]string{"GET " + environmentPath + "/decrypt": "200 values: {a: 1}"})
	text, revision, err := client.Stored(t.Context(), environment)
	require.NoError(t, err)
	assert.Equal(t, deployments.Definition("values: {a: 1}"), text)
	assert.Equal(t, 7, revision)
}

func TestPropose(t *testing.T) {
	t.Parallel()
	const draft, submit = "POST " + environmentPath + "/drafts", "POST /api/change-requests/acme/cr-1/submit"
	const made = `200 {"changeRequestId": "cr-1", "latestRevisionNumber": 1}`
	for name, test := range map[string]struct {
		answers map[string]string
		id, err string
	}{
		"submitted": {map[string]string{draft: made, submit: "204"}, "cr-1", ""},
		"a draft is there": {
			map[string]string{draft: `409 {"code": 409, "message": "values: {a: hunter2} is open"}`}, "", "409 Conflict",
		},
		"errors, which quote the definition": {
			map[string]string{draft: `400 {"code": 400, "message": "no hunter2"}`}, "",
			"400 Bad Request: the definition has errors",
		},
		"other errors": {
			map[string]string{draft: `422 {"message": "no hunter2"}`}, "",
			"422 Unprocessable Entity: the definition has errors",
		},
		"too large":         {map[string]string{draft: `413 {"message": "no hunter2"}`}, "", "413 Request Entity Too Large"},
		"what is no answer": {map[string]string{draft: `200 hunter2`}, "", "the response cannot be read"},
		"another form": {
			map[string]string{draft: `200 {"changeRequestId": {"hunter2": 1}}`}, "", "the response cannot be read",
		},
		"no id": {
			map[string]string{draft: `200 {"hunter2": 1}`}, "",
			"creating a draft of environment acme/proj/sync: the answer names no change request",
		},
		"not submitted": {map[string]string{draft: made, submit: "403"}, "cr-1", "submitting change request cr-1: POST "},
		"not submitted, and quoted": {
			map[string]string{draft: made, submit: `422 {"message": "no hunter2"}`}, "cr-1", "422 Unprocessable Entity",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, calls := answering(t, test.answers)
			id, err := client.Propose(t.Context(), environment, "values: {a: hunter2}", "why")
			assert.Equal(t, test.id, id)
			assert.Equal(t, draft+" values: {a: hunter2}", (*calls)[0])
			if test.err == "" {
				require.NoError(t, err)
				assert.Equal(t, submit+` {"description":"why"}`, (*calls)[1])
				return
			}
			require.ErrorContains(t, err, test.err)
			assert.NotContains(t, err.Error(), "hunter2")
		})
	}
}
