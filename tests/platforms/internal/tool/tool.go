// Package tool finds the servers that the Makefile built into the tool cache.
package tool

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// versionsFile pins the tools. The folder that holds it is the repository.
var versionsFile = filepath.Join("tests", "tools", "platforms.env")

// Find returns the path of a program in the tool cache, in the version that platforms.env pins by variable. The
// environment variable ESCSYNC_CACHE moves the cache.
func Find(program, variable string) (string, error) {
	repository, err := Repository()
	if err != nil {
		return "", err
	}
	versions, err := Versions(repository)
	if err != nil {
		return "", err
	}
	version := versions[variable]
	if version == "" {
		return "", fmt.Errorf("%s has no %s: add it", versionsFile, variable)
	}
	cache := os.Getenv("ESCSYNC_CACHE")
	if cache == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("finding the tool cache: %w", err)
		}
		cache = filepath.Join(home, ".cache", "escsync")
	}
	path := filepath.Join(cache, "bin", program+"-"+version, program)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%s is missing: run `make platform_tools`", path)
	}
	return path, nil
}

// Repository returns the top folder of this repository: the nearest one above the working folder that pins the tools.
func Repository() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the repository: %w", err)
	}
	for folder := start; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, versionsFile)); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("%s is not in the escsync repository: run this from inside it", start)
		}
	}
}

// Versions reads the pins: lines NAME = VALUE, as make includes them.
func Versions(repository string) (map[string]string, error) {
	file, err := os.Open(filepath.Join(repository, versionsFile))
	if err != nil {
		return nil, fmt.Errorf("reading the versions of the servers: %w", err)
	}
	defer file.Close()
	versions := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		name, value, found := strings.Cut(lines.Text(), "=")
		if found && !strings.HasPrefix(name, "#") {
			versions[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the versions of the servers: %w", err)
	}
	return versions, nil
}
