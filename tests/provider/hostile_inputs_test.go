package provider_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostile are texts that a shell would split or drop.
var hostile = map[string]string{
	"command":   "x$(touch hit)",
	"backticks": "x`touch hit`",
	"quotes":    `x'"; touch hit; '"`,
	"newline":   "x\ntouch hit\n",
	"semicolon": "x; touch hit",
	"option":    "--exec=touch hit",
	"pipe":      "x | touch hit & touch hit",
	"redirect":  "x > hit",
	"NUL":       "x\x00touch hit",
	"unicode":   "x\u202e\u2028 ü🙂",
	"escape":    "x\x1b[2J\r",
}

// Any text in an input is either refused with the input's path, or changes no command of the sync.
func TestEscSyncRunsNoCommandOfAnInput(t *testing.T) {
	t.Parallel()
	stub := stubCLI(t)
	ordinary := commandsOf(t, construct(t, escSync(patternInputs(nil))))
	for path, typ := range inputPaths(t) {
		if path == "deployment.preRunCommands" { // are commands
			continue
		}
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			for name, text := range hostile {
				for _, value := range hostileValues(typ, text) {
					in := hostileInputs(path, value)
					r := construct(t, escSync(patternInputs(in)))
					if r.err != nil {
						assertRefused(t, r, path, name)
						continue
					}
					if commands := commandsOf(t, r); !slices.Equal(commands, ordinary) {
						assertRunsNothing(t, commands, stub, name)
					}
				}
			}
		})
	}
}

// hostileValues returns values of an input's type that contain a text.
func hostileValues(typ schema.TypeSpec, text string) []property.Value {
	switch {
	case typ.Type == "array":
		return []property.Value{list(str(text))}
	case typ.Type == "object":
		return []property.Value{obj(props{"A": str(text)}), obj(props{text: str("x")})}
	case typ.Ref == "pulumi.json#/Any":
		return []property.Value{str(text), obj(props{"a": str(text)}), obj(props{text: str("x")})}
	}
	return []property.Value{str(text)}
}

// hostileInputs returns inputs with a value at a path, and the other inputs that it requires.
func hostileInputs(path string, value property.Value) props {
	keys := strings.Split(path, ".")
	if keys[0] == "destination" {
		if keys[1] == "custom" {
			in := source(props{"project": str("mine")})
			in["destination"] = obj(props{"custom": obj(props{keys[2]: value})})
			return in
		}
		return props{"destination": obj(props{keys[1]: obj(settingsWith(keys, value))}), "deletionPolicy": str("Delete")}
	}
	in := maps.Clone(inputRows[path].in)
	in[keys[0]] = put(in[keys[0]], keys[1:], value)
	return in
}

// put replaces the value at keys, in the first element of every list on the path.
func put(in property.Value, keys []string, value property.Value) property.Value {
	if len(keys) == 0 {
		return value
	}
	if in.IsArray() {
		return list(put(in.AsArray().Get(0), keys, value))
	}
	object := props{}
	if in.IsMap() {
		maps.Insert(object, in.AsMap().All)
	}
	object[keys[0]] = put(object[keys[0]], keys[1:], value)
	return obj(object)
}

// assertRefused requires that an input was refused at its own path, or at an input that it makes invalid.
func assertRefused(t *testing.T, r constructed, path, name string) {
	t.Helper()
	top, _, _ := strings.Cut(path, ".")
	paths := refused(t, r)
	require.NotEmpty(t, paths, "%s: %v", name, r.err)
	for _, at := range paths {
		// A renamed key, or a value that is too long, is reported at the path of the value.
		assert.True(t, strings.HasPrefix(at, top) || strings.HasPrefix(at, "value"), "%s: refused at %s", name, at)
	}
}

// assertRunsNothing runs the sync's own commands in a real shell, with a CLI that only records its arguments.
func assertRunsNothing(t *testing.T, commands []string, stub, name string) {
	t.Helper()
	dir := t.TempDir()
	for _, command := range commands {
		cmd := exec.Command("bash", "-c", command)
		cmd.Dir, cmd.Env = dir, []string{"PATH=" + stub + ":" + os.Getenv("PATH"), "HOME=" + dir, "CALLS=" + dir + "/calls"}
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s: %s", name, command, out)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, entry := range entries {
		assert.Contains(t, []string{"calls", "sync.json"}, entry.Name(), "%s has run a command", name)
	}
	calls, err := os.ReadFile(filepath.Join(dir, "calls"))
	require.NoError(t, err)
	for call := range strings.SplitSeq(strings.TrimSuffix(string(calls), "\n"), "\n") {
		assert.Regexp(t, `^(env open|config env add) [A-Za-z0-9_./-]+( [A-Za-z0-9_./-]+)*$`, call, name)
	}
}

// commandsOf returns the pre-run commands of the sync's deployments.
func commandsOf(t *testing.T, r constructed) []string {
	t.Helper()
	require.NoError(t, r.err)
	var commands []string
	for _, command := range at(r.child(t, settingsType).Inputs, operation+"preRunCommands").AsArray().All {
		commands = append(commands, command.AsString())
	}
	require.GreaterOrEqual(t, len(commands), 2)
	return commands
}

// stubCLI creates a folder with a stand-in for the CLI, which records its arguments and prints a base64 text.
func stubCLI(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	script := "#!/bin/bash\necho \"$*\" >> \"$CALLS\"\necho eA==\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pulumi"), []byte(script), 0o700))
	return dir
}
