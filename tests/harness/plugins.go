package harness

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// Plugin is a Pulumi plugin installed for the Harness.
type Plugin struct {
	// Name is the package's name, such as "aws".
	Name string
	// Path is the path of the binary.
	Path string
	// Real reports whether the plugin is a published one, and not a stand-in.
	Real bool
}

const (
	resourcePrefix = "pulumi-resource-"
	languagePrefix = "pulumi-language-"
)

// installPlugins fills a folder as PULUMI_HOME/plugins: this repository's plugin, the language hosts that are not
// beside the CLI, and each stand-in. If ESCSYNC_<NAME>_PLUGIN names a published plugin, that replaces the stand-in. It
// returns the plugins of other providers.
//
// Plugins are not on PATH, because the CLI warns about each plugin that it finds there.
func installPlugins(tools Tools, folder string) ([]Plugin, error) {
	if err := install(folder, "resource-escsync-v"+version.Version, tools.Provider); err != nil {
		return nil, err
	}
	if err := installHosts(tools, folder); err != nil {
		return nil, err
	}
	standIns, err := filepath.Glob(filepath.Join(tools.Plugins, "resource-*", resourcePrefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("listing the stand-in plugins: %w", err)
	}
	var plugins []Plugin
	for _, path := range standIns {
		plugin := Plugin{Name: strings.TrimPrefix(filepath.Base(path), resourcePrefix), Path: path}
		if published := os.Getenv(pluginVariable(plugin.Name)); published != "" {
			if _, err := os.Stat(published); err != nil {
				return nil, fmt.Errorf("%s names no plugin: %w", pluginVariable(plugin.Name), err)
			}
			plugin.Path, plugin.Real = published, true
		}
		if err := install(folder, filepath.Base(filepath.Dir(path)), plugin.Path); err != nil {
			return nil, err
		}
		plugins = append(plugins, plugin)
	}
	return plugins, nil
}

// pluginVariable returns the name of the environment variable for the published plugin of a package, such as
// ESCSYNC_AZURE_NATIVE_PLUGIN. A published plugin is used only on request, because most refuse the tests' servers.
func pluginVariable(name string) string {
	return "ESCSYNC_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_")) + "_PLUGIN"
}

// installHosts installs the language hosts of Tools.LanguageHosts. Their folders are named pulumi-language-x-v1.2.3.
func installHosts(tools Tools, folder string) error {
	for _, host := range tools.LanguageHosts {
		name := strings.TrimPrefix(filepath.Base(host), languagePrefix)
		language, _, versioned := strings.Cut(name, "-v")
		binary := filepath.Join(host, languagePrefix+language)
		if _, err := os.Stat(binary); err != nil || !versioned {
			continue // not built: a program that needs it fails and names it
		}
		if err := install(folder, "language-"+name, binary); err != nil {
			return err
		}
		// The Python host looks for a script beside itself.
		script := binary + "-exec"
		if _, err := os.Stat(script); err != nil {
			continue
		}
		if err := os.Symlink(script, filepath.Join(folder, "language-"+name, filepath.Base(script))); err != nil {
			return fmt.Errorf("installing language-%s: %w", name, err)
		}
	}
	return nil
}

// install links a binary in a new folder. The folder itself is not a link, because the CLI skips links.
func install(folder, name, binary string) error {
	absolute, err := filepath.Abs(binary)
	if err != nil {
		return fmt.Errorf("installing %s: %w", name, err)
	}
	// The CLI looks for this name. The file of a published plugin may have another.
	file := resourcePrefix
	kind, rest, _ := strings.Cut(name, "-")
	if kind == "language" {
		file = languagePrefix
	}
	file += rest[:strings.LastIndex(rest, "-v")]
	if err := os.MkdirAll(filepath.Join(folder, name), 0o700); err != nil {
		return fmt.Errorf("installing %s: %w", name, err)
	}
	if err := os.Symlink(absolute, filepath.Join(folder, name, file)); err != nil {
		return fmt.Errorf("installing %s: %w", name, err)
	}
	return nil
}
