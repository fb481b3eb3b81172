package provider

import (
	"fmt"
	"maps"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/inventory"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/place"
)

type githubSecrets struct {
	secrets []pushedSecret
	scope   githubScope
}

func planGithubSecrets(r pushRequest) (pushPlan, bool) {
	scope, where := r.githubScope()
	secrets, known := r.secrets(platformRules{
		// Masking in logs works on whole values, so a secret of JSON would show its parts.
		defaultMapping: mapping.PerKey,
		codec:          keyname.Codec{Separator: "_", Allowed: "_", Replacement: "_", Upper: true},
		fold:           true,
		name:           limit.GithubName,
		value:          limit.GithubValue,
		count:          scope.count,
	})
	target := githubSecrets{secrets: secrets, scope: scope}
	// Capitals do not count in the names of repositories and environments, and those of secrets have nothing else.
	folded := strings.ToLower(where)
	shape := ""
	if folded != where {
		shape = "the spelling " + where
	}
	return pushPlan{
		items:    items(secrets, folded, shape),
		locate:   configured("github", place.Source.Github),
		lookUp:   target.lookUp,
		register: target.register,
	}, known
}

// githubScope tells the place from the settings: a repository, an environment of one, or, without a repository, the
// organization of the GitHub provider.
func (r pushRequest) githubScope() (githubScope, string) {
	s := r.settings
	app := s.OneOf("app", appActions, appActions, appCodespaces, appDependabot)
	repository, environment := s.Known("repository"), s.Known("environment")
	visibility := s.OneOf("visibility", "", visibleToAll, visibleToPrivate, visibleToSelected)
	ids := s.Ints("selectedRepositoryIds")
	if strings.Contains(repository, "/") {
		s.Problem("repository", "must be the name of the repository alone: the GitHub provider has the owner")
	}
	switch {
	case environment != "" && repository == "" && !s.Deferred():
		s.Problem("environment", "is of a repository: give repository too")
	case environment != "" && app != appActions:
		s.Problem("environment", "has secrets for actions only: leave out app")
	case repository != "" && visibility != "":
		s.Problem("visibility", "is for secrets of an organization: leave it out, or leave out repository")
	case repository == "" && visibility == "" && !s.Deferred():
		s.Problem("repository", "required, but not given. For secrets of the organization give visibility instead")
	case visibility == visibleToSelected && len(ids) == 0 && !s.Deferred():
		s.Problem("selectedRepositoryIds", "required with the visibility selected: GitHub would show the secrets to no "+
			"repository")
	case visibility != visibleToSelected && len(ids) > 0 && !s.Unknown("visibility"):
		s.Problem("selectedRepositoryIds", "is for the visibility selected only")
	}
	switch {
	case environment != "":
		return githubEnvironmentScope(repository, environment), app + "/" + repository + "/" + environment
	case repository != "":
		return githubRepositoryScope(app, repository), app + "/" + repository
	}
	selection := githubSelection{visibility: visibility}
	for _, id := range ids {
		selection.repository = append(selection.repository, pulumi.Int(id))
	}
	return githubOrganizationScope(app, selection), app
}

// lookUp lists the names that exist. GitHub holds no mark, and writing a secret takes over what has its name.
func (t githubSecrets) lookUp(r *registration) (map[string]existing, error) {
	if r.plan.policy.adopt == AdoptAll {
		return nil, nil
	}
	names, err := t.scope.list(r)
	if err != nil {
		return nil, fmt.Errorf("listing the secrets that exist on GitHub (adopt: All does without): %w", err)
	}
	found := map[string]existing{}
	for _, name := range names {
		found[name] = existing{whose: inventory.Unmarked}
	}
	all := maps.Clone(found)
	for _, s := range t.secrets {
		all[s.name] = existing{}
	}
	if err := t.scope.count.Check(len(all)); err != nil {
		return nil, fmt.Errorf("with the %d secrets that exist there, this sync %w", len(found), err)
	}
	return found, nil
}

// githubOptions returns what every secret gets. The provider replaces one whose value has changed, by the same name:
// made before the old one goes, the new value would be deleted with it.
func (r *registration) githubOptions(s pushedSecret) []pulumi.ResourceOption {
	return r.optionsOf(s, pulumi.DeleteBeforeReplace(true))
}

func (t githubSecrets) register(r *registration) error {
	for _, s := range t.secrets {
		if err := t.scope.register(r, s); err != nil {
			return fmt.Errorf("registering secret %s: %w", s.name, err)
		}
	}
	return nil
}
