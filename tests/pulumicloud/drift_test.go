package pulumicloud

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCLIDrift detects and repairs real drift with the real CLI.
func TestCLIDrift(t *testing.T) {
	p := newCLI(t, Options{BackgroundRunner: true})
	p.deployable("")
	url, requests := receiver(t, 200)
	p.cloud.ok("POST", stackURL+"/hooks", map[string]any{
		"organizationName": "acme", "displayName": "d", "payloadUrl": url, "active": true,
		"filters": []string{"drift_detected", "drift_detection_succeeded", "drift_remediation_succeeded"},
	})
	detect := func() {
		t.Helper()
		p.cloud.ok("POST", deploymentsURL, map[string]any{"operation": "detect-drift",
			"operationContext": map[string]any{"options": map[string]any{"remediateIfDriftDetected": true}}})
	}
	status := func() map[string]any { return p.cloud.ok("GET", stackURL+"/drift/status", nil) }
	heard := func(kinds ...string) {
		t.Helper()
		got := map[string]bool{}
		for range kinds {
			got[next(t, requests).header.Get("Pulumi-Webhook-Kind")] = true
		}
		for _, kind := range kinds {
			require.True(t, got[kind], kind)
		}
		require.Empty(t, requests)
	}
	p.cloud.ok("POST", deploymentsURL, map[string]any{"operation": "update"})
	detect()
	list := p.wait()
	require.Equal(t, statusSucceeded, list[1].Status, list[1].Log)
	require.Equal(t, false, status()["driftDetected"])
	heard("drift_detection_succeeded")

	file := filepath.Join(p.drift, "drift")
	require.NoError(t, os.WriteFile(file, []byte("meddled"), 0o600))
	detect()
	list = p.wait()
	require.Len(t, list, 4)
	require.Equal(t, 1, list[2].Updates[0].ResourceChanges["update"])
	require.Equal(t, "remediate-drift", list[3].Operation)
	require.Equal(t, statusSucceeded, list[3].Status, list[3].Log)
	require.NoFileExists(t, file)
	require.Equal(t, true, status()["driftDetected"], "of the latest detection")
	heard("drift_detection_succeeded", "drift_detected", "drift_remediation_succeeded")
}
