// Package toolcache finds the tools that the Makefile has built into the tool cache, by the versions that the
// repository pins.
package toolcache

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The files that pin versions, in the repository's folder of tools.
const (
	// Tools pins the tools that run programs: the CLI, the language hosts, the AWS emulator.
	Tools = "versions.env"
	// Servers pins the platforms' own servers.
	Servers = "platforms.env"
)

// Server returns the path of a platform's server in the tool cache. variable is its version's name in Servers.
func Server(program, variable string) (string, error) {
	repository, err := Repository()
	if err != nil {
		return "", err
	}
	versions, err := Versions(repository, Servers)
	if err != nil {
		return "", err
	}
	version := versions[variable]
	if version == "" {
		return "", fmt.Errorf("%s has no %s: add it", pins(repository, Servers), variable)
	}
	cache, err := Folder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "bin", program+"-"+version, program)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%s is missing: run `make platform_tools`", path)
	}
	return path, nil
}

// Folder returns the tool cache. Default: .cache/escsync in the home folder. The environment variable ESCSYNC_CACHE
// overrides it.
func Folder() (string, error) {
	if cache := os.Getenv("ESCSYNC_CACHE"); cache != "" {
		return cache, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("finding the tool cache: %w", err)
	}
	return filepath.Join(home, ".cache", "escsync"), nil
}

// Repository returns the top folder of this repository: the nearest one above the working folder that pins the tools.
// go test runs in the folder of the package, and the demo anywhere.
func Repository() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the repository: %w", err)
	}
	for folder := start; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(pins(folder, Tools)); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("%s is not in the escsync repository: run this from inside it", start)
		}
	}
}

// Versions reads the pins of a file, Tools or Servers: lines NAME = VALUE, as make includes them.
func Versions(repository, name string) (map[string]string, error) {
	file, err := os.Open(pins(repository, name))
	if err != nil {
		return nil, fmt.Errorf("reading the versions of the tools: %w", err)
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
		return nil, fmt.Errorf("reading the versions of the tools: %w", err)
	}
	return versions, nil
}

func pins(repository, name string) string { return filepath.Join(repository, "tests", "tools", name) }
