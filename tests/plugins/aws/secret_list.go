package aws

import (
	"context"
	"fmt"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// getSecrets lists secrets by filters, without those that are scheduled for deletion. Arns and names are sets in the
// published provider, each with its own order, which is reversed here. Its ID is the region.
func (a *account) getSecrets(ctx context.Context, args property.Map) (property.Map, error) {
	var given struct {
		Filters []struct {
			Name   string   `json:"name"`
			Values []string `json:"values"`
		} `json:"filters"`
	}
	if err := standin.Decode(args, &given); err != nil {
		return property.Map{}, err
	}
	input := &secretsmanager.ListSecretsInput{}
	for _, filter := range given.Filters {
		input.Filters = append(input.Filters, types.Filter{
			Key: types.FilterNameStringType(filter.Name), Values: filter.Values,
		})
	}
	arns, names := []property.Value{}, []property.Value{}
	for pages := secretsmanager.NewListSecretsPaginator(a.secrets, input); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return property.Map{}, fmt.Errorf("reading Secrets Manager Secrets: %w", err)
		}
		for _, found := range page.SecretList {
			arns = append(arns, property.New(sdk.ToString(found.ARN)))
			names = append([]property.Value{property.New(sdk.ToString(found.Name))}, names...)
		}
	}
	return args.Set("id", property.New(a.secrets.Options().Region)).
		Set("arns", property.New(arns)).Set("names", property.New(names)), nil
}
