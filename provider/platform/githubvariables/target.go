package githubvariables

import (
	"fmt"
	"maps"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// push is what a plan registers: variables of a repository, or of an environment of it.
type push struct {
	secrets                 []target.Secret
	repository, environment string
}

func plan(r target.Request) (target.Plan, bool) {
	s := r.Settings
	to := push{repository: s.Known("repository"), environment: s.Known("environment")}
	if to.repository == "" && !s.Deferred() {
		s.Problem("repository", "required, but not given")
	}
	if strings.Contains(to.repository, "/") {
		s.Problem("repository", "must be the name of the repository alone: the GitHub provider has the owner")
	}
	secrets, known := r.Secrets(target.Rules{
		Codec:           keyname.Codec{Separator: "_", Allowed: "_", Replacement: "_", Upper: true},
		CaseInsensitive: true,
		Name:            nameLimit,
		Value:           valueLimit,
		Count:           to.count(),
	})
	to.secrets = secrets
	where := strings.TrimSuffix(to.repository+"/"+to.environment, "/")
	// Capitals do not count in the names of repositories and environments.
	folded := strings.ToLower(where)
	shape := ""
	if folded != where {
		shape = "the spelling " + where
	}
	return target.Plan{
		Items:    target.ItemsOf(secrets, folded, shape),
		LookUp:   to.lookUp,
		Register: to.register,
	}, known
}

// kind is what the GitHub provider calls a variable there.
func (t push) kind() string {
	if t.environment != "" {
		return "ActionsEnvironmentVariable"
	}
	return "ActionsVariable"
}

func (t push) count() limit.Count {
	if t.environment != "" {
		return environmentCount
	}
	return repositoryCount
}

// query lists variables.
type query struct {
	// Name is the repository.
	Name        string  `pulumi:"name"`
	Environment *string `pulumi:"environment"`
}

// lookUp lists the names that exist. GitHub holds no mark, and refuses to create what exists: a variable that is taken
// over is imported, which the engine refuses for one of another value.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	var listed struct {
		Variables []struct {
			Name string `pulumi:"name"`
		} `pulumi:"variables"`
	}
	ask := query{Name: t.repository}
	if t.environment != "" {
		ask.Environment = &t.environment
	}
	function := "get" + t.kind() + "s"
	err := r.Ctx.Invoke("github:index/"+function+":"+function, &ask, &listed,
		append(r.InvokeOptions(), pulumi.Version(github.PluginVersion))...)
	if err != nil {
		return nil, fmt.Errorf("listing the variables that exist on GitHub: %w", err)
	}
	found := map[string]target.Existing{}
	for _, v := range listed.Variables {
		id := strings.Replace(t.repository+":"+t.environment+":"+v.Name, "::", ":", 1)
		found[v.Name] = target.Existing{ImportID: id, Owner: inventory.Unmarked}
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
		inputs := pulumi.Map{
			"repository":   pulumi.String(t.repository),
			"variableName": pulumi.String(s.Name), "value": target.SecretText(s.Text),
		}
		if t.environment != "" {
			inputs["environment"] = pulumi.String(t.environment)
		}
		opts := append(r.Adopting(s), pulumi.Version(github.PluginVersion),
			pulumi.AdditionalSecretOutputs([]string{"value"}))
		err := r.Ctx.RegisterResource(token, r.Logical(s.Key), inputs, &pulumi.CustomResourceState{}, opts...)
		if err != nil {
			return fmt.Errorf("registering variable %s: %w", s.Name, err)
		}
	}
	return nil
}
