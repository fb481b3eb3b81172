package awsparameterstore

import (
	"errors"
	"regexp"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// The pages that document the limits.
const (
	pagePut   = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"
	pageTags  = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html"
	pageTiers = "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
)

// The limits of Parameter Store.
var (
	nameLimit = limit.Name{
		Pattern: regexp.MustCompile(`^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$`),
		Grammar: "a name has letters, digits and _ . - only, in levels separated by /",
		// AWS allows 1011 characters, including the ARN prefix that users do not see. The longest prefix,
		// arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter, has 55.
		MaxLength: 1011 - 55,
		Reserved:  reservedName,
		Source:    pagePut,
	}
	descriptionLimit = limit.Text{MaxLength: 1024, Source: pagePut}
	// tagLimit restricts the characters of tags. Secrets Manager only recommends these.
	tagLimit = limit.Tags{
		Max:    49,
		Key:    limit.Both(limit.Both(limit.Characters(1, 128), aws.TagKey), tagAlphabet),
		Value:  limit.Both(limit.Characters(0, 256), tagAlphabet),
		Source: pageTags,
	}
)

var tagAlphabet = limit.Matching(`^[\p{L}\p{Z}\p{N}_.:/=+@-]*$`,
	"must have letters, digits, spaces and _ . : / = + - @ only")

const (
	// standardBytes is the maximum size in the free tier Standard.
	standardBytes = 4096
	advancedBytes = 8192
)

const maxLevels = 15

func reservedName(name string) error {
	if strings.Count(strings.TrimPrefix(name, "/"), "/")+1 > maxLevels {
		return errors.New("has more than 15 levels")
	}
	if strings.Contains(strings.TrimPrefix(name, "/"), "/") && !strings.HasPrefix(name, "/") {
		return errors.New("has levels, so it must begin with /")
	}
	if strings.LastIndex(name, "/") == 0 {
		// The provider would see another name than it has asked for, and /a and a are one parameter.
		// Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html
		return errors.New("has only one level, so AWS drops the / before it: leave it out")
	}
	root := strings.ToLower(strings.TrimPrefix(name, "/"))
	for _, prefix := range []string{"aws", "ssm"} {
		if strings.HasPrefix(root, prefix) {
			return errors.New("must not begin with " + prefix + " in any capitalization, which AWS reserves")
		}
	}
	return nil
}

// valueLimit returns the limit on values in the tier Standard, Advanced or Intelligent-Tiering.
func valueLimit(tier string) limit.Value {
	size := advancedBytes
	if tier == "Standard" {
		size = standardBytes
	}
	return limit.Value{
		MaxBytes: size,
		Refused: func(text string) error {
			if i := strings.Index(text, "{{"); i >= 0 && strings.Contains(text[i:], "}}") {
				return errors.New("contains {{...}}, which Parameter Store reads as a reference to another " +
					"parameter and refuses")
			}
			return nil
		},
		Source: pagePut,
	}
}
