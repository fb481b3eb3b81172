package provider

import "github.com/pulumi/pulumi-go-provider/infer"

// DeletionPolicy says what becomes of a pushed secret when its key, or the whole sync, goes away.
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

// Adopt says what happens to a secret that exists on the platform before it is pushed for the first time.
type Adopt string

// What may be adopted.
const (
	AdoptOwned Adopt = "Owned"
	AdoptNever Adopt = "Never"
	AdoptAll   Adopt = "All"
)

// Values lists what may be adopted, for the schema.
func (Adopt) Values() []infer.EnumValue[Adopt] {
	return []infer.EnumValue[Adopt]{
		{
			Name: "Owned", Value: AdoptOwned,
			Description: "Take over a secret that carries the mark of this sync; refuse any other.",
		},
		{Name: "Never", Value: AdoptNever, Description: "Refuse every name that exists already."},
		{Name: "All", Value: AdoptAll, Description: "Take over whatever has the name, and overwrite its value."},
	}
}

// retainKeysText describes retainKeys, which EscSync and every target have.
const retainKeysText = "Keys whose secrets stay on the platform even where `deletionPolicy` is `Delete`: patterns " +
	"as in `exclude`, such as `db.*`. For destinations with one secret for each key. It must be given before a key " +
	"goes: what a run lets go of falls under the policy of the run before. Default: none."
