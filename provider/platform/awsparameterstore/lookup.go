package awsparameterstore

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/resourcegroupstaggingapi"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// absent is how Terraform's AWS provider, which Pulumi's is made from, says that a data source found nothing.
var absent = []string{"couldn't find resource", "ParameterNotFound"}

// mostARNs is how many ARNs one call takes.
// Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
const mostARNs = 100

// lookUp asks for what exists, and then for all tags at once, as no function of the provider tells those of a single
// parameter.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	found, items, err := t.findEach(r)
	if err != nil {
		return nil, err
	}
	for arns := range slices.Chunk(slices.Sorted(maps.Keys(items)), mostARNs) {
		tagged, err := resourcegroupstaggingapi.GetResources(r.Ctx,
			&resourcegroupstaggingapi.GetResourcesArgs{ResourceArnLists: arns}, r.InvokeOptions()...)
		if err != nil {
			return nil, fmt.Errorf("looking up whose the parameters are (which needs the permission tag:GetResources): %w", err)
		}
		for _, resource := range tagged.ResourceTagMappingLists {
			item := items[resource.ResourceArn]
			r.Find(found, item, r.Tagged(item.Name, resource.Tags))
		}
	}
	return found, nil
}

// findEach finds what exists, each by its ARN. All is foreign here, since a parameter without tags is in no answer about
// tags.
func (t push) findEach(
	r *target.Registration,
) (map[string]target.Existing, map[string]target.Item, error) {
	var lock sync.Mutex
	items := map[string]target.Item{}
	found, err := r.LookUpEach(absent, func(item target.Item) (target.Existing, error) {
		arn, err := find(r, item.Name)
		if err != nil || arn == "" {
			return target.Existing{}, err
		}
		lock.Lock()
		defer lock.Unlock()
		items[arn] = item
		return r.Tagged(item.Name, nil), nil
	})
	return found, items, err
}

// find returns the ARN of a parameter. The function answers with the value as well, which nobody here needs: that of a
// SecureString stays encrypted. Since it is a secret, the answer comes as an output only.
func find(r *target.Registration, name string) (string, error) {
	parameter := ssm.LookupParameterOutput(r.Ctx, ssm.LookupParameterOutputArgs{
		Name: pulumi.String(name), WithDecryption: pulumi.Bool(false),
	}, r.InvokeOptions()...)
	found, err := internals.UnsafeAwaitOutput(r.Ctx.Context(), parameter.Arn())
	if err != nil {
		return "", fmt.Errorf("reading the parameter: %w", err)
	}
	arn, _ := found.Value.(string)
	return arn, nil
}
