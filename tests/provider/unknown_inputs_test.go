package provider_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A boolean that is unknown at preview is refused at its path. The SDK's decoder would not name it. Booleans of a
// destination only reach the target program, so they may be unknown.
func TestEscSyncRefusesUnknownBooleans(t *testing.T) {
	t.Parallel()
	met := map[bool]int{}
	for path, typ := range inputPaths(t) {
		if typ.Type != "boolean" {
			continue
		}
		ofDestination := strings.HasPrefix(path, "destination.")
		met[ofDestination]++
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			req := escSync(patternInputs(hostileInputs(path, property.New(property.Computed))))
			req.DryRun = true
			r := construct(t, req)
			if ofDestination {
				require.NoError(t, r.err)
				assert.NotEmpty(t, r.recorder.registered)
				return
			}
			assert.Equal(t, []string{path}, refused(t, r))
			assert.Empty(t, r.recorder.registered, "nothing may be registered")
		})
	}
	assert.GreaterOrEqual(t, met[false], 7, "the schema was not read")
	assert.Positive(t, met[true], "the schema was not read")
}

// badUnknowns have unknown values that must be known at preview.
var badUnknowns = map[string]badInputs{
	"objects that are unknown": {
		inputs: `
source: !unknown
deployment: !unknown
initialSync: !unknown
driftSchedule: !unknown
notifications: !unknown
onChange: !unknown
suspended: !unknown
teams: !unknown
pulumiTags: !unknown
destination: !unknown
`,
		want: []string{
			"source: must be known at preview: give its properties as outputs, not the whole object",
			"deployment: must be known at preview: give its properties as outputs, not the whole object",
			"initialSync: must be known at preview: give its properties as outputs, not the whole object",
			"driftSchedule: must be known at preview: it decides which resources there are",
			"notifications: must be known at preview: it decides which resources there are",
			"onChange: must be known at preview: it decides which resources there are",
			"suspended: must be known at preview: it decides which resources there are",
			"teams: must be known at preview: each team names a resource. Give plain texts",
			"pulumiTags: must be known at preview: give its parts as outputs, not the whole",
			"destination: must be known at preview: give its properties as outputs, not the whole object",
		},
	},
	"parts that are unknown": {
		inputs: `
source: {repository: a/b, branch: !unknown , auth: !unknown }
deployment: {cache: !unknown , environmentVariables: !unknown , oidc: {aws: !unknown }}
initialSync: {enabled: !unknown , wait: !unknown }
driftSchedule: {schedule: 0 3 * * *, autoRemediate: !unknown }
notifications: [!unknown , {url: 'https://x', format: !unknown }]
teams: [!unknown ]
destination: {vault: !unknown }
`,
		want: []string{
			"source.auth: must be known at preview: give its parts as outputs, not the whole",
			"deployment.cache: must be known at preview: give a plain boolean, not an output",
			"deployment.environmentVariables: must be known at preview: give its parts as outputs, not the whole",
			"deployment.oidc.aws: must be known at preview: give its parts as outputs, not the whole",
			"initialSync.enabled: must be known at preview: it decides which resources there are",
			"initialSync.wait: must be known at preview: give a plain boolean, not an output",
			"driftSchedule.autoRemediate: must be known at preview: give a plain boolean, not an output",
			"notifications[0]: must be known at preview: give its properties as outputs, not the whole object",
			"notifications[1].format: must be known at preview",
			"teams[0]: must be known at preview: it names a resource",
			"destination.vault: must be known at preview: give its properties as outputs, not the whole object",
		},
	},
	"an unknown block": {
		inputs: "{value: null, definition: 'values: {sync: {a: {value: x}}}', " +
			"destination: {custom: {syncKey: !unknown }}, source: {repository: a/b, branch: main, project: p}}",
		want: []string{"destination.custom.syncKey: must be known at preview"},
	},
}

func TestEscSyncRefusesUnknowns(t *testing.T) {
	t.Parallel()
	assertRefusals(t, badUnknowns)
}
