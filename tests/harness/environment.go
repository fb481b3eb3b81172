package harness

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// baseEnvironment returns the whole environment of every process. Of the caller's it keeps only PATH, for git, bash and
// the languages, after the CLI's folder.
func (h *Harness) baseEnvironment() []string {
	return []string{
		"PATH=" + filepath.Dir(h.tools.Pulumi) + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"PULUMI_IGNORE_AMBIENT_PLUGINS=true", // plugins on the caller's PATH
		"HOME=" + filepath.Join(h.root, "home"),
		"TMPDIR=" + filepath.Join(h.root, "tmp"),
		"LANG=C.UTF-8",
		"GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_CONFIG_NOSYSTEM=1",
	}
}

// cliEnvironment returns the environment of the CLI as a user would run it.
func (h *Harness) cliEnvironment() []string {
	return append([]string{
		"PULUMI_HOME=" + filepath.Join(h.root, "pulumi"),
		"PULUMI_BACKEND_URL=" + h.Cloud.URL(),
		"PULUMI_ACCESS_TOKEN=" + h.Cloud.AccessToken(),
		"PULUMI_CONFIG_PASSPHRASE=unused by the local cloud",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
		"PULUMI_SKIP_UPDATE_CHECK=true",
		// Enables --event-log.
		"PULUMI_DEBUG_COMMANDS=true",
	}, h.environment...)
}

// pluginFolder is the folder in which the CLI looks for installed plugins. Deployments share it.
func (h *Harness) pluginFolder() string { return filepath.Join(h.root, "pulumi", "plugins") }

// CLIEnvironment returns the whole environment of a process that runs the CLI like the harness, such as a shell.
func (h *Harness) CLIEnvironment() []string { return slices.Clone(h.cliEnvironment()) }

// awsEnvironment returns the variables that point AWS clients at the emulator, with credentials of this harness's
// account.
func (h *Harness) awsEnvironment(ctx context.Context) ([]string, error) {
	key, err := h.aws.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the emulator's credentials: %w", err)
	}
	return []string{
		"AWS_ENDPOINT_URL=" + *h.aws.BaseEndpoint,
		"AWS_ACCESS_KEY_ID=" + key.AccessKeyID,
		"AWS_SECRET_ACCESS_KEY=" + key.SecretAccessKey,
		"AWS_SESSION_TOKEN=" + key.SessionToken,
		"AWS_EC2_METADATA_DISABLED=true",
	}, nil
}

// removeAll removes a folder, even with read-only folders in it, such as a Go module cache.
func removeAll(root string) error {
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(root)
}
