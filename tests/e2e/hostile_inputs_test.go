package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// hostile are texts that make the file $HIT where a shell takes them for a command, or that a command takes for an
// option, or that end early where somebody counts on a NUL.
var hostile = []string{
	`x$(touch "$HIT")`,
	"x`touch $HIT`",
	`x'"; touch "$HIT"; '"`,
	"x\ntouch $HIT\n",
	`x; touch $HIT`,
	`x | touch $HIT & touch $HIT #`,
	"x\u202e ü🙂 > $HIT",
	`$HIT`,
	`--help; touch "$HIT"`,
	`-c touch $HIT`,
	"x\x00; touch $HIT",
}

// withoutNUL is a text for all but values: elsewhere a NUL is refused, see tests/provider.
func withoutNUL(text string) string { return strings.ReplaceAll(text, "\x00", "") }

// below puts a text that begins with a hyphen below a folder: as a name of its own it is refused, as a NUL is.
func below(text string) string {
	if strings.HasPrefix(text, "-") {
		return "a/" + text
	}
	return text
}

// literalTarget is a target program that gives back what it was given.
const literalTarget = `name: literal
runtime: yaml
config:
  secretName: {type: string}
outputs:
  name: ${secretName}
  value: {fn::readFile: ./sync.json}
  variable: {fn::readFile: ./variable.txt}
`

// What stands in a name, a folder, a branch, a variable or a value reaches a custom program as it is, through the
// shells of the deployment, and runs nothing there.
func TestHostileInputsReachACustomProgramAsTheyAre(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	hit := filepath.Join(t.TempDir(), "hit")
	resources := map[string]any{}
	for i, bad := range hostile {
		name := withoutNUL(bad)
		folder := below(strings.ReplaceAll(name, "/", ""))
		branch := hostileBranch(bad)
		resources[fmt.Sprintf("s%d", i)] = map[string]any{"type": "escsync:EscSync", "properties": map[string]any{
			"name": fmt.Sprintf("s%d", i), "value": bad, "initialSync": map[string]bool{"enabled": false},
			"destination": map[string]any{"custom": map[string]string{"name": name}},
			"source": map[string]string{
				"repoUrl": "file://" + commitLiteralTarget(t, folder, branch), "project": "literal",
				"repoDir": folder, "branch": strings.ReplaceAll(branch, "${", "$${"),
			},
			"deployment": map[string]any{
				"environmentVariables": map[string]string{"HIT": hit, "HOSTILE": name},
				"preRunCommands":       []string{`printf %s "$HOSTILE" > variable.txt`},
			},
		}}
	}
	dir := write(t, h, text(t, map[string]any{"name": project, "runtime": "yaml", "resources": resources}))
	up(t, h, dir)
	for i, bad := range hostile {
		target := fmt.Sprintf("literal/s%d", i)
		_, err := h.Deploy(t.Context(), "update", target)
		require.NoError(t, err)
		run := lastRun(t, h, target)
		require.Equal(t, "succeeded", run.Status, "%q: %s", bad, run.Log)
		result, err := h.Pulumi(t.Context(), dir, "stack", "output", "--json", "--stack", harness.Organization+"/"+target)
		require.NoError(t, err)
		var outputs map[string]string
		require.NoError(t, json.Unmarshal([]byte(result.Stdout), &outputs))
		name := withoutNUL(bad)
		assert.Equal(t, map[string]string{"name": name, "value": bad, "variable": name}, outputs)
	}
	assert.NoFileExists(t, hit)
}

