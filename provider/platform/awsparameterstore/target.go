package awsparameterstore

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

const (
	tierStandard    = string(TierStandard)
	tierAdvanced    = string(TierAdvanced)
	tierIntelligent = string(TierIntelligentTiering)
	typeSecure      = string(TypeSecureString)
	typePlain       = string(TypeString)
)

// push is what the plan registers.
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
		s.Problem("kmsKeyId", "applies only to a SecureString: leave it out, or leave type out")
	}
	// AWS refuses a change of type (HierarchyTypeMismatchException), but only after other parameters are written.
	immutable := ""
	if to.typ != typeSecure {
		immutable = "type " + to.typ
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, "", immutable),
		Locate:   aws.Locate(to.region),
		Lookup:   to.lookUp,
		Register: to.register,
	}, known
}

func (t push) register(r *target.Registration) error {
	own := r.OwnershipTag()
	for _, s := range r.AndReleased(t.secrets) {
		args := &ssm.ParameterArgs{
			Name:        pulumi.String(s.Name),
			Description: target.PassedString(t.description),
			KeyId:       target.PassedString(t.kmsKeyID),
			Tier:        pulumi.String(t.tier),
			Type:        pulumi.String(t.typ),
			Value:       target.SecretText(s.Text),
			Tags:        target.PassedStrings(t.tags, own),
		}
		opts := r.Adopting(s)
		if t.tier == tierStandard {
			// AWS cannot lower a tier: the provider would delete an advanced parameter and create it again.
			opts = append(opts, pulumi.IgnoreChanges([]string{"tier"}))
		}
		name := r.Logical(s)
		parameter, err := ssm.NewParameter(r.Ctx, name, args, opts...)
		if err != nil {
			return fmt.Errorf("registering parameter %s: %w", name, err)
		}
		r.Registered(s, parameter)
	}
	return nil
}
