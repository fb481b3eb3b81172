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

// push is what a plan registers.
type push struct {
	secrets []target.Secret
	place   github.Place
}

func plan(r target.Request) (target.Plan, bool) {
	to := push{place: github.PlaceOf(r.Settings, "variables")}
	secrets, known := r.Secrets(target.Rules{
		Codec:           keyname.Codec{Separator: "_", Allowed: "_", Replacement: "_", Upper: true},
		CaseInsensitive: true,
		Name:            nameLimit,
		Value:           valueLimit,
		Count:           to.count(),
	})
	to.secrets = secrets
	where := to.place.Path()
	// Capitals do not count in the names of repositories and environments.
	folded := strings.ToLower(where)
	shape := ""
	switch {
	case folded != where:
		shape = "the spelling " + where
	case where == "":
		// The provider would make the variable anew: GitHub refuses that while the old one is retained.
		shape = "the visibility " + string(to.place.Visibility)
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, folded, shape),
		LookUp:   to.lookUp,
		Register: to.register,
	}, known
}

// kind is what the GitHub provider calls a variable there.
func (t push) kind() string {
	switch {
	case t.place.Environment != "":
		return "ActionsEnvironmentVariable"
	case t.place.Repository != "":
		return "ActionsVariable"
	}
	return "ActionsOrganizationVariable"
}

func (t push) count() limit.Count {
	switch {
	case t.place.Environment != "":
		return environmentCount
	case t.place.Repository != "":
		return repositoryCount
	}
	return organizationCount
}

// lookUp lists the names that exist. GitHub holds no mark, and refuses to create what exists: a variable that is taken
// over is imported, and updated then.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	var listed struct {
		Variables []struct {
			Name string `pulumi:"name"`
		} `pulumi:"variables"`
	}
	ask := t.place.Query()
	function := "get" + t.kind() + "s"
	err := r.Ctx.Invoke("github:index/"+function+":"+function, &ask, &listed,
		append(r.InvokeOptions(), pulumi.Version(github.PluginVersion))...)
	if err != nil {
		return nil, t.place.Unlisted("the variables that exist on GitHub", err)
	}
	found := map[string]target.Existing{}
	for _, v := range listed.Variables {
		found[v.Name] = target.Existing{ImportID: t.importID(v.Name), Owner: inventory.Importable}
	}
	all := maps.Clone(found)
	for _, s := range t.secrets {
		all[s.Name] = target.Existing{}
	}
	if err := t.count().Check(len(all)); err != nil {
		return nil, fmt.Errorf("with the %d variables that exist there, this sync %w", len(found), err)
	}
	return found, nil
}

func (t push) register(r *target.Registration) error {
	kind := t.kind()
	token := "github:index/" + strings.ToLower(kind[:1]) + kind[1:] + ":" + kind
	for _, s := range t.secrets {
		inputs := pulumi.Map{"variableName": pulumi.String(s.Name), "value": target.SecretText(s.Text)}
		maps.Copy(inputs, t.place.Inputs())
		opts := append(r.Adopting(s), pulumi.Version(github.PluginVersion),
			pulumi.AdditionalSecretOutputs([]string{"value"}),
			// The provider would update a variable that moves to another repository, where there is none.
			pulumi.ReplaceOnChanges([]string{"repository"}),
			// It would replace one whose visibility was edited: without a delete, under Retain, GitHub refuses that.
			pulumi.IgnoreChanges([]string{"visibility"}))
		err := r.Ctx.RegisterResource(token, r.Logical(s.Key), inputs, &pulumi.CustomResourceState{}, opts...)
		if err != nil {
			return fmt.Errorf("registering variable %s: %w", s.Name, err)
		}
	}
	return nil
}

// importID is the id that the provider imports a variable by: "repository:NAME", "repository:environment:NAME" or
// "NAME".
func (t push) importID(name string) string {
	parts := []string{t.place.Repository, t.place.Environment, name}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ":")
}
