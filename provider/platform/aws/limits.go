// Package aws has what the AWS platforms share: the region, the account and the provider.
package aws

import (
	"errors"
	"regexp"
	"strings"
)

// region accepts what the regionRegex of any AWS partition accepts (aws-sdk-go-v2,
// internal/endpoints/awsrulesfn/partitions.go), and regions of future partitions.
var region = regexp.MustCompile(`^[a-z]+(-[a-z0-9_]+)+-[0-9]+$`)

// CheckRegion returns what is wrong with the name of a region, or nil.
func CheckRegion(code string) error {
	if !region.MatchString(code) {
		return errors.New("must be a region code, such as us-west-2, not a region's name or an availability zone")
	}
	return nil
}

// TagKey refuses tag keys that AWS reserves.
func TagKey(key string) error {
	if strings.HasPrefix(strings.ToLower(key), "aws:") {
		return errors.New("must not begin with aws:, which AWS reserves")
	}
	return nil
}
