package aws

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// Package is the Pulumi package whose provider writes to AWS.
const Package = "aws"

// regionKey is the configuration key of the region.
const regionKey = Package + ":region"

// Ownership is a tag. AWS allows letters, digits, spaces and + - = . _ : / @ in its value.
// Source: https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html
var Ownership = ownership.Tag{Key: ownership.Key, MaxLength: 256, Safe: func(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" +-=._:/@", r)
}}

// The texts of AWS errors in the log of a failed run.
var (
	Denied = []string{"accessdenied", "is not authorized to perform"}
	// From STS, and from the Terraform provider that Pulumi's AWS provider is built on.
	Unauthenticated = []string{
		"failed to get shared config profile", "no valid credential sources", "invalidclienttokenid", "expiredtoken",
	}
	Throttled = []string{"throttlingexception", "toomanyupdates", "rate exceeded"}
)

// PulumiConfig sets the region of the default provider.
func PulumiConfig(settings property.Map, _ property.Value) map[string]property.Value {
	region := settings.Get("region")
	if region.IsNull() {
		return nil
	}
	return map[string]property.Value{regionKey: region}
}

// Region reads the setting region; "" if it is not set.
func Region(r target.Request) string {
	region := r.Settings.Known("region")
	CheckSetting(r.Settings, region)
	return region
}

// CheckSetting reports an invalid region.
func CheckSetting(s *settings.Reader, region string) {
	if region == "" { // unknown, or already reported
		return
	}
	if err := CheckRegion(region); err != nil {
		s.Problem("region", "%s", err)
	}
}

// useProvider creates a provider for the region, unless the caller passed one or the default provider already uses
// the region. It is the last resort, because our own provider ignores the stack's aws configuration.
func useProvider(r *target.Registration, region string) error {
	caller := r.Request.Caller
	if region == "" || caller.Provides(Package) || caller.Config(regionKey) == region {
		return nil
	}
	provider, err := aws.NewProvider(r.Ctx, r.Name+"/aws", &aws.ProviderArgs{Region: pulumi.String(region)},
		pulumi.Parent(r.Component))
	if err != nil {
		return fmt.Errorf("making the AWS provider for %s: %w", region, err)
	}
	r.Provider = provider
	return nil
}
