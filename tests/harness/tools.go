package harness

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// Tools are the paths of the programs that a Harness runs. The Makefile builds them.
type Tools struct {
	// Pulumi is the CLI.
	Pulumi string
	// LanguageHosts are the folders of the language hosts that are not beside the CLI.
	LanguageHosts []string
	// Moto is moto_server in its virtual environment.
	Moto string
	// Provider is this repository's plugin.
	Provider string
	// Plugins is the folder of the stand-in plugins.
	Plugins string
	// Repository is the top folder of this repository.
	Repository string
	// ProgramRepository is a git repository with the built-in target program at the commit of a release. If it is empty,
	// the working tree's program folder is committed to a new repository, on branch main.
	ProgramRepository string
}

// FindTools finds the tools that the Makefile names in environment variables, or else those in the cache. Its error
// lists all missing tools.
func FindTools() (Tools, error) {
	repository, err := toolcache.Repository()
	if err != nil {
		return Tools{}, err
	}
	versions, err := toolcache.Versions(repository, toolcache.Tools)
	if err != nil {
		return Tools{}, err
	}
	cache, err := toolcache.Folder()
	if err != nil {
		return Tools{}, err
	}
	cache = filepath.Join(cache, "bin")
	tools := Tools{
		Pulumi:   orDefault("ESCSYNC_PULUMI", filepath.Join(cache, "pulumi-"+versions["PULUMI_VERSION"], "pulumi")),
		Moto:     orDefault("ESCSYNC_MOTO", filepath.Join(cache, "moto-"+versions["MOTO_VERSION"], "bin", "moto_server")),
		Provider: orDefault("ESCSYNC_PROVIDER", filepath.Join(repository, "bin", "pulumi-resource-escsync")),
		Plugins:  orDefault("ESCSYNC_PLUGINS", filepath.Join(repository, "bin", "plugins")),
		LanguageHosts: filepath.SplitList(orDefault("ESCSYNC_LANGUAGE_HOSTS",
			strings.Join(cachedHosts(cache, versions), string(filepath.ListSeparator)))),
		Repository:        repository,
		ProgramRepository: os.Getenv("ESCSYNC_PROGRAM_REPOSITORY"),
	}
	return tools, tools.check()
}

// PulumiVersion returns the CLI's version.
func (t Tools) PulumiVersion(ctx context.Context) (string, error) {
	cmd := exec.CommandContext(ctx, t.Pulumi, "version")
	cmd.Env = []string{"PULUMI_SKIP_UPDATE_CHECK=true"}
	version, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("asking %s for its version: %w", t.Pulumi, err)
	}
	return strings.TrimSpace(string(version)), nil
}

// check reports missing tools that all tests need. A missing language host fails only the programs that need it.
func (t Tools) check() error {
	var missing []error
	for _, tool := range []struct{ path, build string }{
		{t.Pulumi, "make tools"},
		{t.Moto, "make tools"},
		{t.Provider, "make provider"},
		{t.Plugins, "make plugins"},
	} {
		if _, err := os.Stat(tool.path); err != nil {
			missing = append(missing, fmt.Errorf("%s is missing: run `%s`", tool.path, tool.build))
		}
	}
	return errors.Join(missing...)
}

func cachedHosts(cache string, versions map[string]string) []string {
	hosts := versions["PULUMI_LANGUAGE_HOSTS_VERSION"]
	return []string{
		filepath.Join(cache, "pulumi-language-yaml-"+versions["PULUMI_LANGUAGE_YAML_VERSION"]),
		filepath.Join(cache, "pulumi-language-nodejs-"+hosts),
		filepath.Join(cache, "pulumi-language-python-"+hosts),
		filepath.Join(cache, "pulumi-language-go-"+hosts),
		filepath.Join(cache, "pulumi-language-java-"+versions["PULUMI_LANGUAGE_JAVA_VERSION"]),
	}
}

func orDefault(variable, fallback string) string {
	if value := os.Getenv(variable); value != "" {
		return value
	}
	return fallback
}
