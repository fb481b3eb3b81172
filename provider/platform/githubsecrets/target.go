package githubsecrets

import (
	"fmt"
	"maps"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

// push is what the plan registers.
type push struct {
	secrets []target.Secret
	scope   scope
}

// The GitHub applications with their own secrets.
const (
	appActions    = string(AppActions)
	appCodespaces = string(AppCodespaces)
	appDependabot = string(AppDependabot)
)

func plan(r target.Request) (target.Plan, bool) {
	scope, where := scopeOf(r)
	secrets, known := r.Secrets(target.Rules{
		Codec:           keyname.Codec{Separator: "_", Allowed: "_", Replacement: "_", Upper: true},
		CaseInsensitive: true,
		Name:            nameLimit,
		Value:           valueLimit,
		Count:           scope.count,
	})
	to := push{secrets: secrets, scope: scope}
	// Names of repositories and environments are case-insensitive. Names of secrets are always upper case.
	lower := strings.ToLower(where)
	immutable := ""
	if lower != where {
		immutable = "the spelling " + where
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, lower, immutable),
		Lookup:   to.lookUp,
		Register: to.register,
	}, known
}

// scopeOf reads the scope from the settings. It returns the scope and its path.
func scopeOf(r target.Request) (scope, string) {
	app := r.Settings.OneOf("app", appActions, appActions, appCodespaces, appDependabot)
	location := github.LocationOf(r.Settings, "secrets")
	if location.Environment != "" && app != appActions {
		r.Settings.Problem("environment", "only has Actions secrets: leave app out")
	}
	return scopeAt(app, location), strings.TrimSuffix(app+"/"+location.Path(), "/")
}

// lookUp lists the existing names. GitHub has no ownership tags, and writing a secret overwrites one with the same
// name.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	if r.Request.Policy.AdoptionPolicy == target.AdoptAll {
		return nil, nil
	}
	names, err := t.scope.list(r)
	if err != nil {
		return nil, t.scope.location.Unlisted("the secrets that exist on GitHub (adoptionPolicy: All skips "+
			"this)", err)
	}
	found := map[string]target.Existing{}
	for _, name := range names {
		found[name] = target.Existing{Owner: inventory.Untagged}
	}
	all := maps.Clone(found)
	for _, s := range t.secrets {
		all[s.Name] = target.Existing{}
	}
	if err := t.scope.count.Check(len(all)); err != nil {
		return nil, fmt.Errorf("counting the %d secrets that already exist there, this sync %w", len(found), err)
	}
	return found, nil
}

func (t push) register(r *target.Registration) error {
	for _, s := range t.secrets {
		if err := t.scope.register(r, s); err != nil {
			return fmt.Errorf("registering secret %s: %w", s.Name, err)
		}
	}
	return nil
}
