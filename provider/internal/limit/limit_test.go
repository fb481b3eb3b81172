package limit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/limit"
)

func TestNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		platform string
		rule     limit.Name
		good     []string
		bad      map[string]string
	}{
		{"AWS Secrets Manager", limit.AwsSecretsManagerName,
			[]string{"prod/db", "a", "A_+=.@-", "name-in-secrets-manager", "a-12345", "my-secret",
				"prod/app-config", strings.Repeat("a", 512)},
			map[string]string{
				"": "empty", "a b": "not allowed", "é": "not allowed",
				strings.Repeat("a", 513): "513 characters",
			}},
		{"AWS Parameter Store", limit.AwsParameterStoreName,
			[]string{"a", "/a/b", "/prod/db.user_x-1", "/" + strings.Repeat("a", 900), "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15"},
			map[string]string{
				"": "empty", "/a b": "not allowed", "//a": "not allowed", "/a/": "not " +
					"allowed", "a/b": "must begin with /",
				"/aws/x": "must not begin with aws", "SSMthing": "must not begin with " +
					"ssm", "awsx": "must not begin with aws",
				"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16": "more than 15 " +
					"levels", strings.Repeat("a", 957): "957 characters",
			}},
		{"Azure Key Vault", limit.AzureKeyVaultName,
			[]string{"a", "My-Name-1", strings.Repeat("a", 127)},
			map[string]string{"MY_AZURE_NAME": "hyphens only", "a.b": "hyphens " +
				"only", strings.Repeat("a", 128): "128 characters"}},
		{"GCP Secret Manager", limit.GcpSecretManagerName,
			[]string{"a_b-C1", strings.Repeat("a", 255)},
			map[string]string{"a.b": "not allowed", "a/b": "not allowed", strings.Repeat("a", 256): "256 characters"}},
		{"GitHub", limit.GithubName,
			[]string{"A", "_A1", "a_b"},
			map[string]string{"1A": "not allowed", "A-B": "not allowed", "GITHUB_TOKEN": "GITHUB_", "github_x": "GITHUB_"}},
		{"Vault", limit.VaultPath,
			[]string{"a", "prod/db", "a b/c.d", "ü", "...", "a/..b", ".a"},
			map[string]string{"/a": "not allowed", "a/": "not allowed", "a//b": "not " +
				"allowed", "a?b": "not allowed", " a": "not allowed",
				"..": "another path", "a/../b": "another path", "./a": "another path", "a/.": "another path"}},
		{"Kubernetes object", limit.KubernetesName,
			[]string{"a", "a-b.c1", strings.Repeat("a", 253)},
			map[string]string{"A": "DNS subdomain", "a_b": "DNS subdomain", "-a": "DNS " +
				"subdomain", "a.": "DNS subdomain"}},
		{"Kubernetes key", limit.KubernetesKey,
			[]string{"a", ".dockerconfigjson", "tls.crt", "A_b-c"},
			map[string]string{".": "must not be .", "..a": "begin with ..", "a/b": "not allowed", "": "empty"}},
	}
	for _, test := range tests {
		t.Run(test.platform, func(t *testing.T) {
			t.Parallel()
			assert.True(t, strings.HasPrefix(test.rule.Source, "https://"))
			for _, name := range test.good {
				assert.NoError(t, test.rule.Check(name), name)
			}
			for name, want := range test.bad {
				assert.ErrorContains(t, test.rule.Check(name), want, name)
			}
		})
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	tests := []struct {
		platform string
		rule     limit.Value
		most     int
		empty    bool
	}{
		{"AWS Secrets Manager", limit.AwsSecretsManagerValue, 65536, false},
		{"AWS Parameter Store, Standard", limit.AwsParameterStoreValue("Standard"), 4096, false},
		{"AWS Parameter Store, Advanced", limit.AwsParameterStoreValue("Advanced"), 8192, false},
		{"AWS Parameter Store, Intelligent-Tiering", limit.AwsParameterStoreValue("Intelligent-Tiering"), 8192, false},
		{"Azure Key Vault", limit.AzureKeyVaultValue, 25600, false},
		{"GCP Secret Manager", limit.GcpSecretManagerValue, 65536, false},
		{"GitHub", limit.GithubValue, 49152, false},
		{"Vault", limit.VaultValue, 1048576, true},
		{"Kubernetes", limit.KubernetesValue, 1048576, true},
	}
	for _, test := range tests {
		t.Run(test.platform, func(t *testing.T) {
			t.Parallel()
			assert.True(t, strings.HasPrefix(test.rule.Source, "https://"))
			assert.NoError(t, test.rule.Check(strings.Repeat("x", test.most)))
			err := test.rule.Check(strings.Repeat("x", test.most+1))
			assert.ErrorContains(t, err, "the platform takes at most")
			assert.NotContains(t, err.Error(), "xx", "an answer never holds the value")
			assert.Error(t, test.rule.Check(strings.Repeat("é", test.most/2+1)), "bytes count, not characters")
			assert.Equal(t, test.empty, test.rule.Check("") == nil)
		})
	}
}

