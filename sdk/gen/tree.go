package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
)

// handWritten are the files of an SDK that are written by hand.
var handWritten = map[string]bool{"go.mod": true, "go.sum": true}

// built are the folders that language tools create in an SDK.
var built = map[string]bool{
	"node_modules": true, "bin": true, "obj": true, "target": true, "build": true, "dist": true, "__pycache__": true,
	".venv": true, ".mypy_cache": true, "pulumi_escsync.egg-info": true,
}

// write replaces the contents of a folder with the given files. It keeps files that are written by hand or built.
func write(folder string, made files) error {
	present, err := generated(folder)
	if err != nil {
		return err
	}
	for _, path := range present {
		if _, found := made[path]; !found {
			if err := os.Remove(filepath.Join(folder, filepath.FromSlash(path))); err != nil {
				return err
			}
		}
	}
	for path, text := range made {
		file := filepath.Join(folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // a folder of the repository
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil { //nolint:gosec // a file of the repository
			return err
		}
	}
	return nil
}

// compare returns an error that lists the files that write would change.
func compare(folder string, made files) error {
	present, err := generated(folder)
	if err != nil {
		return err
	}
	var drift []error
	for _, path := range present {
		if _, found := made[path]; !found {
			drift = append(drift, fmt.Errorf("  %s: should not be there", filepath.Join(folder, path)))
		}
	}
	paths := make([]string, 0, len(made))
	for path := range made {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		file := filepath.Join(folder, filepath.FromSlash(path))
		text, err := os.ReadFile(file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			drift = append(drift, fmt.Errorf("  %s: missing", file))
		case err != nil:
			return err
		case !bytes.Equal(text, made[path]):
			drift = append(drift, fmt.Errorf("  %s: differs", file))
		}
	}
	return errors.Join(drift...)
}

// generated returns the paths of a folder's files that are neither written by hand nor built, relative to the folder.
func generated(folder string) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && built[entry.Name()]:
			return filepath.SkipDir
		case entry.IsDir() || handWritten[entry.Name()]:
			return nil
		}
		relative, err := filepath.Rel(folder, path)
		paths = append(paths, filepath.ToSlash(relative))
		return err
	})
	return paths, err
}
