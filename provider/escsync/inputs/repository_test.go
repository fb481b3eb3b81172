package inputs

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

func TestIsRepositoryURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://git.example.com/a/b.git":     true,
		"http://127.0.0.1:3000/a/b-c":         true,
		"ssh://git@git.example.com:2222/a/b":  true,
		"ssh://git.example.com/~me/b":         true,
		"git://git.example.com/a/b.git":       true,
		"git@github.com:acme/repo.git":        true,
		"deploy-bot@git-1.example.com:/srv/x": true,
		"file:///srv/git/a.git":               true,
		"git@h:~me/x":                         true,
		"":                                    false,
		"/srv/git/a.git":                      false,
		"ext::sh -c id":                       false,
		"https://u:hunter2@h/x":               false,
		"https://u@h/x":                       false,
		"ssh://u:hunter2@h/x":                 false,
		"-utouch@host:/x":                     false,
		"git@-oProxyCommand=touch:/x":         false,
		"git@-host:/x":                        false,
		"git@host:-x":                         false,
		"git@host:a/-x":                       false,
		"git@host:../x":                       false,
		"ssh://-oProxyCommand=touch/x":        false,
		"ssh://git@-host/x":                   false,
		"ssh://-u@host/x":                     false,
		"ssh://%2Du@host/x":                   false,
		"ssh://host/-x":                       false,
		"ssh://host/%2Dx":                     false,
		"https://-x/y":                        false,
		"https://h/-y":                        false,
		"https://h/a/../../b":                 false,
		"https://h/a/%2e%2e/b":                false,
		"https://h/a/./b":                     false,
		"file:///../x":                        false,
		"git://-h/x":                          false,
		"https://h/x?access_token=hunter2":    false,
		"https://h/x?":                        false,
		"https://h/x#access_token=hunter2":    false,
		"https://h/x#":                        false,
		"ssh://git@h/x?hunter2":               false,
	} {
		assert.Equal(t, want, isRepositoryURL(address), "%q", address)
	}
}

func TestIsGitHubRepository(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"acme/repo": true, "a-b/c.d_e-f": true, "acme/.github": true,
		"": false, "acme": false, "acme/": false, "/repo": false, "a/b/c": false, "a b/c": false,
		"-o/-r": false, "-o/r": false, "o/-r": false, "../..": false, "./r": false, "o/.": false, "o/..": false,
	} {
		assert.Equal(t, want, isGitHubRepository(name), "%q", name)
	}
}

func TestCompleteRefusesATokenInTheAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"https://h/x?access_token=hunter2", "git@host:-hunter2"} {
		problems := Complete(platform.All, minimal(props{
			"source": obj(props{"repoUrl": str(address).WithSecret(true), "branch": str("main")}),
		}), shop).Problems
		assert.Contains(t, problems.Text(), "source.repoUrl: must be the URL of a git repository")
		assert.NotContains(t, problems.Text(), "hunter2")
	}
	problems := Complete(platform.All, minimal(props{
		"source": obj(props{"repository": str("-o/-r"), "branch": str("main")}),
	}), shop).Problems
	assert.Equal(t, "source.repository: must be owner/repository", problems.Text())
}
