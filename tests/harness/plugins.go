package harness

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"github.com/blang/semver"
)

// Plugin is a Pulumi plugin that the engine finds on the Harness's PATH.
type Plugin struct {
	// Name is that of the package, such as "aws".
	Name string
	// Path is the binary.
	Path string
	// Real tells a published plugin from a stand-in.
	Real bool
}

const pluginPrefix = "pulumi-resource-"

// replaceable are the stand-ins whose place a real plugin takes where there is one. A real plugin of a cloud platform
// would refuse the emulators.
var replaceable = map[string]bool{"pulumiservice": true}

// linkPlugins makes a folder that holds this repository's plugin and, for each stand-in, the real plugin if there is
// one that works against the local servers, else the stand-in.
func linkPlugins(tools Tools, folder string) ([]Plugin, error) {
	plugins := []Plugin{{Name: "escsync", Path: tools.Provider, Real: true}}
	standIns, err := filepath.Glob(filepath.Join(tools.Plugins, pluginPrefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("listing the stand-in plugins: %w", err)
	}
	for _, path := range standIns {
		plugin := Plugin{Name: strings.TrimPrefix(filepath.Base(path), pluginPrefix), Path: path}
		if replaceable[plugin.Name] {
			if found := findReal(plugin.Name); found != "" {
				plugin.Path, plugin.Real = found, true
			}
		}
		plugins = append(plugins, plugin)
	}
	for _, plugin := range plugins {
		if err := os.Symlink(plugin.Path, filepath.Join(folder, pluginPrefix+plugin.Name)); err != nil {
			return nil, fmt.Errorf("linking the %s plugin: %w", plugin.Name, err)
		}
	}
	return plugins[1:], nil
}

// findReal returns the published plugin that ESCSYNC_<NAME>_PLUGIN names, or that is on PATH, or the newest one in the
// caller's plugin cache; "" where there is none.
func findReal(name string) string {
	if named := os.Getenv("ESCSYNC_" + strings.ToUpper(name) + "_PLUGIN"); named != "" {
		return named
	}
	if found, err := exec.LookPath(pluginPrefix + name); err == nil {
		return found
	}
	home := os.Getenv("PULUMI_HOME")
	if home == "" {
		user, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		home = filepath.Join(user, ".pulumi")
	}
	return newestCached(filepath.Join(home, "plugins"), name)
}

// newestCached returns the plugin of the highest version in a plugin cache.
func newestCached(cache, name string) string {
	prefix := "resource-" + name + "-v"
	folders, err := filepath.Glob(filepath.Join(cache, prefix+"*"))
	if err != nil {
		return ""
	}
	versions := map[string]semver.Version{}
	for _, folder := range folders {
		version, err := semver.Parse(strings.TrimPrefix(filepath.Base(folder), prefix))
		binary := filepath.Join(folder, pluginPrefix+name)
		if _, missing := os.Stat(binary); err == nil && missing == nil {
			versions[binary] = version
		}
	}
	binaries := make([]string, 0, len(versions))
	for binary := range versions {
		binaries = append(binaries, binary)
	}
	if len(binaries) == 0 {
		return ""
	}
	sort.Slice(binaries, func(i, j int) bool { return versions[binaries[i]].GT(versions[binaries[j]]) })
	return binaries[0]
}
