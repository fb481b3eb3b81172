package provider

import (
	"fmt"
	"os"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"

	"github.com/escsync/pulumi-escsync/provider/internal/place"
)

// locator tells where the run pushes to; "" where nothing is known about it.
type locator func(r *registration) (string, error)

// configured takes the place from the configuration of a package's provider, which says nothing of a provider that the
// caller passed.
func configured(pkg string, where func(place.Source) string) locator {
	return func(r *registration) (string, error) {
		if r.plan.request.providers(pkg) {
			return "", nil
		}
		return where(place.Source{Config: r.plan.request.config, Getenv: os.Getenv}), nil
	}
}

// inAws asks AWS for the account, as credentials do not tell. region is the setting.
func inAws(region string) locator {
	return func(r *registration) (string, error) {
		if err := r.useAwsProvider(region); err != nil {
			return "", err
		}
		identity, err := aws.GetCallerIdentity(r.ctx, &aws.GetCallerIdentityArgs{}, r.invokeOptions()...)
		if err != nil {
			return "", fmt.Errorf("asking AWS which account the credentials are of (sts:GetCallerIdentity, which needs no "+
				"permission): %w", err)
		}
		where, err := aws.GetRegion(r.ctx, &aws.GetRegionArgs{}, r.invokeOptions()...)
		if err != nil {
			return "", fmt.Errorf("asking the AWS provider for its region: %w", err)
		}
		// A provider whose configuration a preview does not know answers nothing.
		if region != "" && where.Name != "" && where.Name != region && r.plan.request.providers("aws") {
			return "", fmt.Errorf("the region of the destination is %s, and that of the AWS provider that was passed is %s, "+
				"which would be used: leave region out, or pass a provider of that region", region, where.Name)
		}
		return place.Aws(identity.AccountId, where.Name), nil
	}
}
