package target

import (
	"strings"

	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// Policy configures what may be deleted and adopted.
type Policy struct {
	// Retain is true if nothing may be deleted.
	Retain bool
	// RetainKeys are patterns of the keys whose secrets are never deleted.
	RetainKeys     []string
	AdoptionPolicy AdoptionPolicy
	MaxDeletions   inventory.Allowance
}

func (r *Request) readPolicy() Policy {
	s := r.PolicySettings
	allowed, err := inventory.ParseAllowance(s.Scalar("maxDeletions"))
	if err != nil {
		s.Problem("maxDeletions", "%s", err)
	}
	deletion := s.OneOf("deletionPolicy", string(DeletionPolicyRetain),
		string(DeletionPolicyRetain), string(DeletionPolicyDelete))
	return Policy{
		Retain:     deletion == string(DeletionPolicyRetain),
		RetainKeys: s.Strings("retainKeys"),
		AdoptionPolicy: AdoptionPolicy(s.OneOf("adoptionPolicy", string(AdoptOwned),
			string(AdoptOwned), string(AdoptNever), string(AdoptAll))),
		MaxDeletions: allowed,
	}
}

// text returns a text that changes whenever the rules about deletion change.
func (p Policy) text() string {
	if p.Retain {
		return string(DeletionPolicyRetain)
	}
	return strings.Join(append([]string{string(DeletionPolicyDelete)}, p.RetainKeys...), ", ")
}

// DeletionPolicy configures what happens to a pushed secret when its key, or the whole sync, is removed.
type DeletionPolicy string

// The deletion policies.
const (
	DeletionPolicyRetain DeletionPolicy = "Retain"
	DeletionPolicyDelete DeletionPolicy = "Delete"
)

// Values lists the deletion policies for the schema.
func (DeletionPolicy) Values() []infer.EnumValue[DeletionPolicy] {
	return []infer.EnumValue[DeletionPolicy]{
		{Name: "Retain", Value: DeletionPolicyRetain, Description: "The secret stays on the platform."},
		{Name: "Delete", Value: DeletionPolicyDelete, Description: "The secret is deleted from the platform."},
	}
}

// AdoptionPolicy configures what happens to a secret that exists on the platform before its first push.
type AdoptionPolicy string

// The adoption policies.
const (
	AdoptOwned AdoptionPolicy = "Owned"
	AdoptNever AdoptionPolicy = "Never"
	AdoptAll   AdoptionPolicy = "All"
)

// Values lists the adoption policies for the schema.
func (AdoptionPolicy) Values() []infer.EnumValue[AdoptionPolicy] {
	return []infer.EnumValue[AdoptionPolicy]{
		{
			Name: "Owned", Value: AdoptOwned,
			Description: "Adopt a secret with the ownership tag of this sync; refuse any other.",
		},
		{Name: "Never", Value: AdoptNever, Description: "Refuse every name that exists already."},
		{Name: "All", Value: AdoptAll, Description: "Adopt whatever has the name, and overwrite its value."},
	}
}

// RetainKeysText describes retainKeys, an input of EscSync and of every target.
const RetainKeysText = "Keys whose secrets stay on the platform even if `deletionPolicy` is `Delete`: patterns as in " +
	"`keys.exclude`, such as `db.*`. For destinations with one secret for each key. Set it before you remove a key: a " +
	"run removes keys under the policy of the previous run."
