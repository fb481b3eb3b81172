package github

import "github.com/pulumi/pulumi-go-provider/infer"

// Visibility is which repositories can read a secret or variable of an organization.
type Visibility string

// The visibilities, as GitHub names them.
const (
	VisibilityAll      Visibility = "all"
	VisibilityPrivate  Visibility = "private"
	VisibilitySelected Visibility = "selected"
)

// VisibilityText describes the enum, for target.Platform.EnumTexts.
const VisibilityText = "Which repositories can read an organization's secrets and variables on GitHub."

// Annotate names the enum.
func (e *Visibility) Annotate(a infer.Annotator) { a.SetToken("index", "GithubVisibility") }

// Values lists the visibilities for the schema.
func (Visibility) Values() []infer.EnumValue[Visibility] {
	return []infer.EnumValue[Visibility]{
		{Name: "All", Value: VisibilityAll, Description: "Every repository of the organization."},
		{
			Name: "Private", Value: VisibilityPrivate,
			Description: "The private and the internal repositories of the organization.",
		},
		{
			Name: "Selected", Value: VisibilitySelected,
			Description: "The repositories that `selectedRepositoryIds` lists.",
		},
	}
}
