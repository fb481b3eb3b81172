package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var schemaFile = filepath.Join("..", "..", "schema.json")

// program writes a YAML program with one resource into a folder of its own.
func program(t *testing.T, resource string) string {
	t.Helper()
	folder := t.TempDir()
	text := "name: usage\ndescription: Show it\nruntime: yaml\nresources:\n  db:\n" + resource
	if err := os.WriteFile(filepath.Join(folder, "EscSync.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// What stands for ESC in YAML must not become an interpolation of the program.
func TestProgramsAreConverted(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "programs.json")
	folder := program(t, "    type: escsync:EscSync\n    properties:\n      value: $${database.user}\n"+
		"      destination: {awsSecretsManager: {name: n}}\n")
	if err := run(schemaFile, folder, out); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var programs map[string]string
	if err := json.Unmarshal(text, &programs); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`resource db "escsync:index:EscSync"`, `value = "$${database.user}"`} {
		if !strings.Contains(programs["EscSync"], part) {
			t.Errorf("no %q in %q", part, programs)
		}
	}
}

func TestWhatCannotBeConvertedIsAnError(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ folder, want string }{
		"another package": {program(t, "    type: aws:s3:Bucket\n"), `"aws"`},
		"no such variable": {
			program(t, "    type: escsync:EscSync\n    properties:\n      value: ${absent}\n"), "absent",
		},
		"no programs": {t.TempDir(), "no programs in"},
		"no folder":   {"", "give the folder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := run(schemaFile, test.folder, filepath.Join(t.TempDir(), "programs.json"))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got the error %v, want one with %q", err, test.want)
			}
		})
	}
}
