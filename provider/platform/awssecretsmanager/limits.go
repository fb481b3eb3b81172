package awssecretsmanager

import (
	"fmt"
	"regexp"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// The pages that document the limits.
const (
	pageLimits = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html"
	pageCreate = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"
	pageTags   = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html"
	pageDelete = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html"
)

// The limits of AWS Secrets Manager.
var (
	nameLimit = limit.Name{
		Pattern:   regexp.MustCompile(`^[A-Za-z0-9/_+=.@-]+$`),
		Grammar:   "a name has letters, digits and / _ + = . @ - only",
		MaxLength: 512,
		Source:    pageCreate,
	}
	valueLimit       = limit.Value{MaxBytes: 65536, Source: pageLimits}
	descriptionLimit = limit.Text{MaxLength: 2048, Source: pageCreate}
	// tagLimit leaves room for the ownership tag.
	tagLimit = limit.Tags{
		Max: 49, Key: limit.Both(limit.Characters(1, 128), aws.TagKey), Value: limit.Characters(0, 256), Source: pageTags,
	}
)

// recoveryWindowDefault is the default and the maximum of AWS, in days.
const recoveryWindowDefault = 30

// checkRecoveryWindow returns what is wrong with a recovery window in days, or nil.
func checkRecoveryWindow(days int) error {
	if days != 0 && (days < 7 || days > 30) {
		return fmt.Errorf("must be 7 to 30, or 0 to delete immediately and permanently (%s)", pageDelete)
	}
	return nil
}
