package docs

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
)

// The README's quick start as a reader types it: its commands and its program, in order. The local cloud replaces
// OpenID Connect without asking anybody, and the deployments reach moto.
func TestQuickStart(t *testing.T) {
	t.Parallel()
	const (
		stack  = "shop/prod"
		name   = "shop-prod-database"
		target = harness.Organization + "/escsync-target/" + name
	)
	h := harness.New(t, harness.Options{})
	dir, err := h.Program("examples/oidc-aws")
	require.NoError(t, err)
	secret := func() string {
		value, err := h.Secret(t.Context(), "eu-central-1", "prod/shop/database")
		require.NoError(t, err)
		return value
	}

	shell(t, h, dir, commands(t, "README.md", "pulumi env init "))
	shell(t, h, dir, commands(t, "README.md", "pulumi stack init "))
	assert.JSONEq(t, `{"user": "bob", "password": "change me"}`, secret())
	require.Len(t, h.Deployments("escsync-target/"+name), 1, "the name of the sync")

	// The README says that --file - reads the value from standard input.
	shell(t, h, dir, "echo pa55word | pulumi env set --secret --file - acme/shop/database database.password")
	shell(t, h, dir, commands(t, "README.md", "pulumi env version tag "))
	_, err = h.WaitForDeployments(t.Context(), "escsync-target/"+name)
	require.NoError(t, err)
	assert.JSONEq(t, `{"user": "bob", "password": "pa55word"}`, secret())

	replaced := strings.NewReplacer("<organization>/escsync-target/<name>", target, "<version>", "1")
	shell(t, h, dir, replaced.Replace(commands(t, "README.md", "pulumi deployment list ")))
	_, err = h.WaitForDeployments(t.Context(), "escsync-target/"+name)
	require.NoError(t, err)
	runs := h.Deployments("escsync-target/" + name)
	require.NotEmpty(t, runs)
	assert.Equal(t, "preview", runs[len(runs)-1].Operation)
	for _, run := range runs {
		assert.NotContains(t, run.Log, "warning:", "deployments find their plugins where the CLI looks for them")
	}
	_, err = h.Destroy(t.Context(), dir, stack)
	require.NoError(t, err)
}

// The policies in docs/credentials.md trust the runs of the programs above them.
func TestPoliciesFitTheExamples(t *testing.T) {
	t.Parallel()
	read := func(file string) string {
		text, err := os.ReadFile(filepath.Join(repository, "examples", filepath.FromSlash(file)))
		require.NoError(t, err)
		return string(text)
	}
	for _, example := range []string{"oidc-aws", "oidc-azure", "oidc-gcp", "login-aws"} {
		assert.Regexp(t, `(?s)^name: shop\n.*\nresources:\n  database:\n`, read(example+"/Pulumi.yaml"), example)
	}
	trust := read("policies/aws-trust.json")
	assert.Contains(t, trust, `"pulumi:deploy:org:`+harness.Organization+
		`:project:escsync-target:stack:shop-prod-database:operation:*:scope:write"`)
	imported := read("policies/aws-trust-environment.json")
	assert.Contains(t, imported, `.login:`+harness.Organization+`:currentEnvironment.name:logins/aws-secrets"`)
	account := regexp.MustCompile(`arn:aws:iam::\d+:`)
	for _, file := range []string{"oidc-aws/Pulumi.yaml", "login-aws/environment.yaml", "logins/aws-secrets.yaml"} {
		assert.Equal(t, account.FindString(trust), account.FindString(read(file)), file)
		assert.Equal(t, account.FindString(imported), account.FindString(read(file)), file)
	}
}

// The README's commands that install an SDK are those of the SDKs' own READMEs.
func TestInstallCommands(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)## Installation\n\n```\n(.*?)\n```")
	for _, sdk := range []string{"nodejs", "python", "go/escsync", "java", "dotnet"} {
		text, err := os.ReadFile(filepath.Join(repository, "sdk", filepath.FromSlash(sdk), "README.md"))
		require.NoError(t, err)
		command := block.FindStringSubmatch(string(text))
		require.NotNil(t, command, sdk)
		assert.Contains(t, page(t, "README.md"), "| `"+command[1]+"`", sdk)
	}
	assert.Contains(t, page(t, "README.md"), version.Version)
}

func page(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(file)))
	require.NoError(t, err)
	return string(text)
}

var shellBlock = regexp.MustCompile("(?sm)^```sh\n(.*?)^```$")

// commands returns the block of a page that starts with begin, without the question that `pulumi up` would ask.
func commands(t *testing.T, file, begin string) string {
	t.Helper()
	for _, block := range shellBlock.FindAllStringSubmatch(page(t, file), -1) {
		if strings.HasPrefix(block[1], begin) {
			return strings.Replace(block[1], "pulumi up\n", "pulumi up --yes --skip-preview --non-interactive\n", 1)
		}
	}
	require.Fail(t, file+" has no block that begins with "+begin)
	return ""
}

// shell runs commands as a user would type them.
func shell(t *testing.T, h *harness.Harness, dir, commands string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", commands)
	cmd.Dir, cmd.Env = dir, h.CLIEnvironment()
	output, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s\n%s", commands, output)
}
