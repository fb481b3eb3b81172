package aws

import (
	"context"
	"fmt"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// tierIntelligent lets AWS choose the tier, so the tier that is read differs.
const tierIntelligent = "Intelligent-Tiering"

// parameterState is the state of a Parameter.
type parameterState struct {
	AllowedPattern string            `json:"allowedPattern,omitempty"`
	ARN            string            `json:"arn,omitempty"`
	DataType       string            `json:"dataType,omitempty"`
	Description    string            `json:"description,omitempty"`
	InsecureValue  string            `json:"insecureValue,omitempty"`
	KeyID          string            `json:"keyId,omitempty"`
	Name           string            `json:"name,omitempty"`
	Overwrite      *bool             `json:"overwrite,omitempty"`
	Tags           map[string]string `json:"tags,omitempty"`
	TagsAll        map[string]string `json:"tagsAll,omitempty"`
	Tier           string            `json:"tier,omitempty"`
	Type           string            `json:"type"`
	Value          string            `json:"value,omitempty"`
	Version        int64             `json:"version,omitempty"`
}

func (s parameterState) text() string {
	if s.InsecureValue != "" {
		return s.InsecureValue
	}
	return s.Value
}

func (a *account) parameter() standin.Resource {
	return standin.Resource{
		Check: checkParameterInputs, Create: a.createParameter, Read: a.readParameter,
		Update: a.updateParameter, Delete: a.deleteParameter, Volatile: []string{"version", "tagsAll", "keyId"},
		ReplacesWhen: replacesParameter,
	}
}

// replacesParameter reports which changes replace a parameter: another name, or a lower tier under the same name.
func replacesParameter(olds, news property.Map, path string) (replace, deleteFirst bool) {
	lowered := standin.Text(olds, "tier") == string(types.ParameterTierAdvanced) &&
		standin.Text(news, "tier") == string(types.ParameterTierStandard)
	return path == "name" || path == "tier" && lowered, path != "name"
}

// checkParameterInputs sets a default name and requires exactly one value.
func checkParameterInputs(_ context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error) {
	inputs := req.Inputs
	var failures []p.CheckFailure
	_, value := inputs.GetOk("value")
	_, insecure := inputs.GetOk("insecureValue")
	if value == insecure {
		failures = append(failures, p.CheckFailure{
			Property: "value", Reason: "one of `insecureValue,value` must be specified",
		})
	}
	if insecure && standin.Text(inputs, "type") == string(types.ParameterTypeSecureString) {
		failures = append(failures, p.CheckFailure{
			Property: "insecureValue", Reason: "invalid with a type of SecureString",
		})
	}
	for key, known := range map[string][]string{
		"type": {"String", "StringList", "SecureString"}, "tier": {"Standard", "Advanced", tierIntelligent},
	} {
		if v := inputs.Get(key); v.IsString() && !slices.Contains(known, v.AsString()) {
			failures = append(failures, p.CheckFailure{
				Property: key, Reason: fmt.Sprintf("expected %s to be one of %q", key, known),
			})
		}
	}
	if _, named := inputs.GetOk("name"); !named {
		name, err := standin.AutoName(req, "name", 2048)
		if err != nil {
			return inputs, nil, err
		}
		inputs = inputs.Set("name", property.New(name))
	}
	return inputs, failures, nil
}

// putParameter writes a parameter. AWS does not accept tags together with an overwrite.
func (a *account) putParameter(ctx context.Context, state parameterState, overwrite bool) error {
	if err := checkParameter(state.Name, state.text(), state.Tier); err != nil {
		return fmt.Errorf("putting SSM Parameter (%s): %w", state.Name, err)
	}
	input := &ssm.PutParameterInput{
		Name: &state.Name, Value: sdk.String(state.text()), Type: types.ParameterType(state.Type),
		AllowedPattern: optional(state.AllowedPattern), DataType: optional(state.DataType),
		Description: optional(state.Description), KeyId: optional(state.KeyID),
		Tier: types.ParameterTier(state.Tier), Overwrite: &overwrite,
	}
	if !overwrite {
		input.Tags = parameterTags(state.Tags)
	}
	if _, err := a.parameters.PutParameter(ctx, input); err != nil {
		return fmt.Errorf("putting SSM Parameter (%s): %w", state.Name, err)
	}
	return nil
}

func (a *account) createParameter(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	var state parameterState
	if err := standin.Decode(req.Properties, &state); err != nil {
		return p.CreateResponse{}, err
	}
	overwrite := sdk.ToBool(state.Overwrite)
	if err := a.putParameter(ctx, state, overwrite); err != nil {
		return p.CreateResponse{}, err
	}
	if overwrite {
		if err := a.changeParameterTags(ctx, state.Name, nil, state.Tags); err != nil {
			return p.CreateResponse{}, err
		}
	}
	properties, err := a.parameterProperties(ctx, state)
	return p.CreateResponse{ID: state.Name, Properties: properties}, err
}

// updateParameter overwrites the value, unless the input overwrite is false.
func (a *account) updateParameter(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	var old, state parameterState
	if err := standin.Decode(req.OldInputs, &old); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := standin.Decode(req.Inputs, &state); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := a.putParameter(ctx, state, state.Overwrite == nil || *state.Overwrite); err != nil {
		return p.UpdateResponse{}, err
	}
	if err := a.changeParameterTags(ctx, state.Name, old.Tags, state.Tags); err != nil {
		return p.UpdateResponse{}, err
	}
	properties, err := a.parameterProperties(ctx, state)
	return p.UpdateResponse{Properties: properties}, err
}

// parameterProperties adds the values that AWS returns to the written state.
func (a *account) parameterProperties(ctx context.Context, state parameterState) (property.Map, error) {
	found, err := a.findParameter(ctx, state.Name)
	if err != nil {
		return property.Map{}, err
	}
	if found == nil {
		return property.Map{}, fmt.Errorf("reading SSM Parameter (%s): it is gone", state.Name)
	}
	found.Tags, found.Overwrite = state.Tags, state.Overwrite
	if state.Tier != "" {
		found.Tier = state.Tier
	}
	return encodeParameter(*found)
}

// encodeParameter adds the value as insecureValue too if it is not secret, like the provider.
func encodeParameter(state parameterState) (property.Map, error) {
	state.TagsAll = state.Tags
	if state.Type != string(types.ParameterTypeSecureString) {
		state.InsecureValue = state.Value
	}
	properties, err := standin.Encode(state)
	for key, empty := range map[string]property.Value{
		"insecureValue": property.New(""), "keyId": property.New(""), "tagsAll": property.New(property.Map{}),
	} {
		if _, set := properties.GetOk(key); !set {
			properties = properties.Set(key, empty)
		}
	}
	return properties, err
}

func (a *account) deleteParameter(ctx context.Context, req p.DeleteRequest) error {
	_, err := a.parameters.DeleteParameter(ctx, &ssm.DeleteParameterInput{Name: &req.ID})
	if err != nil && !hasCode(err, "ParameterNotFound") {
		return fmt.Errorf("deleting SSM Parameter (%s): %w", req.ID, err)
	}
	return nil
}

func (a *account) changeParameterTags(ctx context.Context, name string, old, wanted map[string]string) error {
	add, remove := changedTags(old, wanted)
	if len(remove) > 0 {
		_, err := a.parameters.RemoveTagsFromResource(ctx, &ssm.RemoveTagsFromResourceInput{
			ResourceType: types.ResourceTypeForTaggingParameter, ResourceId: &name, TagKeys: remove,
		})
		if err != nil {
			return fmt.Errorf("untagging resource (%s): %w", name, err)
		}
	}
	if len(add) > 0 {
		_, err := a.parameters.AddTagsToResource(ctx, &ssm.AddTagsToResourceInput{
			ResourceType: types.ResourceTypeForTaggingParameter, ResourceId: &name, Tags: parameterTags(add),
		})
		if err != nil {
			return fmt.Errorf("tagging resource (%s): %w", name, err)
		}
	}
	return nil
}

func parameterTags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for key, value := range tags {
		out = append(out, types.Tag{Key: sdk.String(key), Value: sdk.String(value)})
	}
	return out
}
