package hints_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/run/hints"
)

var all = hints.For(platform.All)

func TestCausesAreFoundInTheWordsOfEachPlatform(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		line string
		want string
	}{
		"AWS, a name in its recovery window": {
			"creating Secrets Manager Secret (shop/a): operation error Secrets Manager: CreateSecret, https response error " +
				"StatusCode: 400, InvalidRequestException: You can't create this secret because a secret with this name is " +
				"already scheduled for deletion.",
			"restore-secret",
		},
		"Azure, a name that is soft-deleted": {
			"autorest/azure: Service returned an error. Status=409 Code=\"ObjectIsDeletedButRecoverable\"",
			"keyvault secret recover",
		},
		"AWS, not allowed": {
			"api error AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: " +
				"ssm:PutParameter",
			"credentials",
		},
		"GCP over REST, not allowed": {
			"googleapi: Error 403: Permission 'secretmanager.versions.add' denied on resource (or it may not exist).",
			"credentials",
		},
		"GCP over gRPC, not allowed": {"rpc error: code = PermissionDenied desc = no", "credentials"},
		"Azure Resource Manager, not allowed": {
			"Code=\"AuthorizationFailed\" Message=\"The client 'x' does not have authorization to perform action", "credentials",
		},
		"Azure at the vault, not allowed": {"ERROR CODE: Forbidden", "credentials"},
		"GitHub, a token without the permission": {
			"PUT https://api.github.com/repos/a/b/actions/secrets/C: 403 Resource not accessible by personal access token []",
			"credentials",
		},
		"GitHub, not an administrator": {"403 Must have admin rights to Repository. []", "credentials"},
		"Vault, not allowed": {
			"URL: PUT http://v/v1/secret/data/a Code: 403. Errors: * permission denied",
			"credentials",
		},
		"Vault, not allowed, on a line of its own": {"\t* permission denied", "credentials"},
		"OpenSSH, a key that is refused": {
			"git@github.com: Permission denied (publickey).", "source.auth",
		},
		"OpenSSH, one of several ways that are refused": {
			"git@git.example.com: Permission denied (publickey,keyboard-interactive).", "source.auth",
		},
		"Go's Git client, a key that is refused": {
			"ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey]",
			"source.auth",
		},
		"Kubernetes, not allowed": {
			"secrets \"db\" is forbidden: User \"limited\" cannot patch resource \"secrets\" in API group \"\"", "credentials",
		},
		"Kubernetes, an object that exists": {`server: secrets "shop" already exists`, "adoptionPolicy to All"},
		"Kubernetes, a namespace that is not there": {
			`resource "shop/db" was not successfully created by the Kubernetes API server: namespaces "shop" not found`,
			"destination.kubernetes.namespace",
		},
		"Kubernetes, an immutable object": {
			"Secret \"db\" is invalid: data: Forbidden: field is immutable when `immutable` is set", "delete it",
		},
		"GitHub, a variable that exists": {
			"POST https://api.github.com/repos/a/b/actions/variables: 409 Already exists - Variable already exists []",
			"adoptionPolicy to All",
		},
		"Azure, a secret that exists": {
			"cannot create already existing resource '/subscriptions/s'", "adoptionPolicy to All",
		},
		"Parameter Store, one that exists": {
			"ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option",
			"adoptionPolicy to All",
		},
		"AWS, a profile that is not there": {
			"invocation of aws:index/getCallerIdentity:getCallerIdentity returned an error: failed to get shared config " +
				"profile, prod",
			"no valid credentials",
		},
		"AWS, none":                    {"No valid credential sources found.", "no valid credentials"},
		"GCP, none":                    {"google: could not find default credentials.", "no valid credentials"},
		"GitHub, a token that is none": {"GET https://api.github.com/repos/a/b: 401 Bad credentials []", "no valid"},
		"AWS, too fast":                {"ThrottlingException: Rate exceeded", "PULUMI_PARALLEL"},
		"GitHub, too fast":             {"403 You have exceeded a secondary rate limit", "PULUMI_PARALLEL"},
		"GCP, too fast": {
			"googleapi: Error 429: Quota exceeded for quota metric 'Write requests'", "PULUMI_PARALLEL",
		},
		"Vault, a mount that is not there":       {`no handler for route "kv/data/prod". route entry not found.`, "mount"},
		"Vault, check-and-set":                   {"* check-and-set parameter required for this call", "cas_required"},
		"Vault, the other version of the engine": {"Code: 404. Errors:", "kvVersion"},
		"an address where nothing listens": {
			`Get "http://v:8200/v1/secret": dial tcp 127.0.0.1:8200: connect: connection refused`, "reach the address",
		},
		"an address that is misspelt": {
			`Get "http://vualt:8200/v1/secret": dial tcp: lookup vualt on 10.0.0.2:53: no such host`, "reach the address",
		},
		"no environment": {"escsync: cannot open the environment team/app", "deployment.accessToken"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := all.Of([]string{"Updating (acme/dev)", "  error: " + c.line, "Resources: 1 unchanged"})
			if assert.Len(t, found, 1) {
				assert.Contains(t, found[0], c.want)
			}
		})
	}
}

func TestACauseIsNamedOnceAndInTheOrderOfTheTable(t *testing.T) {
	t.Parallel()
	found := all.Of([]string{
		"secondary rate limit", "is already scheduled for deletion", "* permission denied", "* permission denied",
	})
	assert.Len(t, found, 3)
	assert.Contains(t, found[0], "scheduled for deletion")
	assert.Contains(t, found[2], "rate limit")
}

// Both the service and the command that opens the environment report the same error.
func TestAnOpenWithoutAnApprovalIsOneCause(t *testing.T) {
	t.Parallel()
	found := all.Of([]string{"error: [403] opens must be approved", "escsync: cannot open the environment team/app"})
	if assert.Len(t, found, 1) {
		assert.Contains(t, found[0], "needs an approval")
	}
}

func TestAnOrdinaryLogNamesNoCause(t *testing.T) {
	t.Parallel()
	assert.Empty(t, all.Of([]string{"+ escsync:index:Target sync creating", "Duration: 3s", "error: it broke"}))
	assert.Empty(t, all.Of(nil))
}

// Platforms use these words too, but here they are about the runner or a command of the user.
func TestFailuresOfTheRunnerAreNotThePlatforms(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"npm error Error: EACCES: permission denied, mkdir '/usr/local/lib/node_modules'",
		"npm ERR! code EACCES",
		"sh: 1: ./setup.sh: Permission denied",
		"bash: line 1: ./setup.sh: Permission denied",
		"open /etc/shadow: permission denied",
		"write /tmp/plugin: disk quota exceeded",
		"error: copy-fd: write returned: Disk quota exceeded",
	} {
		assert.Empty(t, all.Of([]string{line}), line)
	}
}

// A log may contain what the run pushes, so hints must not quote it.
func TestNothingOfTheLogIsReturned(t *testing.T) {
	t.Parallel()
	log := []string{"hunter2: * permission denied for hunter2, scheduled for deletion, hunter2 already exists"}
	for _, text := range all.Of(log) {
		assert.NotContains(t, text, "hunter2")
	}
}

func TestHintsFitIntoASentence(t *testing.T) {
	t.Parallel()
	texts := []string{}
	for _, c := range all {
		assert.NotEmpty(t, c.Words)
		assert.False(t, strings.HasSuffix(c.Text, "."), c.Text)
		assert.Contains(t, c.Text, ": ", "a cause, and what to do")
		for _, word := range c.Words {
			assert.Equal(t, strings.ToLower(word), word)
		}
		texts = append(texts, c.Text)
	}
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(texts))), len(all))
}
