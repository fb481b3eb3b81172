package limit

import (
	"fmt"
	"strings"
)

// AwsRecoveryWindowDefault is the longest window that AWS allows, and its default.
const AwsRecoveryWindowDefault = 30

//nolint:gosec // These are addresses of documentation, not credentials.
const (
	awsDeleteSecret = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html"
	awsTagging      = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"
	awsMaxTags      = 50
)

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
