package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// requests records the last body that was sent to the cloud, by method and path.
type requests struct {
	mu     sync.Mutex
	bodies map[string]string
}

func (r *requests) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
		r.mu.Lock()
		if r.bodies == nil {
			r.bodies = map[string]string{}
		}
		r.bodies[req.Method+" "+req.URL.Path] = string(body)
		r.mu.Unlock()
		next.ServeHTTP(w, req)
	})
}

// body returns the last body sent to a path.
func (r *requests) body(t *testing.T, request string) string {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	require.Contains(t, r.bodies, request)
	return r.bodies[request]
}

// The complete requests for the inputs deployment and teams: image, agents, cache, login by SSH, secrets as secrets,
// and `open` for the teams.
func TestRequestsToTheCloud(t *testing.T) {
	t.Parallel()
	var sent requests
	h := harness.New(t, harness.Options{Middleware: sent.middleware})
	up(t, h, write(t, h, oneSync(awsSync+`
teams: [syncs, ops]
source:
  repoUrl: ssh://git@example.com/team/target.git
  commit: 0123456789abcdef0123456789abcdef01234567
  repoDir: sync/target
  auth:
    sshPrivateKey: {fn::secret: "-----BEGIN KEY-----\n$a\n"}
    sshPassphrase: {fn::secret: p$a"s'}
deployment:
  accessToken: {fn::secret: pul-123}
  environmentVariables: {PLAIN: p, SECRET: {fn::secret: s}}
  preRunCommands: [make ready]
  executorImage: registry.example.com/pulumi:3
  agentPoolId: pool-1
  cache: true
  skipInstallDependencies: false
  oidc:
    aws:
      roleArn: arn:aws:iam::123456789012:role/sync
      sessionName: nightly
      duration: 15m
      policyArns: ['arn:aws:iam::aws:policy/SecretsManagerReadWrite']
`)))

	var settings map[string]any
	require.NoError(t, json.Unmarshal(
		[]byte(sent.body(t, "PUT /api/stacks/acme/escsync-target/shop-dev-db/deployments/settings")), &settings))
	commands, ok := settings["operationContext"].(map[string]any)["preRunCommands"].([]any)
	require.True(t, ok)
	require.Len(t, commands, 5, "the user's own, and four of the sync's")
	settings["operationContext"].(map[string]any)["preRunCommands"] = commands[:1]
	assert.JSONEq(t, `{
  "executorContext": {"executorImage": "registry.example.com/pulumi:3"},
  "agentPoolID": "pool-1",
  "cacheOptions": {"enable": true},
  "sourceContext": {"git": {
    "repoUrl": "ssh://git@example.com/team/target.git", "commit": "0123456789abcdef0123456789abcdef01234567",
    "repoDir": "sync/target",
    "gitAuth": {"sshAuth": {
      "sshPrivateKey": {"secret": "-----BEGIN KEY-----\n$a\n"}, "password": {"secret": "p$a\"s'"}
    }}
  }},
  "operationContext": {
    "preRunCommands": ["make ready"],
    "environmentVariables": {
      "PLAIN": "p", "SECRET": {"secret": "s"}, "PULUMI_ACCESS_TOKEN": {"secret": "pul-123"}
    },
    "oidc": {"aws": {
      "roleArn": "arn:aws:iam::123456789012:role/sync", "sessionName": "nightly", "duration": "15m0s",
      "policyArns": ["arn:aws:iam::aws:policy/SecretsManagerReadWrite"]
    }},
    "options": {"skipIntermediateDeployments": true}
  }
}`, text(t, settings))
	for _, team := range []string{"syncs", "ops"} {
		assert.JSONEq(t, `{"addEnvironmentPermission": {
			"projectName": "escsync", "envName": "shop-dev-db", "permission": "open"
		}}`, sent.body(t, "PATCH /api/orgs/acme/teams/"+team))
	}
}
