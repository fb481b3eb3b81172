package github

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// Place is what secrets and variables belong to: a repository, an environment of one, or, without a repository, the
// organization of the GitHub provider.
type Place struct {
	// Repository and Environment are names; "" where there is none.
	Repository, Environment string
	// Visibility and SelectedRepositoryIDs are an organization's: all repositories, the private ones, or the selected.
	Visibility            Visibility
	SelectedRepositoryIDs []int
}

// Query is what the provider's functions that list secrets and variables are asked with.
type Query struct {
	// Name is the repository.
	Name        *string `pulumi:"name"`
	Environment *string `pulumi:"environment"`
}

// PlaceOf tells the place from the settings, whose problems it reports. Held is what the place holds, such as
// "secrets".
func PlaceOf(s *settings.Reader, held string) Place {
	p := Place{
		Repository: s.Known("repository"), Environment: s.Known("environment"),
		Visibility: Visibility(s.OneOf("visibility", "",
			string(VisibilityAll), string(VisibilityPrivate), string(VisibilitySelected))),
		SelectedRepositoryIDs: s.Ints("selectedRepositoryIds"),
	}
	if strings.Contains(p.Repository, "/") {
		s.Problem("repository", "must be the name of the repository alone: the GitHub provider has the owner")
	}
	ids := len(p.SelectedRepositoryIDs)
	switch {
	case p.Environment != "" && p.Repository == "" && !s.Deferred():
		s.Problem("environment", "is of a repository: give repository too")
	case p.Repository != "" && p.Visibility != "":
		s.Problem("visibility", "is for %s of an organization: leave it out, or leave out repository", held)
	case p.Repository == "" && p.Visibility == "" && !s.Deferred():
		s.Problem("repository", "required, but not given. For %s of the organization give visibility instead", held)
	case p.Visibility == VisibilitySelected && ids == 0 && !s.Deferred():
		s.Problem("selectedRepositoryIds", "required with the visibility selected: GitHub would show the %s to no "+
			"repository", held)
	case p.Visibility != VisibilitySelected && ids > 0 && !s.Unknown("visibility"):
		s.Problem("selectedRepositoryIds", "is for the visibility selected only")
	}
	return p
}

// Path joins the names of the place: "" for an organization.
func (p Place) Path() string { return strings.TrimSuffix(p.Repository+"/"+p.Environment, "/") }

// Unlisted is the error of a list that the provider could not give. GitHub answers 404 for what a token may not read,
// as for what does not exist.
func (p Place) Unlisted(list string, err error) error {
	if !strings.Contains(strings.ToLower(err.Error()), "404 not found") {
		return target.Asked("listing "+list, err)
	}
	at, check := "the organization", "the owner"
	if p.Repository != "" {
		at, check = "repository "+p.Repository, "repository and of the owner"
	}
	if p.Environment != "" {
		at, check = "environment "+p.Environment+" of "+at, "repository, environment and owner"
	}
	return target.Asked("finding "+at+" on GitHub (404: check the spelling of "+check+
		", and that the token may read it)", err)
}

// Inputs are what every resource of the place has.
func (p Place) Inputs() pulumi.Map {
	inputs := pulumi.Map{}
	for name, value := range map[string]string{
		"repository": p.Repository, "environment": p.Environment, "visibility": string(p.Visibility),
	} {
		if value != "" {
			inputs[name] = pulumi.String(value)
		}
	}
	if len(p.SelectedRepositoryIDs) > 0 {
		inputs["selectedRepositoryIds"] = pulumi.ToIntArray(p.SelectedRepositoryIDs)
	}
	return inputs
}

// Query asks for what the place holds.
func (p Place) Query() Query {
	var q Query
	if p.Repository != "" {
		q.Name = &p.Repository
	}
	if p.Environment != "" {
		q.Environment = &p.Environment
	}
	return q
}
