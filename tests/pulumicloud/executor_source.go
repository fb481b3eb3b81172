package pulumicloud

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// askpass answers git and ssh from the environment, so that no credential is on a command line.
const askpass = `#!/bin/sh
case "$1" in
Username*) printf '%s\n' "$DEPLOYMENT_GIT_USERNAME" ;;
*) printf '%s\n' "$DEPLOYMENT_GIT_PASSWORD" ;;
esac
`

// gitMirrors makes git use the local copies of repositories.
func (s *Server) gitMirrors() []string {
	addresses := make([]string, 0, len(s.opts.Mirrors))
	for address := range s.opts.Mirrors {
		addresses = append(addresses, address)
	}
	sort.Strings(addresses)
	env := []string{
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_TERMINAL_PROMPT=0",
		fmt.Sprintf("GIT_CONFIG_COUNT=%d", len(addresses)+1),
		"GIT_CONFIG_KEY_0=safe.directory", // the copy may belong to another user
		"GIT_CONFIG_VALUE_0=*",
	}
	for i, address := range addresses {
		env = append(env,
			fmt.Sprintf("GIT_CONFIG_KEY_%d=url.%s.insteadOf", i+1, s.opts.Mirrors[address]),
			fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", i+1, address))
	}
	return env
}

// vcsHosts are the hosts of repositories that are named without one.
var vcsHosts = map[apitype.VCSProvider]string{
	apitype.VCSProviderGitHub:    "https://github.com/",
	apitype.VCSProviderGitLab:    "https://gitlab.com/",
	apitype.VCSProviderBitbucket: "https://bitbucket.org/",
}

// source returns what to clone. The address comes from the git source, or from the settings of the GitHub app or
// another host.
func (e *executor) source() (apitype.SourceContextGit, error) {
	var git apitype.SourceContextGit
	if given := sourceOf(e.settings); given != nil {
		git = *given
	}
	switch {
	case git.RepoURL != "":
	case e.settings.GitHub != nil && e.settings.GitHub.Repository != "":
		git.RepoURL = vcsHosts[apitype.VCSProviderGitHub] + e.settings.GitHub.Repository + ".git"
	case e.settings.VCS != nil && vcsHosts[e.settings.VCS.Provider] != "" && e.settings.VCS.Repository != "":
		git.RepoURL = vcsHosts[e.settings.VCS.Provider] + e.settings.VCS.Repository + ".git"
	default:
		return git, errors.New("the deployment settings name no git source (no other kind works on the local cloud)")
	}
	return git, nil
}

// sourceSecrets returns the credentials of the source.
func (e *executor) sourceSecrets() []string {
	git := sourceOf(e.settings)
	if git == nil || git.GitAuth == nil {
		return nil
	}
	var values []apitype.SecretValue
	if auth := git.GitAuth.BasicAuth; auth != nil {
		values = append(values, auth.Password)
	}
	if token := git.GitAuth.PersonalAccessToken; token != nil {
		values = append(values, *token)
	}
	if auth := git.GitAuth.SSHAuth; auth != nil {
		values = append(values, auth.SSHPrivateKey)
		if auth.Password != nil {
			values = append(values, *auth.Password)
		}
	}
	var secrets []string
	for _, value := range values {
		if plain, err := e.keys.reveal(value); err == nil {
			secrets = append(secrets, plain)
		}
	}
	return secrets
}

// fetchSource clones the repository and finds the folder of the program.
func (e *executor) fetchSource(ctx context.Context) error {
	git, err := e.source()
	if err != nil {
		return err
	}
	if copied, err := e.lightSource(git); copied || err != nil {
		return err
	}
	auth := filepath.Join(e.root, "auth")
	if err := os.Mkdir(auth, 0o700); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(auth) }()
	env, err := e.gitAuth(git.GitAuth, auth)
	if err != nil {
		return err
	}
	repo := filepath.Join(e.root, "repo")
	clone := []string{"clone", "--quiet"}
	if git.Commit != "" {
		clone = append(clone, "--no-checkout")
	} else if git.Branch != "" {
		clone = append(clone, "--branch", strings.TrimPrefix(git.Branch, "refs/heads/"))
	}
	if err := e.command(ctx, e.root, env, "git", append(clone, "--", git.RepoURL, repo)...); err != nil {
		return err
	}
	if git.Commit != "" {
		if err := e.command(ctx, repo, env, "git", "checkout", "--quiet", "--detach", git.Commit, "--"); err != nil {
			return err
		}
	}
	e.program = filepath.Join(repo, filepath.Clean("/"+git.RepoDir))
	if info, err := os.Stat(e.program); err != nil || !info.IsDir() {
		return fmt.Errorf("the repository has no folder %q", git.RepoDir)
	}
	return nil
}

// gitAuth returns an environment in which git finds its credentials. An SSH key has priority over a token, and a token
// over a password.
func (e *executor) gitAuth(auth *apitype.GitAuthConfig, folder string) ([]string, error) {
	if auth == nil {
		return nil, nil
	}
	script := filepath.Join(folder, "askpass")
	if err := os.WriteFile(script, []byte(askpass), 0o700); err != nil {
		return nil, err
	}
	env := []string{"GIT_ASKPASS=" + script}
	switch {
	case auth.SSHAuth != nil:
		return e.sshAuth(auth.SSHAuth, folder, script)
	case auth.PersonalAccessToken != nil:
		token, err := e.keys.reveal(*auth.PersonalAccessToken)
		return append(env, "DEPLOYMENT_GIT_USERNAME=git", "DEPLOYMENT_GIT_PASSWORD="+token), err
	case auth.BasicAuth != nil:
		user, err := e.keys.reveal(auth.BasicAuth.UserName)
		if err != nil {
			return nil, err
		}
		password, err := e.keys.reveal(auth.BasicAuth.Password)
		return append(env, "DEPLOYMENT_GIT_USERNAME="+user, "DEPLOYMENT_GIT_PASSWORD="+password), err
	default:
		return nil, nil
	}
}

func (e *executor) sshAuth(auth *apitype.SSHAuth, folder, script string) ([]string, error) {
	key, err := e.keys.reveal(auth.SSHPrivateKey)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "key")
	if err := os.WriteFile(file, []byte(strings.TrimRight(key, "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	ssh := fmt.Sprintf("ssh -F none -i '%s' -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new"+
		" -o UserKnownHostsFile='%s'", file, filepath.Join(folder, "hosts"))
	env := []string{"GIT_SSH_COMMAND=" + ssh}
	if auth.Password == nil {
		return append(env, "SSH_ASKPASS_REQUIRE=never"), nil
	}
	password, err := e.keys.reveal(*auth.Password)
	return append(env, "SSH_ASKPASS="+script, "SSH_ASKPASS_REQUIRE=force", "DEPLOYMENT_GIT_PASSWORD="+password), err
}
