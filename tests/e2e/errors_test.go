package e2e

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// badProgram is an EscSync whose inputs are refused at preview.
type badProgram struct {
	// inputs are written as YAML, see inputsOf. They replace those of goodInputs; null takes one away.
	inputs string
	// explicit gives it a pulumiservice provider.
	explicit bool
	// want are all the problems that the engine prints: the path of a property, a colon, and how the reason begins.
	want []string
}

// goodInputs are inputs that nothing is wrong with. No output may hold "hunter2", wherever it stands in an input.
const goodInputs = `
value: {password: !secret hunter2}
destination: {awsSecretsManager: {name: n, region: us-west-2}}
`

var printedProblem = regexp.MustCompile(`(?m)^\s*- property (.*?) ? has a problem: (.*)$`)

// What a user sees of bad input: every failure with its property's path, at preview, and never a value. The engine
// prints the value of a property whose path resolves.
func TestBadInputAtPreview(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	const all = harness.Organization + "/" + stack
	dir := write(t, h, "name: "+project+"\nruntime: go\n")
	_, err := h.Pulumi(t.Context(), dir, "stack", "init", all)
	require.NoError(t, err)
	var mu sync.Mutex
	var reasons []string
	atOnce := make(chan struct{}, 3)
	t.Run("programs", func(t *testing.T) {
		for name, program := range allBadPrograms() {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				atOnce <- struct{}{}
				defer func() { <-atOnce }()
				found := program.refused(t, h, dir, all)
				mu.Lock()
				defer mu.Unlock()
				reasons = append(reasons, found...)
			})
		}
	})
	assert.Equal(t, []string{all}, h.Cloud.Stacks(), "something was made")
	if !t.Failed() {
		everyMessageIsPrinted(t, reasons)
	}
}

func allBadPrograms() map[string]badProgram {
	all := maps.Clone(badPrograms)
	maps.Copy(all, badDefinitions)
	maps.Copy(all, badUnknowns)
	maps.Copy(all, badForCommands)
	maps.Copy(all, badForPlatforms)
	maps.Copy(all, badUnused)
	maps.Copy(all, badTags)
	return all
}

// refused previews a program and demands that the engine prints what is wanted, nothing else, and no value. It returns
// the reasons.
func (b badProgram) refused(t *testing.T, h *harness.Harness, dir, stack string) []string {
	t.Helper()
	inputs := map[string]property.Value{}
	maps.Insert(inputs, inputsOf(t, goodInputs).All)
	maps.Insert(inputs, inputsOf(t, b.inputs).All)
	program := &inlineProgram{inputs: property.NewMap(inputs), explicit: b.explicit}
	result, err := program.preview(t, h, dir, stack)
	require.Error(t, err)
	output := result.Stdout + result.Stderr
	assert.NotContains(t, strings.ToLower(output), "hunter2")
	var printed, reasons []string
	for _, match := range printedProblem.FindAllStringSubmatch(output, -1) {
		printed = append(printed, match[1]+": "+match[2])
		reasons = append(reasons, match[2])
	}
	require.NotEmpty(t, printed, output)
	slices.Sort(printed)
	printed = slices.Compact(printed)
	var missing []string
	for _, want := range b.want {
		i := slices.IndexFunc(printed, func(line string) bool { return strings.HasPrefix(line, want) })
		if i < 0 {
			missing = append(missing, want)
			continue
		}
		printed = slices.Delete(printed, i, i+1)
	}
	assert.Empty(t, missing, "not printed")
	assert.Empty(t, printed, "printed besides")
	return reasons
}

// The same from a language that looks at the inputs first: Pulumi YAML stops misspelled properties and wrong types
// itself, and hands on the rest.
func TestBadInputInYAML(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	dir := write(t, h, oneSync("schedule: x\nname: 'a b'\nimports: [x]\ndestination: {}\n"))
	result, err := h.Preview(t.Context(), dir, stack)
	require.Error(t, err)
	for _, path := range []string{"schedule", "name", "imports[0]", "destination", "value"} {
		assert.Contains(t, result.Stdout, "property "+path)
	}
}

// A backend without organizations, such as a folder, has none for the sync either.
func TestBadInputOnABackendWithoutOrganizations(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	h := harness.New(t, harness.Options{Environment: []string{"PULUMI_BACKEND_URL=file://" + state}})
	dir := write(t, h, "name: "+project+"\nruntime: go\n")
	const all = "organization/" + stack
	_, err := h.Pulumi(t.Context(), dir, "stack", "init", all)
	require.NoError(t, err)
	bad := badProgram{want: []string{"organization: must be given: this program's backend has no organizations"}}
	bad.refused(t, h, dir, all)
	_, err = os.Stat(filepath.Join(state, ".pulumi"))
	require.NoError(t, err, "the backend was not used")
}
