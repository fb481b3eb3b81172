package pulumiservice

import (
	"maps"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

const (
	scheduleToken = "pulumiservice:index:DeploymentSchedule"
	driftToken    = "pulumiservice:index:DriftSchedule"
	schedulesPath = "/api/stacks/acme/tgt/dev/deployments/schedules"
	driftPath     = "/api/stacks/acme/tgt/dev/deployments/drift/schedules"
)

func onStack(more standintest.Props) standintest.Props {
	inputs := standintest.Props{"organization": "acme", "project": "tgt", "stack": "dev"}
	maps.Copy(inputs, more)
	return inputs
}

func TestScheduleLifecycle(t *testing.T) {
	t.Parallel()
	answers := map[string]answer{
		"POST " + schedulesPath:           {body: `{"id":"s1"}`},
		"POST " + schedulesPath + "/s1":   {body: `{"id":"s1"}`},
		"DELETE " + schedulesPath + "/s1": {},
		"GET " + schedulesPath + "/s1": {
			body: `{"id":"s1","scheduleCron":"5 * * * *","definition":{"request":{"operation":"update"}}}`,
		},
		"GET " + schedulesPath + "/elsewhere": {
			body: `{"id":"elsewhere","scheduleOnce":"2030-01-01 00:00:00","definition":{"request":{"operation":"destroy"}}}`,
		},
	}
	cloud, driver := start(t, answers)
	inputs := onStack(standintest.Props{"scheduleCron": "0 * * * *", "pulumiOperation": "update"})
	created := driver.MustCreate(t, scheduleToken, inputs)
	assert.Equal(t, "acme/tgt/dev/s1", created.ID)
	assert.Equal(t, property.New("s1"), created.State.Get("scheduleId"))

	refreshed := driver.Refresh(t, created)
	assert.Equal(t, map[string]p.PropertyDiff{"scheduleCron": {Kind: p.Update, InputDiff: true}},
		driver.Diff(t, refreshed, inputs).DetailedDiff)
	updated, err := driver.Update(t, refreshed, inputs)
	require.NoError(t, err)
	require.NoError(t, driver.Delete(updated))
	body := `{"scheduleCron":"0 * * * *","request":{"operation":"update","operationContext":{"options":{}}}}`
	cloud.expect(t,
		"POST "+schedulesPath+" "+body, "GET "+schedulesPath+"/s1", "POST "+schedulesPath+"/s1 "+body,
		"DELETE "+schedulesPath+"/s1",
	)

	imported := driver.Import(t, scheduleToken, "acme/tgt/dev/elsewhere")
	assert.Equal(t, property.New("2030-01-01T00:00:00Z"), imported.Inputs.Get("timestamp"))
}

func TestScheduleOnce(t *testing.T) {
	t.Parallel()
	cloud, driver := start(t, map[string]answer{"POST " + schedulesPath: {body: `{"id":"s1"}`}})
	inputs := onStack(standintest.Props{"timestamp": "2030-01-01T00:00:00Z", "pulumiOperation": "update"})
	created := driver.MustCreate(t, scheduleToken, inputs)
	cloud.expect(t, "POST "+schedulesPath+
		` {"scheduleOnce":"2030-01-01T00:00:00Z","request":{"operation":"update","operationContext":{"options":{}}}}`)
	inputs["timestamp"] = "2031-01-01T00:00:00Z"
	assert.Equal(t, p.UpdateReplace, driver.Diff(t, created, inputs).DetailedDiff["timestamp"].Kind)
}

func TestScheduleCheck(t *testing.T) {
	t.Parallel()
	_, driver := start(t, nil)
	either := p.CheckFailure{
		Property: "scheduleCron", Reason: "exactly one of scheduleCron or timestamp must be specified",
	}
	for name, row := range map[string]struct {
		inputs standintest.Props
		want   []p.CheckFailure
	}{
		"neither": {standintest.Props{}, []p.CheckFailure{either}},
		"both": {
			standintest.Props{"scheduleCron": "* * * * *", "timestamp": "2030-01-01T00:00:00Z"}, []p.CheckFailure{either},
		},
		"an unknown cron": {standintest.Props{"scheduleCron": standintest.Unknown()}, nil},
		"no timestamp": {standintest.Props{"timestamp": "tomorrow"}, []p.CheckFailure{{
			Property: "timestamp", Reason: "timestamp must be in RFC 3339 format: " +
				`parsing time "tomorrow" as "2006-01-02T15:04:05Z07:00": cannot parse "tomorrow" as "2006"`,
		}}},
	} {
		row.inputs["pulumiOperation"] = "update"
		_, failures := driver.Check(t, scheduleToken, onStack(row.inputs))
		assert.Equal(t, row.want, failures, name)
	}
}

func TestDriftScheduleLifecycle(t *testing.T) {
	t.Parallel()
	cloud, driver := start(t, map[string]answer{
		"POST " + driftPath: {body: `{"id":"d1"}`}, "POST " + driftPath + "/d1": {body: `{"id":"d1"}`},
		"GET " + schedulesPath + "/d1": {body: `{"id":"d1","scheduleCron":"0 0 * * *",` +
			`"definition":{"request":{"operationContext":{"options":{"remediateIfDriftDetected":true}}}}}`},
		"DELETE " + schedulesPath + "/d1": {},
	})
	created := driver.MustCreate(t, driftToken, onStack(standintest.Props{"scheduleCron": "0 0 * * *"}))
	assert.Equal(t, "acme/tgt/dev/drift/d1", created.ID)
	wanted := onStack(standintest.Props{"scheduleCron": "0 0 * * *", "autoRemediate": true})
	updated, err := driver.Update(t, created, wanted)
	require.NoError(t, err)
	refreshed := driver.Refresh(t, updated)
	assert.False(t, driver.Diff(t, refreshed, wanted).HasChanges)
	require.NoError(t, driver.Delete(refreshed))
	cloud.expect(t,
		"POST "+driftPath+` {"scheduleCron":"0 0 * * *"}`,
		"POST "+driftPath+`/d1 {"scheduleCron":"0 0 * * *","autoRemediate":true}`,
		"GET "+schedulesPath+"/d1", "DELETE "+schedulesPath+"/d1",
	)
}
