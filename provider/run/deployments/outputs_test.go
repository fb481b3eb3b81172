package deployments_test

import (
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	. "github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

// Outputs returns no other resources and no secrets.
func TestOutputs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer string
		want   []property.Map
	}{
		"of one type": {`{"deployment": {"resources": [
			{"type": "a:b:C", "outputs": {"x": "y"}}, {"type": "a:b:D", "outputs": {"x": "z"}},
			{"type": "a:b:C", "delete": true, "outputs": {"x": "old"}}, {"type": "a:b:C"}]}}`,
			[]property.Map{property.NewMap(map[string]property.Value{"x": property.New("y")})}},
		"a secret": {`{"deployment": {"resources": [{"type": "a:b:C", "outputs": {"x": "y", "s": {"` + resource.SigKey +
			`": "` + resource.SecretSig + `", "ciphertext": "v1:x"}}}]}}`,
			[]property.Map{property.NewMap(map[string]property.Value{"x": property.New("y"), "s": {}})}},
		"never run": {`{"version": 3, "deployment": null}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				fake, client := start(t)
				fake.Fail("GET export", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
					_, _ = w.Write([]byte(test.answer))
				})
				found, err := client.Outputs(t.Context(), stack, "a:b:C")
				require.NoError(t, err)
				assert.Equal(t, test.want, found)
			})
		})
	}
}

// The outputs are optional, so nobody should wait for retries.
func TestOutputsAreAskedForOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		fake, client := start(t)
		fake.Fail("GET export", Status(503))
		_, err := client.Outputs(t.Context(), stack, "a:b:C")
		require.Error(t, err)
		assert.Equal(t, 1, fake.Count("GET export"))
		fake.RemoveStack()
		_, err = client.Outputs(t.Context(), stack, "a:b:C")
		assert.True(t, deployments.IsNotFound(err))
	})
}
