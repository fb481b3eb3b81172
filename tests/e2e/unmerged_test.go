package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// docs/security.md: environment variables of a merged import reach the run, so whoever edits it can send the values
// elsewhere. From an import that is not merged, only the values that the definition refers to arrive.
func TestAnUnmergedImportBringsNoVariables(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	require.NoError(t, h.CreateEnvironment(t.Context(), "shop/database", `values:
  database: {password: {fn::secret: hunter2}}
  environmentVariables: {AWS_ENDPOINT_URL: "http://127.0.0.1:9"}
`))
	const destination = "destination: {awsSecretsManager: {name: prod/db, region: " + region + "}}\n"

	_, err := h.Up(t.Context(), write(t, h, oneSync(unwatched+"imports: [shop/database]\n"+
		"value: $${database}\n"+destination)), stack)
	require.Error(t, err)
	runs := h.Deployments(awsTarget)
	assert.Contains(t, runs[len(runs)-1].Log, "127.0.0.1:9")

	up(t, h, write(t, h, oneSync(unwatched+destination+`definition: |
  imports:
    - shop/database: {merge: false}
  values:
    sync:
      awsSecretsManager: {value: {password: "$${environments.shop.database.database.password}"}}
`)))
	value, err := h.Secret(t.Context(), region, "prod/db")
	require.NoError(t, err)
	assert.JSONEq(t, `{"password":"hunter2"}`, value)
}
