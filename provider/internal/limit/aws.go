package limit

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// AwsRecoveryWindowDefault is the longest window that AWS allows, and its default.
const AwsRecoveryWindowDefault = 30

//nolint:gosec // These are addresses of documentation, not credentials.
const (
	awsDeleteSecret = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html"
	awsSessions     = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"
	awsArns         = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns"
)

// awsRegion takes whatever the regionRegex of one of AWS's partitions takes (aws-sdk-go-v2,
// internal/endpoints/awsrulesfn/partitions.go), and regions of partitions to come.
var awsRegion = regexp.MustCompile(`^[a-z]+(-[a-z0-9_]+)+-[0-9]+$`)

// AwsRegion returns what is wrong with the name of a region, or nil.
func AwsRegion(region string) error {
	if !awsRegion.MatchString(region) {
		return errors.New("must be the code of a region, such as us-west-2: neither its name nor an availability zone")
	}
	return nil
}

var (
	awsPartition = regexp.MustCompile(`^aws(-[a-z0-9]+)*$`)
	// awsAccount is an account, or AWS itself, whose policies everybody can use.
	awsAccount = regexp.MustCompile(`^([0-9]{12}|aws)$`)
)

// AwsIamArn returns what is wrong with the ARN of a role or a policy, or nil.
func AwsIamArn(text, kind string) error {
	parsed, err := arn.Parse(text)
	path, ok := strings.CutPrefix(parsed.Resource, kind+"/")
	if err != nil || parsed.Service != "iam" || parsed.Region != "" || !awsPartition.MatchString(parsed.Partition) ||
		!awsAccount.MatchString(parsed.AccountID) || !ok || path == "" || strings.ContainsAny(path, " \t\n") {
		return fmt.Errorf("must be the ARN of a %s, such as arn:aws:iam::123456789012:%s/name (%s)", kind, kind, awsArns)
	}
	return nil
}

// AwsRecoveryWindow returns what is wrong with a recovery window in days, or nil.
func AwsRecoveryWindow(days int) error {
	if days != 0 && (days < 7 || days > 30) {
		return fmt.Errorf("must be 7 to 30, or 0 to delete at once and for good (%s)", awsDeleteSecret)
	}
	return nil
}

// The longest descriptions, in characters.
var (
	AwsSecretsManagerDescription = Text{MaxLength: 2048, Source: awsSecretsManagerCreate}
	AwsParameterStoreDescription = Text{MaxLength: 1024, Source: awsPutParameter}
)

var awsSessionName = regexp.MustCompile(`^[A-Za-z0-9_+=,.@-]{2,64}$`)

// AwsSessionName returns what is wrong with the name of a role's session, or nil.
func AwsSessionName(name string) error {
	if !awsSessionName.MatchString(name) {
		return fmt.Errorf("must have 2 to 64 letters, digits and _ + = , . @ - (%s)", awsSessions)
	}
	return nil
}