func TestParameterStoreRefusesReferences(t *testing.T) {
	t.Parallel()
	rule := limit.AwsParameterStoreValue("Standard")
	assert.ErrorContains(t, rule.Check("a{{hunter2}}b"), "{{...}}")
	assert.NotContains(t, rule.Check("a{{hunter2}}b").Error(), "hunter2")
	assert.NoError(t, rule.Check("}} {{"))
	assert.NoError(t, rule.Check(`{"a":{"b":"c"}}`))
}

func TestCounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		place string
		rule  limit.Count
		most  int
	}{
		{"repository", limit.GithubRepositoryCount, 100},
		{"environment", limit.GithubEnvironmentCount, 100},
		{"organization, Codespaces", limit.GithubCodespacesOrganizationCount, 100},
		{"organization", limit.GithubOrganizationCount, 1000},
	}
	for _, test := range tests {
		t.Run(test.place, func(t *testing.T) {
			t.Parallel()
			assert.True(t, strings.HasPrefix(test.rule.Source, "https://"))
			assert.NoError(t, test.rule.Check(test.most))
			assert.ErrorContains(t, test.rule.Check(test.most+1), "exclude some")
		})
	}
	assert.NoError(t, limit.Count{}.Check(100000))
}

func TestAwsRegions(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		"us-west-2", "ap-southeast-7", "us-gov-west-1", "cn-north-1", "us-isob-east-1", "eusc-de-east-1", "mx-central-1",
		"eu-isoe-west-1", "il-central-1",
	} {
		assert.NoError(t, limit.AwsRegion(good), good)
	}
	for _, bad := range []string{
		"us-west-2a", "US-WEST-2", "us west 2", "Oregon", "us-west", " us-west-2", "us-west-2\n", "",
	} {
		assert.ErrorContains(t, limit.AwsRegion(bad), "such as us-west-2", bad)
	}
}

func TestAwsArns(t *testing.T) {
	t.Parallel()
	for good, kind := range map[string]string{
		"arn:aws:iam::123456789012:role/sync":                         "role",
		"arn:aws-us-gov:iam::123456789012:role/path/to/sync+=,.@-_":   "role",
		"arn:aws-cn:iam::123456789012:policy/narrow":                  "policy",
		"arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM":    "policy",
		"arn:aws-eusc:iam::123456789012:policy/division/one/narrower": "policy",
	} {
		assert.NoError(t, limit.AwsIamArn(good, kind), good)
	}
	for _, bad := range []string{
		"", "sync", "role/sync", "arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:user/sync",
		"arn:aws:iam::1234:role/sync", "arn:aws:sts::123456789012:assumed-role/sync/session",
		"arn:aws:iam:us-west-2:123456789012:role/sync", "arn:gcp:iam::123456789012:role/sync",
		"arn:aws:iam::123456789012:role/sync\n", "arn:aws:iam::123456789012:policy/sync",
	} {
		assert.ErrorContains(t, limit.AwsIamArn(bad, "role"), "must be the ARN of a role, such as ", bad)
	}
}

func TestAwsRecoveryWindow(t *testing.T) {
	t.Parallel()
	for _, days := range []int{0, 7, 30} {
		assert.NoError(t, limit.AwsRecoveryWindow(days), days)
	}
	for _, days := range []int{-1, 1, 6, 31} {
		assert.ErrorContains(t, limit.AwsRecoveryWindow(days), "must be 7 to 30, or 0", days)
	}
}

func TestAwsSessionName(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"escsync", "a1", "A_+=,.@-", strings.Repeat("a", 64)} {
		assert.NoError(t, limit.AwsSessionName(good), good)
	}
	for _, bad := range []string{"", "a", "a b", "a/b", "ä-b", "ab\n", strings.Repeat("a", 65)} {
		assert.ErrorContains(t, limit.AwsSessionName(bad), "must have 2 to 64", bad)
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for most, rule := range map[int]limit.Text{
		2048: limit.AwsSecretsManagerDescription, 1024: limit.AwsParameterStoreDescription, 255: limit.AzureContentType,
	} {
		assert.NoError(t, rule.Check(""))
		assert.NoError(t, rule.Check(strings.Repeat("ü", most)))
		assert.ErrorContains(t, rule.Check(strings.Repeat("ü", most+1)), fmt.Sprintf("has %d characters", most+1))
	}
}
