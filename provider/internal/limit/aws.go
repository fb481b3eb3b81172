package limit

import (
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
	awsTagging      = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"
	awsArns         = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns"
	awsMaxTags      = 50
)

// awsRegion takes whatever the regionRegex of one of AWS's partitions takes (aws-sdk-go-v2,
// internal/endpoints/awsrulesfn/partitions.go), and regions of partitions to come.
var awsRegion = regexp.MustCompile(`^[a-z]+(-[a-z0-9_]+)+-[0-9]+$`)

// AwsRegion returns what is wrong with the name of a region, or "".
func AwsRegion(region string) string {
	if !awsRegion.MatchString(region) {
		return "must be the code of a region, such as us-west-2: neither its name nor an availability zone"
	}
	return ""
}

var (
	awsPartition = regexp.MustCompile(`^aws(-[a-z0-9]+)*$`)
	// awsAccount is an account, or AWS itself, whose policies everybody can use.
	awsAccount = regexp.MustCompile(`^([0-9]{12}|aws)$`)
)

// AwsIamArn returns what is wrong with the ARN of a role or a policy, or "".
func AwsIamArn(text, kind string) string {
	parsed, err := arn.Parse(text)
	path, ok := strings.CutPrefix(parsed.Resource, kind+"/")
	if err != nil || parsed.Service != "iam" || parsed.Region != "" || !awsPartition.MatchString(parsed.Partition) ||
		!awsAccount.MatchString(parsed.AccountID) || !ok || path == "" || strings.ContainsAny(path, " \t\n") {
		return fmt.Sprintf("must be the ARN of a %s, such as arn:aws:iam::123456789012:%s/name (%s)", kind, kind, awsArns)
	}
	return ""
}

// AwsRecoveryWindow returns what is wrong with a recovery window in days, or "".
func AwsRecoveryWindow(days int) string {
	if days != 0 && (days < 7 || days > 30) {
		return fmt.Sprintf("must be 7 to 30, or 0 to delete at once and for good (%s)", awsDeleteSecret)
	}
	return ""
}

// AwsTags returns what is wrong with the keys of a user's tags, or "". One of the tags that a resource can have is
// taken by the mark of ownership.
func AwsTags(keys []string) string {
	if len(keys) > awsMaxTags-1 {
		return fmt.Sprintf("has %d tags, and at most %d are allowed beside our own (%s)", len(keys), awsMaxTags-1, awsTagging)
	}
	for _, key := range keys {
		switch {
		case key == "" || len([]rune(key)) > 128:
			return fmt.Sprintf("has the key %q: a key has 1 to 128 characters (%s)", key, awsTagging)
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			return fmt.Sprintf("has the key %q: the prefix aws: is reserved (%s)", key, awsTagging)
		}
	}
	return ""
}
