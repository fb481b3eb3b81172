package run

import (
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	. "github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

// repeating quotes the request in its response, as a service may do to explain an error.
func repeating(status int, before, after string) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) {
		sent, _ := io.ReadAll(r.Body)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(before + string(sent) + after))
	}
}

// Whatever the service does, a check ends in time after one call, and its error quotes nothing that was sent.
func TestCheckMeetsFaults(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault Fault
		err   string
		took  time.Duration
	}{
		"an answer":      {fault: repeating(200, `{"exprs": {}, "new": "`, `"}`)},
		"500":            {fault: repeating(500, `{"message": "`, `"}`), err: "Pulumi Cloud answered 500 Internal"},
		"400, no reason": {fault: repeating(400, `{"message": "`, `"}`), err: "Pulumi Cloud answered 400 Bad Request"},
		"503":            {fault: RetryAfter(503, 60), err: "Pulumi Cloud answered 503 Service Unavailable"},
		"302":            {fault: repeating(302, "", ""), err: "Pulumi Cloud answered 302 Found"},
		"403":            {fault: Status(403), err: "403 Forbidden"},
		"garbage":        {fault: repeating(200, "", ""), err: "the response cannot be read"},
		"another form":   {fault: repeating(200, `{"exprs": {"a": "`, `"}}`), err: "the response cannot be read"},
		"cut":            {fault: Cut(), err: "the response cannot be read"},
		"cut before":     {fault: CutBefore(false), err: "the response cannot be read"},
		"hang":           {fault: Hang(false), err: "no response within 5s", took: 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				fake := Start(t)
				fake.Fail("POST check", test.fault)
				client := deployments.NewClient(
					credentials.Credentials{APIURL: fake.URL, AccessToken: Token}, fake.Transport)
				inquiry := inquire(t.Context(), client)
				defer inquiry.End()
				_, err := inquiry.Check("acme", "hunter2")
				assert.Equal(t, test.took, fake.Elapsed())
				assert.Equal(t, 1, fake.Count("POST check"))
				if test.err == "" {
					require.NoError(t, err)
					return
				}
				require.ErrorContains(t, err, test.err)
				assert.NotContains(t, err.Error(), "hunter2")
				assert.NotContains(t, err.Error(), "write permission")
			})
		})
	}
}

// Findings are not a failure of the call.
func TestCheckReportsWhatIsFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake := Start(t)
		fake.Fail("POST check", func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) {
			sent, _ := io.ReadAll(r.Body)
			assert.Equal(t, "values: {}", string(sent))
			assert.Equal(t, "/api/esc/environments/acme/yaml/check?showSecrets=false", r.URL.String())
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"code": 400, "message": "m", "diagnostics": [` +
				`{"range": {"environment": "<yaml>", "begin": {"line": 2, "column": 3, "byte": 4}}, "summary": "s"}]}`))
		})
		client := deployments.NewClient(credentials.Credentials{APIURL: fake.URL, AccessToken: Token}, fake.Transport)
		inquiry := inquire(t.Context(), client)
		defer inquiry.End()
		checked, err := inquiry.Check("acme", "values: {}")
		require.NoError(t, err)
		require.Len(t, checked.Diagnostics, 1)
		assert.True(t, checked.Refused)
		assert.Equal(t, "s", checked.Diagnostics[0].Summary)
		assert.Equal(t, 2, checked.Diagnostics[0].Range.Begin.Line)
	})
}
