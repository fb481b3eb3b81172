package pulumicloud

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Limits for background work.
const (
	waitLimit = 20 * time.Second
	waitTick  = 10 * time.Millisecond
)

func TestClockStandsStill(t *testing.T) {
	c := startCloud(t, Options{Now: start})
	require.Equal(t, start, c.Now())
	c.AdvanceClock(-time.Hour)
	require.Equal(t, start, c.Now(), "time does not go back")
	c.AdvanceClock(90 * time.Minute)
	require.Equal(t, start.Add(90*time.Minute), c.Now())
	require.Equal(t, "2030-01-01T13:29:00Z", timestamp(c.Now()))
	require.Empty(t, timestamp(time.Time{}))
}

func TestClockStartsAtTheCurrentMinute(t *testing.T) {
	server, err := Start(Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, server.Close()) }()
	require.Zero(t, server.Now().Second())
	require.WithinDuration(t, time.Now(), server.Now(), 2*time.Minute)
	require.Equal(t, time.UTC, server.Now().Location())
}
