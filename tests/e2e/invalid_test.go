package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// TestInvalidInputsFailThePreview gives programs with faults that the language host cannot see, and requires that the preview
// names each property, tells all faults at once, and touches nothing.
func TestInvalidInputsFailThePreview(t *testing.T) {
	t.Parallel()
	const (
		value       = "value: {a: b}\n"
		destination = "destination: {awsSecretsManager: {name: prod/db, region: us-west-2}}\n"
	)
	h := harness.New(t, harness.Options{})
	for name, test := range map[string]struct {
		properties string
		want       []string // paths, each with the beginning of what is wrong there
	}{
		"no destination":  {value + "destination: {}\n", []string{"destination: must have exactly one platform"}},
		"no value at all": {destination, []string{"value: must be given"}},
		"two destinations": {
			value + "destination:\n  awsSecretsManager: {name: a, region: us-west-2}\n  vault: {name: a}\n",
			[]string{"destination: must have exactly one platform, has awsSecretsManager, vault"},
		},
		"an empty name":         {value + destination + "name: ''\n", []string{"name: must not be empty"}},
		"a bad cron expression": {value + destination + "schedule: 61 * * * *\n", []string{`schedule: must be "off" or a cron`}},
		"a bad import reference": {
			value + destination + "imports: [team/good, no-project]\n", []string{"imports[1]: must be project/environment"},
		},
		"several faults": {
			destination + "imports: [no-project]\nschedule: sometimes\n",
			[]string{"imports[0]: must be project/environment", `schedule: must be "off" or a cron`, "value: must be given"},
		},
		"a secret object that hides interpolations": {
			destination + "value:\n  fn::secret: {user: '$${db.user}', password: hunter2}\n",
			[]string{"value: is secret as a whole"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := project + "/" + strings.ReplaceAll(name, " ", "-")
			result, err := h.Preview(t.Context(), write(t, h, sync(test.properties)), own)
			require.Error(t, err)
			require.NotNil(t, result)
			faults := faultsOf(result)
			require.Len(t, faults, len(test.want), "%q", faults)
			for i, want := range test.want {
				assert.Truef(t, strings.HasPrefix(faults[i], want), "%q does not begin with %q", faults[i], want)
			}
			assert.Empty(t, harness.Leaks([]harness.Text{{Content: result.Stdout + result.Stderr}}, "hunter2"))
		})
	}
	t.Cleanup(func() {
		for _, stack := range h.Cloud.Stacks() {
			assert.Contains(t, stack, "/"+project+"/", "a preview must make nothing")
		}
	})
}

// faultsOf reads the engine's list of invalid properties as "path: reason". The engine prints the value of a path that
// resolves, so the provider's paths end in a space where a secret may be.
func faultsOf(result *harness.Result) []string {
	var faults []string
	for _, diagnostic := range result.Diagnostics {
		for line := range strings.SplitSeq(diagnostic.Message, "\n") {
			fault, found := strings.CutPrefix(strings.TrimSpace(line), "- property ")
			if path, reason, cut := strings.Cut(fault, " has a problem: "); found && cut {
				faults = append(faults, strings.TrimSpace(path)+": "+reason)
			}
		}
	}
	return faults
}
