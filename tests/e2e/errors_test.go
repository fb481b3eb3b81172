package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// What a user sees of bad input: every failure with its property's path, at preview, and never a value. The engine
// prints the value of a property whose path resolves. (Misspelled properties, and values of a wrong type, are stopped
// by Pulumi YAML itself; tests/provider has them.)
func TestBadInputAtPreview(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	const value = "value: {password: {fn::secret: hunter2}}\n"
	const aws = "destination: {awsSecretsManager: {name: n, region: us-west-2}}\n"
	for name, test := range map[string]struct {
		properties string
		want       []string
	}{
		"no destination": {
			value + "destination: {}\n",
			[]string{"property destination  has a problem: must have exactly one platform"},
		},
		"two destinations": {
			value + "destination: {awsSecretsManager: {name: n}, custom: {name: hunter2}}\n",
			[]string{"must have exactly one platform, has awsSecretsManager, custom"},
		},
		"an empty name": {value + aws + "name: ''\n", []string{"property name  has a problem: must not be empty"}},
		"a bad cron expression": {
			value + aws + "schedule: hunter2 * * * *\n",
			[]string{"property schedule  has a problem: must be \"off\" or a cron expression of 5 fields in UTC"},
		},
		"a bad import reference": {
			value + aws + "imports: ['hunter2 env']\n",
			[]string{"property imports[0]  has a problem: must be project/environment"},
		},
		"a value that is missing": {aws, []string{"property value has a problem: must be given"}},
		"an interpolation": {"value: {a: 'hunter2 $${db.user', b: {fn::secret: hunter2}}\n" + aws, []string{
			"property value.a  has a problem: ESC interpolation: missing closing brace"}},
		"interpolation in a secret object": {"value: {o: {fn::secret: {u: '$${db.user}', p: hunter2}}}\n" + aws, []string{
			"property value.o  has a problem: is secret as a whole"}},
		"an access token twice": {
			value + aws + "deployment: {accessToken: hunter2, environmentVariables: {PULUMI_ACCESS_TOKEN: hunter2}}\n",
			[]string{"property deployment.accessToken  has a problem: cannot be given together"},
		},
		"a password in a URL": {
			value + aws + "source: {repoUrl: 'https://u:hunter2@example.com/a.git', branch: main}\n",
			[]string{"property source.repoUrl  has a problem: must be the URL of a git repository"},
		},
		"a definition that is no YAML": {
			"definition: '[hunter2'\n" + aws,
			[]string{"property definition  has a problem: is not YAML"},
		},
		"everything at once": {"schedule: x\nname: 'a b'\nimports: [x]\ndestination: {}\n", []string{
			"property schedule", "property name", "property imports[0]", "property destination", "property value"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, h, sync(test.properties))
			result, err := h.Preview(t.Context(), dir, stack)
			require.Error(t, err)
			output := result.Stdout + result.Stderr
			for _, want := range test.want {
				assert.Contains(t, output, want)
			}
			assert.NotContains(t, output, "hunter2")
			assert.Equal(t, []string{harness.Organization + "/" + stack}, h.Cloud.Stacks(), "something was made")
		})
	}
}
