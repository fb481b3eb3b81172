package destinations

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

const (
	stack       = "shop/dev"
	target      = "escsync-target/shop-dev-db"
	environment = "team/app"

	retains = "Retain"
	deletes = "Delete"
)

// sync is one EscSync of a row, whose value is the whole environment team/app.
type sync struct {
	t        *testing.T
	row      platforms.Row
	h        *harness.Harness
	platform platforms.Platform

	// policy, adoptionPolicy and maxDeletions are inputs of the EscSync. "" means the default.
	policy, adoptionPolicy, maxDeletions string
	// expected is what the platform should have, by key.
	expected map[string]string
}

// start starts the platform and the cloud, and creates the environment with the given values.
func start(t *testing.T, row platforms.Row, values map[string]string) *sync {
	t.Helper()
	platform, err := row.Start(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, platform.Close()) })
	s := &sync{t: t, row: row, platform: platform, policy: retains, expected: map[string]string{}}
	options := harness.Options{Environment: platform.Environment(), Orphans: row.Orphans}
	if row.Plugins != nil {
		options.Plugins, err = row.Plugins()
		require.NoError(t, err)
	}
	s.h = harness.New(t, options)
	if emulated, ok := platform.(platforms.Emulated); ok {
		require.NoError(t, emulated.Connect(s.h.AWS("")))
	}
	require.NoError(t, s.h.CreateEnvironment(t.Context(), environment, definition(t, values)))
	return s
}

// definition returns an environment with the values as secrets.
func definition(t *testing.T, values map[string]string) string {
	t.Helper()
	app := map[string]any{}
	for key, value := range values {
		app[key] = map[string]string{"fn::secret": value}
	}
	text, err := json.Marshal(map[string]any{"values": map[string]any{"app": app}})
	require.NoError(t, err)
	return string(text)
}

// stored returns what the platform stores for a value.
func (s *sync) stored(value string) string {
	if s.row.Stored == nil {
		return value
	}
	return s.row.Stored(value)
}

// shown returns the name of a key's secret in messages.
func (s *sync) shown(key string) string {
	if s.row.Shown == nil {
		return s.row.Identity(key)
	}
	return s.row.Shown(key)
}

// destination returns the property destination.
func (s *sync) destination() string {
	if s.policy == deletes && s.row.Deleting != "" {
		return s.row.Deleting
	}
	return s.row.Destination
}

// program returns a Pulumi YAML program with the EscSync.
func (s *sync) program() string {
	s.t.Helper()
	properties := []string{
		"imports: [" + environment + "]", "value: $${app}", "destination: " + s.destination(),
		"deletionPolicy: " + s.policy,
	}
	if s.adoptionPolicy != "" {
		properties = append(properties, "adoptionPolicy: "+s.adoptionPolicy)
	}
	if s.maxDeletions != "" {
		properties = append(properties, "maxDeletions: "+s.maxDeletions)
	}
	folder, err := s.h.WriteProgram("name: shop\nruntime: yaml\nresources:\n  db:\n    type: escsync:EscSync\n" +
		"    properties:\n      " + strings.Join(properties, "\n      ") + "\n")
	require.NoError(s.t, err)
	return folder
}

// up runs `pulumi up`, which starts a run if anything about the sync has changed, and requires success.
func (s *sync) up() {
	s.t.Helper()
	_, err := s.h.Up(s.t.Context(), s.program(), stack)
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, s.lastRun().Log)
	}
	require.NoError(s.t, err)
}

// destroy runs `pulumi destroy`.
func (s *sync) destroy() {
	s.t.Helper()
	_, err := s.h.Destroy(s.t.Context(), s.program(), stack)
	require.NoError(s.t, err)
}

// write changes the environment's values.
func (s *sync) write(values map[string]string) {
	s.t.Helper()
	require.NoError(s.t, s.h.UpdateEnvironment(s.t.Context(), environment, definition(s.t, values)))
}

// edit changes the environment's values, and returns the run that the webhook starts.
func (s *sync) edit(values map[string]string) pulumicloud.Deployment {
	s.t.Helper()
	before := len(s.h.Deployments(target))
	s.write(values)
	return s.run(before)
}

// schedule advances the clock by an hour, and returns the scheduled run.
func (s *sync) schedule() pulumicloud.Deployment {
	s.t.Helper()
	before := len(s.h.Deployments(target))
	s.h.Cloud.AdvanceClock(time.Hour)
	return s.run(before)
}

// run waits for the single new deployment. before is the number of earlier ones.
func (s *sync) run(before int) pulumicloud.Deployment {
	s.t.Helper()
	runs, err := s.h.WaitForDeployments(s.t.Context(), target)
	require.NoError(s.t, err)
	require.Len(s.t, runs, before+1, "one run")
	return runs[before]
}

// lastRun returns the newest run, or an empty one.
func (s *sync) lastRun() pulumicloud.Deployment {
	runs := s.h.Deployments(target)
	if len(runs) == 0 {
		return pulumicloud.Deployment{}
	}
	return runs[len(runs)-1]
}

// succeeded requires that a run succeeded.
func (s *sync) succeeded(run pulumicloud.Deployment) {
	s.t.Helper()
	require.Equal(s.t, "succeeded", run.Status, run.Log)
}

// failed requires that a run failed, and that its log contains the texts.
func (s *sync) failed(run pulumicloud.Deployment, texts ...string) {
	s.t.Helper()
	require.Equal(s.t, "failed", run.Status, run.Log)
	for _, text := range texts {
		assert.Contains(s.t, run.Log, text)
	}
}

// restore restores the deleted secrets of keys, as a user would if the platform reserves their names.
func (s *sync) restore(keys ...string) {
	s.t.Helper()
	restorer, ok := s.platform.(platforms.Restorer)
	require.True(s.t, ok, "the platform of a row with NamesReserved restores")
	for _, key := range keys {
		require.NoError(s.t, restorer.Restore(s.t.Context(), s.row.Identity(key)))
	}
}

// refused requires that a run failed before it wrote anything, and that its log contains the texts.
func (s *sync) refused(run pulumicloud.Deployment, writes int, texts ...string) {
	s.t.Helper()
	s.failed(run, texts...)
	assert.Equal(s.t, writes, s.platform.Writes(), "a refused run wrote")
}

// contains requires that the platform has exactly the expected secrets.
func (s *sync) contains(step string) {
	s.t.Helper()
	want := map[string]string{}
	for key, value := range s.expected {
		want[s.row.Identity(key)] = s.stored(value)
	}
	found, err := s.platform.Secrets(s.t.Context())
	require.NoError(s.t, err)
	require.Equal(s.t, want, found, step)
}

// idle requires that a scheduled run changes nothing and sends no write to the platform.
func (s *sync) idle(step string) {
	s.t.Helper()
	writes := s.platform.Writes()
	run := s.schedule()
	s.succeeded(run)
	require.Equal(s.t, writes, s.platform.Writes(), "writes of a run without a change, %s: %s", step, run.Log)
	s.contains(step)
}

// with returns a copy of values with another value set.
func with(values map[string]string, key, value string) map[string]string {
	values = maps.Clone(values)
	values[key] = value
	return values
}
