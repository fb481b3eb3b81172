package githubvariables

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// push is what the plan registers.
type push struct {
	secrets  []target.Secret
	location github.Location
}

func plan(r target.Request) (target.Plan, bool) {
	to := push{location: github.LocationOf(r.Settings, "variables")}
	secrets, known := r.Secrets(target.Rules{
		Codec:           keyname.Codec{Separator: "_", Allowed: "_", Replacement: "_", Upper: true},
		CaseInsensitive: true,
		Name:            nameLimit,
		Value:           valueLimit,
		Count:           to.count(),
	})
	to.secrets = secrets
	where := to.location.Path()
	// Names of repositories and environments are case-insensitive.
	lower := strings.ToLower(where)
	immutable := ""
	switch {
	case lower != where:
		immutable = "the spelling " + where
	case where == "":
		// The provider would recreate the variable, which GitHub refuses while the old one is retained.
		immutable = "the visibility " + string(to.location.Visibility)
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, lower, immutable),
		Lookup:   to.lookUp,
		Register: to.register,
	}, known
}

// kind returns the GitHub provider's name for these variables.
func (t push) kind() string {
	switch {
	case t.location.Environment != "":
		return "ActionsEnvironmentVariable"
	case t.location.Repository != "":
		return "ActionsVariable"
	}
	return "ActionsOrganizationVariable"
}

func (t push) count() limit.Count {
	switch {
	case t.location.Environment != "":
		return environmentCount
	case t.location.Repository != "":
		return repositoryCount
	}
	return organizationCount
}

// lookUp lists the existing names. GitHub has no ownership tags and refuses to create an existing variable, so
// adopting one means importing and then updating it.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	var listed struct {
		Variables []struct {
			Name string `pulumi:"name"`
		} `pulumi:"variables"`
	}
	ask := t.location.Query()
	function := "get" + t.kind() + "s"
	err := r.Ctx.Invoke("github:index/"+function+":"+function, &ask, &listed,
		append(r.InvokeOptions(), pulumi.Version(github.PluginVersion))...)
	if err != nil {
		return nil, t.location.Unlisted("the variables that exist on GitHub", err)
	}
	found := map[string]target.Existing{}
	for _, v := range listed.Variables {
		found[v.Name] = target.Existing{ImportID: t.importID(v.Name), Owner: inventory.Untagged}
	}
	all := maps.Clone(found)
	for _, s := range t.secrets {
		all[s.Name] = target.Existing{}
	}
	if err := t.count().Check(len(all)); err != nil {
		return nil, fmt.Errorf("counting the %d variables that already exist there, this sync %w", len(found), err)
	}
	return found, nil
}

func (t push) register(r *target.Registration) error {
	kind := t.kind()
	token := "github:index/" + strings.ToLower(kind[:1]) + kind[1:] + ":" + kind
	for _, s := range t.secrets {
		inputs := pulumi.Map{"variableName": pulumi.String(s.Name), "value": target.SecretText(s.Text)}
		maps.Copy(inputs, t.location.Inputs())
		opts := append(r.Adopting(s), pulumi.Version(github.PluginVersion),
			pulumi.AdditionalSecretOutputs([]string{"value"}),
			// If a variable moves to another repository, the provider would try to update it there, although it does not
			// exist.
			pulumi.ReplaceOnChanges([]string{"repository"}),
			// The provider would replace a variable whose visibility was edited. Under Retain the old one is not deleted,
			// and GitHub refuses a second one.
			pulumi.IgnoreChanges([]string{"visibility"}))
		err := r.Ctx.RegisterResource(token, r.Logical(s), inputs, &pulumi.CustomResourceState{}, opts...)
		if err != nil {
			return fmt.Errorf("registering variable %s: %w", s.Name, err)
		}
	}
	return nil
}

// importID returns the provider's import ID of a variable: "repository:NAME", "repository:environment:NAME" or
// "NAME".
func (t push) importID(name string) string {
	parts := []string{t.location.Repository, t.location.Environment, name}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ":")
}
