package e2e

import (
	"encoding/base64"
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

// hostile are texts that create the file $HIT if a shell runs them, that a command could read as an option, or that a
// NUL could cut off.
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

// withoutNUL returns a text for anything but values: elsewhere a NUL is refused, see tests/provider.
func withoutNUL(text string) string { return strings.ReplaceAll(text, "\x00", "") }

// below prefixes a text that begins with a hyphen with a folder, because a name with a leading hyphen is refused.
func below(text string) string {
	if strings.HasPrefix(text, "-") {
		return "a/" + text
	}
	return text
}

// literalTarget is a target program that outputs its inputs.
const literalTarget = `name: literal
runtime: yaml
config:
  secretName: {type: string}
outputs:
  name: ${secretName}
  value: {fn::readFile: ./sync.json}
  variable: {fn::readFile: ./variable.txt}
`

// Names, folders, branches, variables and values reach a custom program unchanged, through the shells of the
// deployment, and run nothing there. A reference arrives as its value: an object as JSON, and a string as it is, even
// if it looks like JSON.
func TestHostileInputsReachACustomProgramAsTheyAre(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{RealExecutor: true})
	hit := filepath.Join(t.TempDir(), "hit")
	resources, want := map[string]any{}, map[string]map[string]any{}
	for i, bad := range hostile {
		name, variable := fmt.Sprintf("s%d", i), withoutNUL(bad)
		resources[name] = hostileSync(t, name, bad, hit)
		want[name] = map[string]any{"name": variable, "value": bad, "variable": variable}
	}
	addReferences(t, resources, want)
	up(t, h, write(t, h, text(t, map[string]any{"name": project, "runtime": "yaml", "resources": resources})))
	for name, outputs := range want {
		run := lastRun(t, h, "literal/"+name)
		require.Equal(t, "succeeded", run.Status, "%q: %s", outputs, run.Log)
		assert.Equal(t, outputs, outputsOf(t, h, "literal/"+name))
	}
	assert.NoFileExists(t, hit)
}

// hostileSync returns a sync with a hostile text wherever one is allowed.
func hostileSync(t *testing.T, stackName, bad, hit string) map[string]any {
	t.Helper()
	name := withoutNUL(bad)
	folder := below(strings.ReplaceAll(name, "/", ""))
	branch := hostileBranch(bad)
	return map[string]any{"type": "escsync:EscSync", "properties": map[string]any{
		"name": stackName, "value": bad,
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

// addReferences adds syncs whose values are references, or look like the value of one.
func addReferences(t *testing.T, resources map[string]any, want map[string]map[string]any) {
	t.Helper()
	source := map[string]string{
		"repoUrl": "file://" + commitLiteralTarget(t, "target", "extra"), "branch": "main",
		"repoDir": "target", "project": "literal",
	}
	for name, value := range map[string]struct{ given, want string }{
		"object": {"$${db}", `{"ports":[1,2],"user":"bob"}`},
		"string": {"$${note}", `"quoted" in ESC`},
		"text":   {`"quoted" by itself`, `"quoted" by itself`},
	} {
		resources[name] = map[string]any{"type": "escsync:EscSync", "properties": map[string]any{
			"name": name, "value": value.given, "source": source,
			"environmentValues": map[string]any{
				"db": map[string]any{"user": "bob", "ports": []int{1, 2}}, "note": `"quoted" in ESC`,
			},
			"destination": map[string]any{"custom": map[string]string{"name": name}},
			"deployment":  map[string]any{"preRunCommands": []string{"touch variable.txt"}},
		}}
		want[name] = map[string]any{"name": name, "value": value.want, "variable": ""}
	}
}

// outputsOf returns the outputs of the stack project/stack.
func outputsOf(t *testing.T, h *harness.Harness, stack string) map[string]any {
	t.Helper()
	for _, r := range resourcesOf(t, h, stack) {
		if r.Type == "pulumi:pulumi:Stack" {
			return r.Outputs
		}
	}
	require.Failf(t, "no state", "%s", stack)
	return nil
}

// hostileBranch turns a text into a valid branch name: git allows most characters that a shell interprets, but no
// space.
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

// arriving are texts that reach the built-in program only as values.
var arriving = map[string]string{
	"newlines":    "a\nb\r\nc\n",
	"semicolon":   "; exit 1",
	"option":      "--force",
	"dollars":     "$ $$ ${x} $${x} $HOME",
	"unicode":     "\u00fc \U0001f642 \u2028 \u202e",
	"backslashes": `\ \\ \n \u0024`,
	"json":        `{"a": [1, 2]}`,
	"control":     "\x01\x7f\t",
	"NUL":         "a\x00; touch $HIT",
	"yaml":        "- a: &b *c #d",
}

// Keys, values, descriptions and variables reach the built-in program unchanged, through every shell, file and
// interpolation. (Names are refused: tests/provider.)
func TestHostileInputsReachTheBuiltInProgramAsTheyAre(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{RealExecutor: true})
	hit := filepath.Join(t.TempDir(), "hit")
	want, values, variables := map[string]string{}, map[string]any{}, map[string]string{"HIT": hit}
	var commands []string
	for i, bad := range hostile {
		want[bad], values[bad] = bad, bad
		variables[fmt.Sprintf("HOSTILE_%d", i)] = withoutNUL(bad)
		commands = append(commands, fmt.Sprintf(`test "$(printenv HOSTILE_%[1]d; echo .)" = "$HOSTILE_%[1]d"$'\n.'`, i))
	}
	for key, value := range arriving {
		want[key] = value
		// Base64, because Pulumi YAML interpolates too.
		values[key] = map[string]any{"fn::secret": map[string]any{
			"fn::fromBase64": base64.StdEncoding.EncodeToString([]byte(value)),
		}}
	}
	up(t, h, write(t, h, text(t, map[string]any{
		"name": project, "runtime": "yaml", "resources": map[string]any{"db": map[string]any{
			"type": "escsync:EscSync", "properties": map[string]any{
				"value": values,
				"destination": map[string]any{"awsSecretsManager": map[string]any{
					"name": "hostile", "region": region, "description": withoutNUL(strings.Join(hostile, " ")),
				}},
				"environmentValues": map[string]any{"environmentVariables": map[string]string{"FROM_ESC": hostile[0]}},
				"deployment":        map[string]any{"environmentVariables": variables, "preRunCommands": commands},
			},
		}},
	})))
	run := lastRun(t, h, awsTarget)
	require.Equal(t, "succeeded", run.Status, run.Log)
	got := map[string]string{}
	require.NoError(t, json.Unmarshal([]byte(secretValue(t, h, "hostile")), &got))
	assert.Equal(t, want, got)
	assert.NoFileExists(t, hit)
}

func text(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}
