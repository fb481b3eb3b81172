package provider_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// badInputs are inputs of an EscSync that a preview refuses.
type badInputs struct {
	// inputs are YAML, see inputsOf. They override goodInputs, and null removes an input.
	inputs string
	// want are all problems: the path of a property, a colon, and the start of the reason.
	want []string
}

// goodInputs are valid inputs. No error may contain "hunter2", wherever it is in an input.
const goodInputs = `
value: {password: !secret hunter2}
destination: {awsSecretsManager: {name: n, region: us-west-2}}
`

// assertRefusals previews an EscSync for each row. (tests/e2e tests how the engine prints a refusal.)
func assertRefusals(t *testing.T, rows map[string]badInputs) {
	t.Helper()
	for name, bad := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inputs := props{}
			maps.Insert(inputs, inputsOf(t, goodInputs).All)
			maps.Insert(inputs, inputsOf(t, bad.inputs).All)
			assertRefusal(t, escSync(inputs), bad.want)
		})
	}
}

// assertRefusal previews an EscSync and requires exactly the given problems, that none contains a value, and that
// nothing is registered.
func assertRefusal(t *testing.T, req p.ConstructRequest, want []string) {
	t.Helper()
	req.DryRun = true
	r := construct(t, req)
	rpc, ok := rpcerror.FromError(r.err)
	require.True(t, ok, "%v", r.err)
	assert.Empty(t, r.recorder.registered, "nothing may be registered")
	got := []string{}
	for _, problem := range rpc.InputPropertiesErrors() {
		assertPrintsNoValue(t, problem.PropertyPath, req.Inputs)
		got = append(got, strings.TrimSuffix(problem.PropertyPath, " ")+": "+problem.Reason)
	}
	assert.NotContains(t, strings.ToLower(r.err.Error()+strings.Join(got, "\n")), "hunter2")
	var missing []string
	for _, line := range want {
		i := slices.IndexFunc(got, func(text string) bool { return strings.HasPrefix(text, line) })
		if i < 0 {
			missing = append(missing, line)
			continue
		}
		got = slices.Delete(got, i, i+1)
	}
	assert.Empty(t, missing, "not refused")
	assert.Empty(t, got, "refused besides")
}

// assertPrintsNoValue requires that the engine finds no value at a path, because it would print even a secret one.
func assertPrintsNoValue(t *testing.T, path string, inputs property.Map) {
	t.Helper()
	parsed, err := resource.ParsePropertyPath(path)
	if err != nil {
		return // the engine cannot look
	}
	_, found := parsed.Get(resource.NewProperty(resource.ToResourcePropertyMap(inputs)))
	assert.False(t, found, "the engine would print the value at %q", path)
}
