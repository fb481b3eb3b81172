package aws

import (
	"context"
	"fmt"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// AWS's defaults.
const (
	defaultDataType = "text"
	defaultKey      = "alias/aws/ssm"
)

// findParameter reads a parameter, its metadata and its tags. It returns nil if there is none.
func (a *account) findParameter(ctx context.Context, name string) (*parameterState, error) {
	found, err := a.parameters.GetParameter(ctx, &ssm.GetParameterInput{Name: &name, WithDecryption: sdk.Bool(true)})
	if hasCode(err, "ParameterNotFound") {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading SSM Parameter (%s): %w", name, err)
	}
	state := &parameterState{
		ARN: sdk.ToString(found.Parameter.ARN), DataType: sdk.ToString(found.Parameter.DataType),
		Name: sdk.ToString(found.Parameter.Name), Type: string(found.Parameter.Type),
		Value: sdk.ToString(found.Parameter.Value), Version: found.Parameter.Version,
	}
	described, err := a.parameters.DescribeParameters(ctx, &ssm.DescribeParametersInput{
		ParameterFilters: []types.ParameterStringFilter{
			{Key: sdk.String("Name"), Option: sdk.String("Equals"), Values: []string{name}},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("reading SSM Parameter metadata (%s): %w", name, err)
	}
	for _, metadata := range described.Parameters {
		state.AllowedPattern = sdk.ToString(metadata.AllowedPattern)
		state.Description = sdk.ToString(metadata.Description)
		state.KeyID = sdk.ToString(metadata.KeyId)
		state.Tier = string(metadata.Tier)
	}
	tags, err := a.parameters.ListTagsForResource(ctx, &ssm.ListTagsForResourceInput{
		ResourceType: types.ResourceTypeForTaggingParameter, ResourceId: &name,
	})
	if err != nil {
		return nil, fmt.Errorf("listing tags for SSM Parameter (%s): %w", name, err)
	}
	state.Tags = map[string]string{}
	for _, tag := range tags.TagList {
		state.Tags[sdk.ToString(tag.Key)] = sdk.ToString(tag.Value)
	}
	return state, nil
}

// readParameter detects a changed value, whoever changed it. A default that AWS filled in is not an input.
func (a *account) readParameter(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	found, err := a.findParameter(ctx, req.ID)
	if err != nil || found == nil {
		return p.ReadResponse{}, err
	}
	var old parameterState
	if err := standin.Decode(req.Inputs, &old); err != nil {
		return p.ReadResponse{}, err
	}
	imported := req.Inputs.Len() == 0
	if old.Tier == tierIntelligent {
		found.Tier = tierIntelligent
	}
	inputs := *found
	inputs.ARN, inputs.Version, inputs.Overwrite = "", 0, old.Overwrite
	if old.DataType == "" && (!imported || found.DataType == defaultDataType) {
		inputs.DataType = ""
	}
	if old.KeyID == "" && (!imported || found.KeyID == defaultKey) {
		inputs.KeyID = ""
	}
	if old.Tier == "" && !imported {
		inputs.Tier = ""
	}
	if old.InsecureValue != "" {
		inputs.InsecureValue, inputs.Value = inputs.Value, ""
	}
	encoded, err := standin.Encode(inputs)
	if err != nil {
		return p.ReadResponse{}, err
	}
	found.Overwrite = old.Overwrite
	properties, err := encodeParameter(*found)
	return p.ReadResponse{ID: found.Name, Inputs: encoded, Properties: properties}, err
}