// A reference reaches a custom program as what it stands for: an object as JSON, a string as it is, be it one that
// looks like JSON.
func TestReferencesReachACustomProgram(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	source := map[string]string{
		"repoUrl": "file://" + commitLiteralTarget(t, "target", "extra"), "branch": "main",
		"repoDir": "target", "project": "literal",
	}
	resources := map[string]any{}
	for name, value := range map[string]string{"object": "$${db}", "string": "$${note}", "text": `"quoted" by itself`} {
		resources[name] = map[string]any{"type": "escsync:EscSync", "properties": map[string]any{
			"name": name, "value": value, "source": source,
			"environmentValues": map[string]any{
				"db": map[string]any{"user": "bob", "ports": []int{1, 2}}, "note": `"quoted" in ESC`,
			},
			"destination": map[string]any{"custom": map[string]string{"name": name}},
			"deployment":  map[string]any{"preRunCommands": []string{"touch variable.txt"}},
		}}
	}
	dir := write(t, h, text(t, map[string]any{"name": project, "runtime": "yaml", "resources": resources}))
	up(t, h, dir)
	for name, want := range map[string]string{
		"object": `{"db":{"user":"bob","ports":[1,2]}}`, "string": `"quoted" in ESC`, "text": `"quoted" by itself`,
	} {
		run := lastRun(t, h, "literal/"+name)
		require.Equal(t, "succeeded", run.Status, run.Log)
		result, err := h.Pulumi(t.Context(), dir, "stack", "output", "value",
			"--stack", harness.Organization+"/literal/"+name)
		require.NoError(t, err)
		got := strings.TrimSuffix(result.Stdout, "\n")
		if name == "object" {
			assert.JSONEq(t, want, `{"db":`+got+`}`)
			continue
		}
		assert.Equal(t, want, got)
	}
}

// hostileBranch makes a branch of a text: git allows most of what a shell looks at, but no space.
func hostileBranch(text string) string {
	text = strings.NewReplacer(" ", "${IFS}", "\n", ";", "\x00", "").Replace(text)
	return below(strings.TrimRight(strings.TrimLeft(text, ";"), "/"))
}

// commitLiteralTarget commits the program below a folder on a branch of a new repository.
func commitLiteralTarget(t *testing.T, folder, branch string) string {
	t.Helper()
	program := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(program, "Pulumi.yaml"), []byte(literalTarget), 0o600))
	repository := harness.CommitFolder(t, program, folder)
	cmd := exec.Command("git", "branch", "--", branch)
	cmd.Dir = repository
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return repository
}

// The same for the built-in program: keys, descriptions and variables. (Values are in TestHostileValuesArriveAsTheyAre,
// names are refused: tests/provider.)
func TestHostileInputsReachTheBuiltInProgramAsTheyAre(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	hit := filepath.Join(t.TempDir(), "hit")
	values, variables := map[string]string{}, map[string]string{"HIT": hit}
	var commands []string
	for i, bad := range hostile {
		values[bad] = bad
		variables[fmt.Sprintf("HOSTILE_%d", i)] = withoutNUL(bad)
		commands = append(commands, fmt.Sprintf(`test "$(printenv HOSTILE_%[1]d; echo .)" = "$HOSTILE_%[1]d"$'\n.'`, i))
	}
	up(t, h, write(t, h, text(t, map[string]any{
		"name": project, "runtime": "yaml", "resources": map[string]any{"db": map[string]any{
			"type": "escsync:EscSync", "properties": map[string]any{
				"value": values, "initialSync": map[string]bool{"enabled": false},
				"destination": map[string]any{"awsSecretsManager": map[string]any{
					"name": "hostile", "region": region, "description": withoutNUL(strings.Join(hostile, " ")),
				}},
				"environmentValues": map[string]any{"environmentVariables": map[string]string{"FROM_ESC": hostile[0]}},
				"deployment":        map[string]any{"environmentVariables": variables, "preRunCommands": commands},
			},
		}},
	})))
	_, err := h.Deploy(t.Context(), "update", awsTarget)
	require.NoError(t, err)
	run := lastRun(t, h, awsTarget)
	require.Equal(t, "succeeded", run.Status, run.Log)
	got := map[string]string{}
	require.NoError(t, json.Unmarshal([]byte(secretValue(t, h, "hostile")), &got))
	assert.Equal(t, values, got)
	assert.NoFileExists(t, hit)
}
