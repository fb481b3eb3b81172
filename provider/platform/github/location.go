package github

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// Location is where secrets and variables are: a repository, an environment of a repository, or, without a
// repository, the organization of the GitHub provider.
type Location struct {
	// Repository and Environment are names; "" for none.
	Repository, Environment string
	// Visibility and SelectedRepositoryIDs are for an organization: all, private or selected repositories.
	Visibility            Visibility
	SelectedRepositoryIDs []int
}

// Query is the input of the provider's list functions.
type Query struct {
	// Name is the repository.
	Name        *string `pulumi:"name"`
	Environment *string `pulumi:"environment"`
}

// LocationOf reads and checks the location from the settings. contents is what is pushed there, such as "secrets".
func LocationOf(s *settings.Reader, contents string) Location {
	l := Location{
		Repository: s.Known("repository"), Environment: s.Known("environment"),
		Visibility: Visibility(s.OneOf("visibility", "",
			string(VisibilityAll), string(VisibilityPrivate), string(VisibilitySelected))),
		SelectedRepositoryIDs: s.Ints("selectedRepositoryIds"),
	}
	if strings.Contains(l.Repository, "/") {
		s.Problem("repository", "must be the repository's name without its owner, which the GitHub provider sets")
	}
	ids := len(l.SelectedRepositoryIDs)
	switch {
	case l.Environment != "" && l.Repository == "" && !s.Deferred():
		s.Problem("environment", "belongs to a repository: give repository as well")
	case l.Repository != "" && l.Visibility != "":
		s.Problem("visibility", "applies only to %s of an organization: leave it out, or leave repository "+
			"out", contents)
	case l.Repository == "" && l.Visibility == "" && !s.Deferred():
		s.Problem("repository", "required, but not given. For %s of an organization, give visibility "+
			"instead", contents)
	case l.Visibility == VisibilitySelected && ids == 0 && !s.Deferred():
		s.Problem("selectedRepositoryIds", "required with visibility selected: without it no repository could read "+
			"the %s", contents)
	case l.Visibility != VisibilitySelected && ids > 0 && !s.Unknown("visibility"):
		s.Problem("selectedRepositoryIds", "applies only to visibility selected: leave it out, or set visibility "+
			"to selected")
	}
	return l
}

// Path joins the names of the location. It is "" for an organization.
func (l Location) Path() string { return strings.TrimSuffix(l.Repository+"/"+l.Environment, "/") }

// Unlisted returns the error for a failed list. It names the location, because GitHub returns 404 both if it does not
// exist and if the token may not read it.
func (l Location) Unlisted(list string, err error) error {
	if !strings.Contains(strings.ToLower(err.Error()), "404 not found") {
		return target.Asked("listing "+list, err)
	}
	at, check := "the organization", "the owner"
	if l.Repository != "" {
		at, check = "repository "+l.Repository, "repository and of the owner"
	}
	if l.Environment != "" {
		at, check = "environment "+l.Environment+" of "+at, "repository, environment and owner"
	}
	return target.Asked("finding "+at+" on GitHub (404: check the spelling of "+check+
		", and that the token may read it)", err)
}

// Inputs returns the inputs that all resources in the location have in common.
func (l Location) Inputs() pulumi.Map {
	inputs := pulumi.Map{}
	for name, value := range map[string]string{
		"repository": l.Repository, "environment": l.Environment, "visibility": string(l.Visibility),
	} {
		if value != "" {
			inputs[name] = pulumi.String(value)
		}
	}
	if len(l.SelectedRepositoryIDs) > 0 {
		inputs["selectedRepositoryIds"] = pulumi.ToIntArray(l.SelectedRepositoryIDs)
	}
	return inputs
}

// Query returns the query for everything in the location.
func (l Location) Query() Query {
	var q Query
	if l.Repository != "" {
		q.Name = &l.Repository
	}
	if l.Environment != "" {
		q.Environment = &l.Environment
	}
	return q
}
