package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteLeavesExactlyTheGeneratedFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, path := range []string{"stale.go", "go.mod", "node_modules/dependency.js"} {
		file := filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	made := files{"a.go": []byte("a"), "deep/b.go": []byte("b")}

	err := compare(folder, made)
	for _, line := range []string{"stale.go: should not be there", "a.go: missing", "b.go: missing"} {
		if err == nil || !strings.Contains(err.Error(), line) {
			t.Errorf("%v does not say %q", err, line)
		}
	}
	if err := write(folder, made); err != nil {
		t.Fatal(err)
	}
	if err := compare(folder, made); err != nil {
		t.Errorf("after writing: %v", err)
	}
	for path, want := range map[string]bool{"stale.go": false, "go.mod": true, "node_modules/dependency.js": true} {
		if _, err := os.Stat(filepath.Join(folder, path)); (err == nil) != want {
			t.Errorf("%s: %v, want present: %t", path, err, want)
		}
	}
	made["a.go"] = []byte("changed")
	if err := compare(folder, made); err == nil || !strings.Contains(err.Error(), "a.go: differs") {
		t.Errorf("a changed file: %v", err)
	}
}
