package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/resourcegroupstaggingapi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Tagged returns the tags of resources by ARN, from AWS's tagging API. The API needs the permission tag:GetResources,
// and its index lags behind.
func Tagged(
	r *target.Registration, args resourcegroupstaggingapi.GetResourcesArgs,
) (map[string]map[string]string, error) {
	found, err := resourcegroupstaggingapi.GetResources(r.Ctx, &args, r.InvokeOptions()...)
	if err != nil {
		return nil, err
	}
	tags := map[string]map[string]string{}
	for _, resource := range found.ResourceTagMappingLists {
		tags[resource.ResourceArn] = resource.Tags
	}
	return tags, nil
}

// Owned returns the tags, by ARN, of the resources of a type, such as ssm:parameter, that have the sync's current or
// former ownership tag.
func Owned(r *target.Registration, resourceType string) (map[string]map[string]string, error) {
	return Tagged(r, resourcegroupstaggingapi.GetResourcesArgs{
		ResourceTypeFilters: []string{resourceType},
		TagFilters: []resourcegroupstaggingapi.GetResourcesTagFilter{
			{Key: Ownership.Key, Values: r.OwnershipTags()},
		},
	})
}
