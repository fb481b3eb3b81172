// Package aws has what the AWS platforms have in common: the region, the account and the provider.
package aws

import (
	"errors"
	"regexp"
	"strings"
)

// region matches what the regionRegex of any AWS partition matches (aws-sdk-go-v2,
// internal/endpoints/awsrulesfn/partitions.go), and leaves room for future partitions.
var region = regexp.MustCompile(`^[a-z]+(-[a-z0-9_]+)+-[0-9]+$`)

// CheckRegion returns what is wrong with a region name, or nil.
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
