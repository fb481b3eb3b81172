package provider_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider"
	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// If a service does not answer one question, it is not asked again. Otherwise syncs that depend on each other would
// each wait for it.
func TestOneQuestionWithoutAnswerIsTheLast(t *testing.T) {
	t.Parallel()
	var checks atomic.Int32
	cloud, err := pulumicloud.Start(pulumicloud.Options{Middleware: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/export"):
				<-r.Context().Done()
				return
			case strings.HasSuffix(r.URL.Path, "/yaml/check"):
				checks.Add(1)
			}
			next.ServeHTTP(w, r)
		})
	}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, cloud.Close()) })
	prov, err := provider.New()
	require.NoError(t, err)
	server, err := integration.NewServer(t.Context(), version.Name, semver.MustParse(version.Version),
		integration.WithProvider(prov), integration.WithMocks(&recorder{preview: true}))
	require.NoError(t, err)
	require.NoError(t, server.Configure(p.ConfigureRequest{Args: property.NewMap(props{
		"apiUrl": str(cloud.URL()), "accessToken": str(cloud.AccessToken()).WithSecret(true),
	})}))
	req := escSync(props{
		"value":       obj(props{"a": str("x")}),
		"destination": obj(props{"awsSecretsManager": obj(props{"path": str("prod/db")})}),
	})
	req.DryRun = true
	for range 2 {
		_, err = server.Construct(req)
		require.NoError(t, err)
	}
	assert.Equal(t, int32(1), checks.Load())
}
