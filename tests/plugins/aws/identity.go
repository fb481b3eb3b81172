package aws

import (
	"context"
	"fmt"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// getCallerIdentity returns the owner of the credentials.
func (a *account) getCallerIdentity(ctx context.Context, _ property.Map) (property.Map, error) {
	found, err := a.tokens.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return property.Map{}, fmt.Errorf("reading STS Caller Identity: %w", err)
	}
	return property.NewMap(map[string]property.Value{
		"id":        property.New(sdk.ToString(found.Account)),
		"accountId": property.New(sdk.ToString(found.Account)),
		"arn":       property.New(sdk.ToString(found.Arn)),
		"userId":    property.New(sdk.ToString(found.UserId)),
	}), nil
}

// getRegion returns the provider's region. It supports only the standard partition.
func (a *account) getRegion(context.Context, property.Map) (property.Map, error) {
	return property.NewMap(map[string]property.Value{
		"id":          property.New(a.region),
		"name":        property.New(a.region),
		"description": property.New(a.region),
		"endpoint":    property.New("ec2." + a.region + ".amazonaws.com"),
	}), nil
}
