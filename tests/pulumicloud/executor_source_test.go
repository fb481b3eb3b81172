package pulumicloud

import (
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// source sets the git source in the settings.
func source(b *bench, git map[string]any) {
	b.t.Helper()
	b.ok("PUT", settingsURL, map[string]any{
		"sourceContext": map[string]any{"git": git},
		"operationContext": map[string]any{
			"options":        map[string]any{"skipInstallDependencies": true},
			"preRunCommands": []string{"cat version"},
		},
	})
}

// versioned creates a repository with a file "version" that differs between branches and commits. It returns the first
// commit.
func versioned(t *testing.T, b *bench) string {
	t.Helper()
	write := func(text string) {
		require.NoError(t, os.WriteFile(filepath.Join(b.repo, "version"), []byte(text+"\n"), 0o644))
		git(t, b.repo, "add", ".")
		git(t, b.repo, "commit", "--quiet", "-m", text)
	}
	write("first of main")
	first := git(t, b.repo, "rev-parse", "HEAD")
	write("second of main")
	git(t, b.repo, "checkout", "--quiet", "-b", "other")
	write("of other")
	git(t, b.repo, "checkout", "--quiet", "main")
	return first
}

func TestGitSource(t *testing.T) {
	b := newBench(t, Options{})
	first := versioned(t, b)
	for _, test := range []struct {
		name string
		git  map[string]any
		want string // "" for failure
		text string
	}{
		{"branch", map[string]any{"branch": "main"}, "second of main", ""},
		{"full branch", map[string]any{"branch": "refs/heads/other"}, "of other", ""},
		{"commit", map[string]any{"commit": first}, "first of main", ""},
		{"default branch", map[string]any{}, "second of main", ""},
		{"unknown branch", map[string]any{"branch": "none"}, "", "git: exit status"},
		{"unknown commit", map[string]any{"commit": strings.Repeat("1", 40)}, "", "git: exit status"},
		{"unknown folder", map[string]any{"repoDir": "none"}, "", `the repository has no folder "none"`},
		{"folder outside", map[string]any{"repoDir": "../.."}, "second of main", ""},
		{"commit that is an option", map[string]any{"commit": "--help"}, "", "git: exit status"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.git["repoUrl"] = b.repo
			source(b, test.git)
			b.deploy("update")
			list, _ := b.wait()
			last := list[len(list)-1]
			if test.want == "" {
				require.Equal(t, statusFailed, last.Status)
				require.Contains(t, last.Log, test.text)
				return
			}
			require.Equal(t, statusSucceeded, last.Status, last.Log)
			require.Contains(t, last.Log, "\n"+test.want+"\n")
		})
	}
}

func TestMirrorsAndHostedRepositories(t *testing.T) {
	opts := Options{Mirrors: map[string]string{}}
	b := newBench(t, opts)
	versioned(t, b)
	opts.Mirrors["https://github.com/escsync/program.git"] = b.repo
	opts.Mirrors["https://example.com/program.git"] = "file://" + b.repo
	for _, settings := range []string{
		`{"sourceContext":{"git":{"repoUrl":"https://example.com/program.git","branch":"main"}}}`,
		`{"gitHub":{"repository":"escsync/program"},"sourceContext":{"git":{"branch":"main","repoDir":"program"}}}`,
		`{"vcs":{"provider":"github","repository":"escsync/program"}}`,
	} {
		b.ok("PUT", settingsURL, settings)
		b.ok("POST", settingsURL, `{"operationContext":{"options":{"skipInstallDependencies":true}}}`)
		b.deploy("update")
		list, _ := b.wait()
		require.Equal(t, statusSucceeded, list[len(list)-1].Status, list[len(list)-1].Log)
	}
	b.ok("PUT", settingsURL, `{"sourceContext":{"template":{"sourceUrl":"https://example.com"}}}`)
	b.deploy("update")
	list, _ := b.wait()
	require.Contains(t, list[len(list)-1].Log, "name no git source")
}

// privateRepository serves a repository over HTTP with git's own server, protected by a password.
func privateRepository(t *testing.T, repo, user, password string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, given, ok := r.BasicAuth(); !ok || name != user || given != password {
			w.Header().Set("WWW-Authenticate", `Basic realm="git"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		handler := cgi.Handler{
			Path: filepath.Join(git(t, repo, "--exec-path"), "git-http-backend"),
			Env: []string{
				"GIT_PROJECT_ROOT=" + filepath.Dir(repo),
				"GIT_HTTP_EXPORT_ALL=1",
				"GIT_CONFIG_COUNT=1",
				"GIT_CONFIG_KEY_0=safe.directory",
				"GIT_CONFIG_VALUE_0=*",
			},
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/" + filepath.Base(repo) + "/.git"
}

func TestGitCredentials(t *testing.T) {
	b := newBench(t, Options{})
	versioned(t, b)
	for name, test := range map[string]struct {
		user, password string
		auth           map[string]any
		works          bool
	}{
		"basic": {"deployer", "marker$'\"pw", map[string]any{"basicAuth": map[string]any{
			"userName": "deployer", "password": map[string]any{"secret": "marker$'\"pw"},
		}}, true},
		"token": {"git", "marker-token", map[string]any{"accessToken": map[string]any{"secret": "marker-token"}}, true},
		"wrong": {"git", "right", map[string]any{"accessToken": map[string]any{"secret": "marker-wrong"}}, false},
		"none":  {"git", "right", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			url := privateRepository(t, b.repo, test.user, test.password)
			settings := map[string]any{"repoUrl": url, "branch": "main"}
			if test.auth != nil {
				settings["gitAuth"] = test.auth
			}
			source(b, settings)
			b.ok("POST", settingsURL, preRun("env; git config --list; ls -la .. ; cat .git/config"))
			b.deploy("update")
			list, _ := b.wait()
			last := list[len(list)-1]
			require.Equal(t, test.works, last.Status == statusSucceeded, last.Log)
			require.NotContains(t, last.Log, "marker")
			require.NotContains(t, last.Log, "DEPLOYMENT_GIT", "credentials are gone when the commands run")
		})
	}
}

func TestSSHKeyIsGivenToGitInAFile(t *testing.T) {
	b := newBench(t, Options{})
	// A fake ssh shows how git called it.
	bin := t.TempDir()
	script := "#!/bin/bash\nwhile [ $# -gt 1 ]; do [ \"$1\" = -i ] && { stat -c 'mode %a' \"$2\"; wc -l < \"$2\"; } " +
		">&2; shift; done\necho \"askpass ${SSH_ASKPASS_REQUIRE} $(\"$SSH_ASKPASS\" passphrase | wc -c)\" >&2; exit 1\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "ssh"), []byte(script), 0o755))
	b.opts.Environment = append(b.opts.Environment, "PATH="+bin+":/usr/bin:/bin")
	source(b, map[string]any{"repoUrl": "git@example.com:a/b.git", "gitAuth": map[string]any{"sshAuth": map[string]any{
		"sshPrivateKey": map[string]any{
			"secret": "marker-key-1\nmarker-key-2",
		},
		"password": map[string]any{"secret": "marker-pw"},
	}}})
	b.deploy("update")
	list, statuses := b.wait()
	require.Equal(t, []string{statusFailed}, statuses)
	require.Contains(t, list[0].Log, "mode 600\n2\naskpass force 10\n")
	require.NotContains(t, list[0].Log, "marker")
}
