package harness

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// baseEnvironment is what every process gets, and all of it. Of the caller's environment there is PATH alone, for git,
// bash and the languages, after the folder of the CLI.
func (h *Harness) baseEnvironment() []string {
	return []string{
		"PATH=" + filepath.Dir(h.tools.Pulumi) + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"PULUMI_IGNORE_AMBIENT_PLUGINS=true", // what the caller has on PATH
		"HOME=" + filepath.Join(h.root, "home"),
		"TMPDIR=" + filepath.Join(h.root, "tmp"),
		"LANG=C.UTF-8",
		"GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_CONFIG_NOSYSTEM=1",
	}
}

// cliEnvironment is the environment of the CLI as a user would run it.
func (h *Harness) cliEnvironment() []string {
	return append([]string{
		"PULUMI_HOME=" + filepath.Join(h.root, "pulumi"),
		"PULUMI_BACKEND_URL=" + h.Cloud.URL(),
		"PULUMI_ACCESS_TOKEN=" + h.Cloud.AccessToken(),
		"PULUMI_CONFIG_PASSPHRASE=unused by the local cloud",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
		"PULUMI_SKIP_UPDATE_CHECK=true",
		// Makes --event-log known to the CLI.
		"PULUMI_DEBUG_COMMANDS=true",
	}, h.environment...)
}

// pluginFolder is where the CLI looks for installed plugins. Deployments share it.
func (h *Harness) pluginFolder() string { return filepath.Join(h.root, "pulumi", "plugins") }

// CLIEnvironment is the whole environment of a process that runs the CLI as the harness does: a shell, say.
func (h *Harness) CLIEnvironment() []string { return slices.Clone(h.cliEnvironment()) }

// awsEnvironment points AWS clients at the emulator, with credentials of this harness's own account.
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

// removeAll removes a folder, also where it holds read-only folders such as a Go module cache.
func removeAll(root string) error {
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(root)
}
