package provider

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/settings"
)

// awsRegion reads the setting; "" if it is not given.
func (r pushRequest) awsRegion() string {
	region := r.settings.Known("region")
	checkAwsRegion(r.settings, region)
	return region
}

func checkAwsRegion(s *settings.Reader, region string) {
	if region == "" { // unknown, or told already
		return
	}
	if err := limit.AwsRegion(region); err != nil {
		s.Problem("region", "%s", err)
	}
}

// useAwsProvider makes a provider for a region, unless the caller passed one or the default provider has that region
// already. A provider of our own takes nothing from the stack's aws configuration, so it is the last resort.
func (r *registration) useAwsProvider(region string) error {
	request := r.plan.request
	if region == "" || request.providers("aws") || request.config("aws:region") == region {
		return nil
	}
	provider, err := aws.NewProvider(r.ctx, r.logical("aws"), &aws.ProviderArgs{Region: pulumi.String(region)},
		pulumi.Parent(r.component))
	if err != nil {
		return fmt.Errorf("making the AWS provider for %s: %w", region, err)
	}
	r.provider = provider
	return nil
}
