package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var schemaFile = filepath.Join("..", "..", "schema.json")

// program writes a YAML program with one resource into a new folder.
func program(t *testing.T, resource string) string {
	t.Helper()
	folder := t.TempDir()
	text := "name: usage\ndescription: Show it\nruntime: yaml\nresources:\n  db:\n" + resource
	if err := os.WriteFile(filepath.Join(folder, "EscSync.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// An ESC interpolation in YAML must not become an interpolation of the program.
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

// The schema of another package is read from the folder beside that of the programs.
func TestAnotherPackageIsReadFromItsSchema(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for file, text := range map[string]string{
		"programs/Cluster.yaml": "name: usage\nruntime: yaml\nresources:\n  cluster:\n    type: pulumi:providers:some\n" +
			"    properties:\n      deep: true\n",
		"packages/some.json": `{"name": "some", "version": "1.0.0",
			"provider": {"inputProperties": {"deep": {"type": "boolean"}}}}`,
	} {
		path := filepath.Join(folder, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(folder, "programs.json")
	if err := run(schemaFile, filepath.Join(folder, "programs"), out); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "pulumi:providers:some") {
		t.Errorf("no provider in %s", text)
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
