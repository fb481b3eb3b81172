package provider

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/resourcegroupstaggingapi"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/inventory"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
)

const (
	tierStandard    = string(AwsParameterStoreTierStandard)
	tierAdvanced    = string(AwsParameterStoreTierAdvanced)
	tierIntelligent = string(AwsParameterStoreTierIntelligentTiering)
	typeSecure      = string(AwsParameterStoreTypeSecureString)
	typePlain       = string(AwsParameterStoreTypeString)
)

type awsParameterStore struct {
	secrets     []pushedSecret
	description *document.Node
	kmsKeyID    *document.Node
	tier, typ   string
	tags        map[string]document.Node
	region      string
}

func planAwsParameterStore(r pushRequest) (pushPlan, bool) {
	s := r.settings
	tier := s.OneOf("tier", tierIntelligent, tierIntelligent, tierStandard, tierAdvanced)
	secrets, known := r.secrets(platformRules{
		defaultMapping: mapping.PerKey,
		codec:          keyname.Codec{Separator: "/", Allowed: "/_.-", Replacement: "_"},
		name:           limit.AwsParameterStoreName,
		value:          limit.AwsParameterStoreValue(tier),
	})
	target := awsParameterStore{
		secrets:     secrets,
		region:      r.awsRegion(),
		description: r.checked("description", s.InputText("description"), limit.AwsParameterStoreDescription),
		kmsKeyID:    s.Input("kmsKeyId"),
		tier:        tier,
		typ:         s.OneOf("type", typeSecure, typeSecure, typePlain),
		tags:        r.tags("tags", limit.AwsParameterStoreTags, ownership.TagKey),
	}
	if target.kmsKeyID != nil && target.typ != typeSecure {
		s.Problem("kmsKeyId", "encrypts a SecureString only: leave it out, or leave out type")
	}
	// AWS answers HierarchyTypeMismatchException to a change of the type, which would come after other writes.
	shape := ""
	if target.typ != typeSecure {
		shape = "type " + target.typ
	}
	return pushPlan{
		items:    items(secrets, "", shape),
		locate:   inAws(target.region),
		lookUp:   target.lookUp,
		register: target.register,
	}, known
}

// lookUp finds the parameters that carry our mark, in one call: no function of the provider tells the tags of a single
// parameter. Of others nothing is known, and nothing needs to be: AWS refuses to create a parameter that exists.
func (t awsParameterStore) lookUp(r *registration) (map[string]existing, error) {
	// With Never nothing may be taken over, and with All the write itself does it.
	if r.plan.policy.adopt != AdoptOwned {
		return nil, nil
	}
	tagged, err := resourcegroupstaggingapi.GetResources(r.ctx, &resourcegroupstaggingapi.GetResourcesArgs{
		ResourceTypeFilters: []string{"ssm:parameter"},
		TagFilters: []resourcegroupstaggingapi.GetResourcesTagFilter{{
			Key:    ownership.TagKey,
			Values: r.plan.request.marks(ownership.Mark.AWS),
		}},
	}, r.invokeOptions()...)
	if err != nil {
		return nil, fmt.Errorf("looking up the parameters of this sync (which needs the permission tag:GetResources; "+
			"adopt: Never and All do without): %w", err)
	}
	ours := map[string]bool{}
	for _, resource := range tagged.ResourceTagMappingLists {
		if _, name, ok := strings.Cut(resource.ResourceArn, ":parameter/"); ok {
			ours[name] = true
		}
	}
	found := map[string]existing{}
	for _, s := range t.secrets {
		// The ARN of /a/b ends in :parameter/a/b, and so does that of a/b, which cannot exist.
		if ours[strings.TrimPrefix(s.name, "/")] {
			found[s.name] = existing{importID: s.name, whose: inventory.Owned}
		}
	}
	return found, nil
}

func (t awsParameterStore) register(r *registration) error {
	mark := map[string]string{ownership.TagKey: ownership.Mark(r.plan.request.syncID).AWS()}
	for _, s := range t.secrets {
		args := &ssm.ParameterArgs{
			Name:        pulumi.String(s.name),
			Description: passedString(t.description),
			KeyId:       passedString(t.kmsKeyID),
			Tier:        pulumi.String(t.tier),
			Type:        pulumi.String(t.typ),
			Value:       secretText(s.text),
			Tags:        passedStrings(t.tags, mark),
		}
		// Without it, the provider overwrites what it made and refuses what it did not.
		if r.plan.policy.adopt == AdoptAll {
			args.Overwrite = pulumi.Bool(true)
		}
		name := r.logical(s.key)
		if _, err := ssm.NewParameter(r.ctx, name, args, r.adopting(s)...); err != nil {
			return fmt.Errorf("registering parameter %s: %w", name, err)
		}
	}
	return nil
}
