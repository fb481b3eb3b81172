package awsparameterstore

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/resourcegroupstaggingapi"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

const (
	tierStandard    = string(TierStandard)
	tierAdvanced    = string(TierAdvanced)
	tierIntelligent = string(TierIntelligentTiering)
	typeSecure      = string(TypeSecureString)
	typePlain       = string(TypeString)
)

// push is what a plan registers.
type push struct {
	secrets     []target.Secret
	description *document.Node
	kmsKeyID    *document.Node
	tier, typ   string
	tags        map[string]document.Node
	region      string
}

func plan(r target.Request) (target.Plan, bool) {
	s := r.Settings
	tier := s.OneOf("tier", tierIntelligent, tierIntelligent, tierStandard, tierAdvanced)
	secrets, known := r.Secrets(target.Rules{
		Codec: keyname.Codec{Separator: "/", Allowed: "/_.-", Replacement: "_"},
		Paths: true,
		Name:  nameLimit,
		Value: valueLimit(tier),
	})
	to := push{
		secrets:     secrets,
		region:      aws.Region(r),
		description: r.Checked("description", s.InputText("description"), descriptionLimit),
		kmsKeyID:    s.Input("kmsKeyId"),
		tier:        tier,
		typ:         s.OneOf("type", typeSecure, typeSecure, typePlain),
		tags:        r.Tags("tags", tagLimit, r.Platform.Ownership.Key),
	}
	if to.kmsKeyID != nil && to.typ != typeSecure {
		s.Problem("kmsKeyId", "encrypts a SecureString only: leave it out, or leave out type")
	}
	// AWS answers HierarchyTypeMismatchException to a change of the type, which would come after other writes.
	shape := ""
	if to.typ != typeSecure {
		shape = "type " + to.typ
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, "", shape),
		Locate:   aws.Locate(to.region),
		LookUp:   to.lookUp,
		Register: to.register,
	}, known
}

// lookUp finds the parameters that carry our mark, in one call: no function of the provider tells the tags of a single
// parameter. Of others nothing is known, and nothing needs to be: AWS refuses to create a parameter that exists.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	// With Never nothing may be taken over, and with All the write itself does it.
	if r.Request.Policy.AdoptionPolicy != target.AdoptOwned {
		return nil, nil
	}
	tagged, err := resourcegroupstaggingapi.GetResources(r.Ctx, &resourcegroupstaggingapi.GetResourcesArgs{
		ResourceTypeFilters: []string{"ssm:parameter"},
		TagFilters: []resourcegroupstaggingapi.GetResourcesTagFilter{{
			Key:    r.Request.Platform.Ownership.Key,
			Values: r.OwnershipTags(),
		}},
	}, r.InvokeOptions()...)
	if err != nil {
		return nil, fmt.Errorf("looking up the parameters of this sync (which needs the permission tag:GetResources; "+
			"adoptionPolicy: Never and All do without): %w", err)
	}
	ours := map[string]bool{}
	for _, resource := range tagged.ResourceTagMappingLists {
		if _, name, ok := strings.Cut(resource.ResourceArn, ":parameter/"); ok {
			ours[name] = true
		}
	}
	found := map[string]target.Existing{}
	for _, s := range t.secrets {
		// The ARN of /a/b ends in :parameter/a/b, and so does that of a/b, which cannot exist.
		if ours[strings.TrimPrefix(s.Name, "/")] {
			found[s.Name] = target.Existing{ImportID: s.Name, Owner: inventory.Owned}
		}
	}
	return found, nil
}

func (t push) register(r *target.Registration) error {
	own := r.OwnershipTag()
	for _, s := range t.secrets {
		args := &ssm.ParameterArgs{
			Name:        pulumi.String(s.Name),
			Description: target.PassedString(t.description),
			KeyId:       target.PassedString(t.kmsKeyID),
			Tier:        pulumi.String(t.tier),
			Type:        pulumi.String(t.typ),
			Value:       target.SecretText(s.Text),
			Tags:        target.PassedStrings(t.tags, own),
		}
		// Without it, the provider overwrites what it made and refuses what it did not.
		if r.Request.Policy.AdoptionPolicy == target.AdoptAll {
			args.Overwrite = pulumi.Bool(true)
		}
		name := r.Logical(s.Key)
		if _, err := ssm.NewParameter(r.Ctx, name, args, r.Adopting(s)...); err != nil {
			return fmt.Errorf("registering parameter %s: %w", name, err)
		}
	}
	return nil
}
