package pulumicloud

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	schedulesURL = deploymentsURL + "/schedules"
	hourly       = `{"scheduleCron":"0 * * * *","request":{"operation":"update","operationContext":{"options":{}}}}`
)

func TestScheduleLife(t *testing.T) {
	b := newBench(t, Options{})
	require.Contains(t, b.refused(400, "POST", schedulesURL, hourly), errNoSettings)
	b.configure("")
	got := b.ok("POST", schedulesURL, hourly)
	id := got["id"].(string)
	require.Equal(t, "0 * * * *", got["scheduleCron"])
	require.Equal(t, "2030-01-01T12:00:00Z", got["nextExecution"])
	require.Nil(t, got["lastExecuted"])
	request := got["definition"].(map[string]any)["request"].(map[string]any)
	require.Equal(t, "update", request["operation"])

	got = b.ok("POST", schedulesURL+"/"+id,
		`{"scheduleOnce":"2030-02-03T04:05:06Z","request":{"operation":"destroy"}}`)
	require.Equal(t, "2030-02-03 04:05:06", got["scheduleOnce"], "the provider cannot read RFC 3339 here")
	require.NotContains(t, got, "scheduleCron")
	require.Equal(t, got, b.ok("GET", schedulesURL+"/"+id, nil))
	require.Len(t, b.ok("GET", schedulesURL, nil)["schedules"], 1)
	require.Equal(t, true, b.ok("GET", deploymentsURL+"/metadata", nil)["hasSchedules"])

	require.Equal(t, 200, b.do("DELETE", schedulesURL+"/"+id, nil).status)
	require.Equal(t, 200, b.do("DELETE", schedulesURL+"/"+id, nil).status, "deleting is idempotent")
	b.refused(404, "GET", schedulesURL+"/"+id, nil)
	b.refused(404, "POST", schedulesURL+"/"+id, hourly)
}

func TestSchedulesAreChecked(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	for _, body := range []string{
		`{"request":{"operation":"update"}}`,
		`{"scheduleCron":"0 * * * *","scheduleOnce":"2030-01-01T00:00:00Z","request":{"operation":"update"}}`,
		`{"scheduleCron":"0 0 * * * *","request":{"operation":"update"}}`,
		`{"scheduleCron":"@hourly","request":{"operation":"update"}}`,
		`{"scheduleCron":"61 * * * *","request":{"operation":"update"}}`,
		`{"scheduleOnce":"tomorrow","request":{"operation":"update"}}`,
		`{"scheduleCron":"0 * * * *","request":{}}`,
		`{"scheduleCron":"0 * * * *"}`,
	} {
		b.refused(400, "POST", schedulesURL, body)
	}
}

func TestSchedulesFireWithTheClock(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	id := b.ok("POST", schedulesURL, hourly)["id"].(string)
	b.ok("POST", schedulesURL, `{"scheduleOnce":"2030-01-01T12:30:00Z","request":{"operation":"preview"}}`)
	require.Equal(t, start, b.Now())

	b.AdvanceClock(59 * time.Second)
	require.Empty(t, b.Deployments("acme/proj/dev"))
	b.AdvanceClock(time.Second)
	require.Len(t, b.Deployments("acme/proj/dev"), 1)
	b.AdvanceClock(2 * time.Hour)
	list, statuses := b.wait()
	require.Equal(t, start.Add(2*time.Hour+time.Minute), b.Now())
	require.Equal(t, []string{statusSucceeded, statusSucceeded, statusSucceeded, statusSucceeded}, statuses)
	var fired []string
	for _, d := range list {
		require.Equal(t, "schedule", d.Initiator)
		require.Equal(t, "pulumi-deployments", d.RequestedBy)
		fired = append(fired, d.Operation+d.Created.Format(" 15:04"))
	}
	require.Equal(t, []string{"update 12:00", "preview 12:30", "update 13:00", "update 14:00"}, fired)
	history := b.ok("GET", schedulesURL+"/"+id+"/history", nil)["scheduleHistoryEvents"].([]any)
	require.Len(t, history, 3)
	require.Equal(t, "2030-01-01T14:00:00Z", b.ok("GET", schedulesURL+"/"+id, nil)["lastExecuted"])

	b.ok("POST", schedulesURL+"/"+id+"/pause", nil)
	b.AdvanceClock(5 * time.Hour)
	b.ok("POST", schedulesURL+"/"+id+"/resume", nil)
	require.Len(t, b.Deployments("acme/proj/dev"), 4, "what was missed while paused is not made up for")
	b.AdvanceClock(time.Hour)
	require.Len(t, b.Deployments("acme/proj/dev"), 5)

	b.ok("DELETE", settingsURL, nil)
	b.AdvanceClock(time.Hour)
	require.Len(t, b.Deployments("acme/proj/dev"), 5, "without settings nothing can run")
	b.wait()
}

func TestDriftSchedules(t *testing.T) {
	b := newBench(t, Options{})
	b.configure("")
	drift := b.ok("POST", deploymentsURL+"/drift/schedules", `{"scheduleCron":"0 0 * * *","autoRemediate":true}`)
	got := b.ok("GET", schedulesURL+"/"+drift["id"].(string), nil)
	request := got["definition"].(map[string]any)["request"].(map[string]any)
	require.Equal(t, "detect-drift", request["operation"])
	options := request["operationContext"].(map[string]any)["options"].(map[string]any)
	require.Equal(t, true, options["remediateIfDriftDetected"])
	b.ok("POST", deploymentsURL+"/drift/schedules/"+drift["id"].(string), `{"scheduleCron":"0 1 * * *"}`)

	b.AdvanceClock(24 * time.Hour)
	list, _ := b.wait()
	require.Len(t, list, 1)
	require.Equal(t, "detect-drift", list[0].Operation)
}
