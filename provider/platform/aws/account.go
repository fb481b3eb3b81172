package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
)

// Locate asks AWS for the account, because credentials do not contain it. region is the setting; "" if it is not set.
func Locate(region string) func(*target.Registration) (string, error) {
	return func(r *target.Registration) (string, error) {
		if err := useProvider(r, region); err != nil {
			return "", err
		}
		identity, err := aws.GetCallerIdentity(r.Ctx, &aws.GetCallerIdentityArgs{}, r.InvokeOptions()...)
		if err != nil {
			return "", target.Asked("asking AWS which account the credentials belong to (sts:GetCallerIdentity, "+
				"which needs no permission)", err)
		}
		where, err := aws.GetRegion(r.Ctx, &aws.GetRegionArgs{}, r.InvokeOptions()...)
		if err != nil {
			return "", target.Asked("asking the AWS provider for its region", err)
		}
		// At preview the provider's configuration may be unknown. It then returns no region.
		if region != "" && where.Name != "" && where.Name != region && r.Request.Caller.Provides(Package) {
			return "", fmt.Errorf("destination.region is %s, but the AWS provider that was passed is set to %s and "+
				"would write there. Nothing was changed. Leave region out, or pass a provider for the "+
				"region", region, where.Name)
		}
		return account.Join("AWS account", identity.AccountId, where.Name), nil
	}
}
