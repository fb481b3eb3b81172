// Package aws is what the platforms of AWS share: the region, the account and the provider.
package aws

import (
	"errors"
	"regexp"
	"strings"
)

// region takes whatever the regionRegex of one of AWS's partitions takes (aws-sdk-go-v2,
// internal/endpoints/awsrulesfn/partitions.go), and regions of partitions to come.
var region = regexp.MustCompile(`^[a-z]+(-[a-z0-9_]+)+-[0-9]+$`)

// CheckRegion returns what is wrong with the name of a region, or nil.
func CheckRegion(code string) error {
	if !region.MatchString(code) {
		return errors.New("must be a region code, such as us-west-2, not a region's name or an availability zone")
	}
	return nil
}

// TagKey refuses the keys of tags that AWS keeps for itself.
func TagKey(key string) error {
	if strings.HasPrefix(strings.ToLower(key), "aws:") {
		return errors.New("must not begin with aws:, which AWS reserves")
	}
	return nil
}
