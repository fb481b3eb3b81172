package limit

import (
	"errors"
	"regexp"
	"slices"
	"strings"
)

// The pages that the numbers in this file come from.
//
//nolint:gosec // These are addresses of documentation, not credentials.
const (
	awsSecretsManagerLimits = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html"
	awsSecretsManagerCreate = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"
	awsPutParameter         = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"
	azureObjectNames        = "https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates"
	azureAboutSecrets       = "https://learn.microsoft.com/azure/key-vault/secrets/about-secrets"
	gcpCreateSecret         = "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create"
	gcpQuotas               = "https://cloud.google.com/secret-manager/quotas"
	githubSecrets           = "https://docs.github.com/actions/reference/security/secrets"
	githubCodespacesSecrets = "https://docs.github.com/codespaces/managing-codespaces-for-your-organization/" +
		"managing-development-environment-secrets-for-your-repository-or-organization"
	vaultLimits         = "https://developer.hashicorp.com/vault/docs/internals/limits"
	kubernetesSecret    = "https://kubernetes.io/docs/concepts/configuration/secret/"
	kubernetesNames     = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"
	kubernetesConfigMap = "https://kubernetes.io/docs/concepts/configuration/configmap/"
)

// AWS Secrets Manager.
var (
	AwsSecretsManagerName = Name{
		Pattern:   regexp.MustCompile(`^[A-Za-z0-9/_+=.@-]+$`),
		Grammar:   "a name has letters, digits and / _ + = . @ - only",
		MaxLength: 512,
		Source:    awsSecretsManagerCreate,
	}
	AwsSecretsManagerValue = Value{MaxBytes: 65536, Source: awsSecretsManagerLimits}
)

// AWS Systems Manager Parameter Store.
var (
	AwsParameterStoreName = Name{
		Pattern: regexp.MustCompile(`^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$`),
		Grammar: "a name has letters, digits and _ . - only, in levels separated by /",
		// AWS allows 1011 with the ARN's own beginning, which the user does not see. The longest such beginning,
		// arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter, has 55 characters.
		MaxLength: 1011 - 55,
		Reserved:  reservedParameterName,
		Source:    awsPutParameter,
	}
	// awsParameterStoreStandard is the size up to which a parameter is free and in the tier Standard.
	awsParameterStoreStandard = 4096
	awsParameterStoreAdvanced = 8192
)

const awsParameterStoreMaxLevels = 15

func reservedParameterName(name string) error {
	if strings.Count(strings.TrimPrefix(name, "/"), "/")+1 > awsParameterStoreMaxLevels {
		return errors.New("has more than 15 levels")
	}
	if strings.Contains(strings.TrimPrefix(name, "/"), "/") && !strings.HasPrefix(name, "/") {
		return errors.New("has levels, so it must begin with /")
	}
	root := strings.ToLower(strings.TrimPrefix(name, "/"))
	for _, prefix := range []string{"aws", "ssm"} {
		if strings.HasPrefix(root, prefix) {
			return errors.New("must not begin with " + prefix + ", in capitals or not, which AWS reserves")
		}
	}
	return nil
}

// AwsParameterStoreValue is the content of a parameter in the tier Standard, Advanced or Intelligent-Tiering.
func AwsParameterStoreValue(tier string) Value {
	size := awsParameterStoreAdvanced
	if tier == "Standard" {
		size = awsParameterStoreStandard
	}
	return Value{
		MaxBytes: size,
		Refused: func(text string) error {
			if i := strings.Index(text, "{{"); i >= 0 && strings.Contains(text[i:], "}}") {
				return errors.New("holds {{...}}, which Parameter Store takes for a reference to another parameter and refuses")
			}
			return nil
		},
		Source: awsPutParameter,
	}
}

// Azure Key Vault.
var (
	AzureKeyVaultName = Name{
		Pattern:   regexp.MustCompile(`^[A-Za-z0-9-]+$`),
		Grammar:   "a name has letters, digits and hyphens only",
		MaxLength: 127,
		Source:    azureObjectNames,
	}
	AzureKeyVaultValue = Value{MaxBytes: 25600, Source: azureAboutSecrets}
)

// GCP Secret Manager.
var (
	GcpSecretManagerName = Name{
		Pattern:   regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
		Grammar:   "a name has letters, digits, _ and - only",
		MaxLength: 255,
		Source:    gcpCreateSecret,
	}
	GcpSecretManagerValue = Value{MaxBytes: 65536, Source: gcpQuotas}
)

// GitHub secrets.
var (
	GithubName = Name{
		Pattern: regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`),
		Grammar: "a name has letters, digits and _ only, and does not begin with a digit",
		// GitHub documents no length; its API answers 422 beyond this.
		MaxLength: 255,
		Reserved: func(name string) error {
			if strings.HasPrefix(strings.ToUpper(name), "GITHUB_") {
				return errors.New("must not begin with GITHUB_, which GitHub reserves")
			}
			return nil
		},
		Source: githubSecrets,
	}
	GithubValue             = Value{MaxBytes: 49152, Source: githubSecrets}
	GithubRepositoryCount   = Count{Max: 100, Source: githubSecrets}
	GithubEnvironmentCount  = Count{Max: 100, Source: githubSecrets}
	GithubOrganizationCount = Count{Max: 1000, Source: githubSecrets}
	// GithubCodespacesOrganizationCount is a limit of its own; that of a repository's Codespaces is GithubRepositoryCount.
	GithubCodespacesOrganizationCount = Count{Max: 100, Source: githubCodespacesSecrets}
	vaultEntryBytes                   = 1 << 20
	kubernetesObjectMaxBytes          = 1 << 20
)

// HashiCorp Vault, engine kv.
var (
	VaultPath = Name{
		Pattern:   regexp.MustCompile(`^[^/\s?#%*+][^/?#%*+]*(/[^/\s?#%*+][^/?#%*+]*)*$`),
		Grammar:   "a path has parts separated by single slashes, without ? # % * + and not beginning with a space",
		MaxLength: 512,
		Reserved: func(path string) error {
			if slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool { return part == "." || part == ".." }) {
				return errors.New("must not have a part . or .., by which a client would take another path")
			}
			return nil
		},
		Source: vaultLimits,
	}
	// VaultValue is one entry on integrated storage with its default settings.
	VaultValue = Value{MaxBytes: vaultEntryBytes, Empty: true, Source: vaultLimits}
)

// Kubernetes Secrets and ConfigMaps.
var (
	KubernetesName = Name{
		Pattern: regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`),
		Grammar: "a name is a DNS subdomain: small letters, digits, - and ., beginning and ending with a " +
			"letter or digit",
		MaxLength: 253,
		Source:    kubernetesNames,
	}
	KubernetesKey = Name{
		Pattern:   regexp.MustCompile(`^[-._a-zA-Z0-9]+$`),
		Grammar:   "a key has letters, digits and - _ . only",
		MaxLength: 253,
		Reserved: func(name string) error {
			if name == "." || strings.HasPrefix(name, "..") {
				return errors.New("must not be . or begin with ..")
			}
			return nil
		},
		Source: kubernetesConfigMap,
	}
	KubernetesValue = Value{MaxBytes: kubernetesObjectMaxBytes, Empty: true, Source: kubernetesSecret}
	// KubernetesTotal is all values of one object together; keys do not count.
	KubernetesTotal = Value{MaxBytes: kubernetesObjectMaxBytes, Empty: true, Source: kubernetesSecret}
)
