package awsparameterstore

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/resourcegroupstaggingapi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// lookUp asks for tags, as no function of the provider tells those of a single parameter. Of a parameter that is
// neither ours nor in the state nothing is known, and nothing needs to be: AWS refuses to create one that exists.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	found := map[string]target.Existing{}
	if err := t.findOwned(r, found); err != nil {
		return nil, err
	}
	held := map[string]target.Item{}
	for _, item := range r.Held() {
		if arn, ok := r.Outputs(item)["arn"].(string); ok {
			held[arn] = item
		}
	}
	for arns := range slices.Chunk(slices.Sorted(maps.Keys(held)), mostARNs) {
		tagged, err := getResources(r, resourcegroupstaggingapi.GetResourcesArgs{ResourceArnLists: arns})
		if err != nil {
			return nil, err
		}
		for _, resource := range tagged {
			item := held[resource.ResourceArn]
			r.Find(found, item, r.Tagged(item.Name, resource.Tags))
		}
	}
	return found, nil
}

// mostARNs is how many ARNs one call takes.
// Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
const mostARNs = 100

// findOwned finds the parameters that carry our tag, in one call.
func (t push) findOwned(r *target.Registration, found map[string]target.Existing) error {
	// With Never nothing may be adopted, and with All the write itself does it.
	if r.Request.Policy.AdoptionPolicy != target.AdoptOwned {
		return nil
	}
	key := r.Request.Platform.Ownership.Key
	tagged, err := getResources(r, resourcegroupstaggingapi.GetResourcesArgs{
		ResourceTypeFilters: []string{"ssm:parameter"},
		TagFilters:          []resourcegroupstaggingapi.GetResourcesTagFilter{{Key: key, Values: r.OwnershipTags()}},
	})
	if err != nil {
		return err
	}
	ours := map[string]map[string]string{}
	for _, resource := range tagged {
		if _, name, ok := strings.Cut(resource.ResourceArn, ":parameter/"); ok {
			ours[name] = resource.Tags
		}
	}
	for _, s := range t.secrets {
		// The ARN of /a/b ends in :parameter/a/b, and so does that of a/b, which cannot exist.
		if tags, there := ours[strings.TrimPrefix(s.Name, "/")]; there {
			found[s.Name] = r.Tagged(s.Name, tags)
		}
	}
	return nil
}

func getResources(
	r *target.Registration, args resourcegroupstaggingapi.GetResourcesArgs,
) ([]resourcegroupstaggingapi.GetResourcesResourceTagMappingList, error) {
	tagged, err := resourcegroupstaggingapi.GetResources(r.Ctx, &args, r.InvokeOptions()...)
	if err != nil {
		return nil, target.Asked("looking up whose the parameters are (which needs the permission tag:GetResources)", err)
	}
	return tagged.ResourceTagMappingLists, nil
}
