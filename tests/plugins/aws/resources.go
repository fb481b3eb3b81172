package aws

import (
	"context"
	"fmt"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/types"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// resourceFilters are the arguments of getResources. Compliance is not supported.
type resourceFilters struct {
	ARNs       []string `json:"resourceArnLists"`
	Types      []string `json:"resourceTypeFilters"`
	TagFilters []struct {
		Key    string   `json:"key"`
		Values []string `json:"values"`
	} `json:"tagFilters"`
}

// getResources finds resources of the configured region by their tags. Its ID is the region.
func (a *account) getResources(ctx context.Context, args property.Map) (property.Map, error) {
	var filters resourceFilters
	if err := standin.Decode(args, &filters); err != nil {
		return property.Map{}, err
	}
	input := &resourcegroupstaggingapi.GetResourcesInput{
		ResourceARNList: filters.ARNs, ResourceTypeFilters: filters.Types,
	}
	for _, filter := range filters.TagFilters {
		input.TagFilters = append(input.TagFilters, types.TagFilter{Key: sdk.String(filter.Key), Values: filter.Values})
	}
	items := []property.Value{}
	for pages := resourcegroupstaggingapi.NewGetResourcesPaginator(a.tagging, input); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return property.Map{}, fmt.Errorf("reading Resource Groups Tagging API Resources: %w", err)
		}
		for _, found := range page.ResourceTagMappingList {
			items = append(items, resourceTags(found))
		}
	}
	return args.Set("id", property.New(a.tagging.Options().Region)).
		Set("resourceTagMappingLists", property.New(items)), nil
}

func resourceTags(found types.ResourceTagMapping) property.Value {
	tags := map[string]property.Value{}
	for _, tag := range found.Tags {
		tags[sdk.ToString(tag.Key)] = property.New(sdk.ToString(tag.Value))
	}
	return property.New(map[string]property.Value{
		"resourceArn": property.New(sdk.ToString(found.ResourceARN)), "tags": property.New(tags),
		"complianceDetails": property.New([]property.Value{}),
	})
}
