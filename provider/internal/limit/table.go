package limit

import "regexp"

// AWS Secrets Manager.
const (
	awsSecretsManagerLimits = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html"
	awsSecretsManagerCreate = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"
)

var awsARNSuffix = regexp.MustCompile(`-[A-Za-z0-9]{6}$`)

var (
	// AwsSecretsManagerName is the name of a secret in AWS Secrets Manager.
	AwsSecretsManagerName = Name{
		Pattern:   regexp.MustCompile(`^[A-Za-z0-9/_+=.@-]+$`),
		Grammar:   "a name has letters, digits and / _ + = . @ - only",
		MaxLength: 512,
		Reserved: func(name string) string {
			if awsARNSuffix.MatchString(name) {
				return "must not end in a hyphen and six characters: AWS could take the name for a partial ARN"
			}
			return ""
		},
		Source: awsSecretsManagerCreate,
	}
	// AwsSecretsManagerValue is the content of a secret in AWS Secrets Manager.
	AwsSecretsManagerValue = Value{MaxBytes: 65536, Source: awsSecretsManagerLimits}
)
