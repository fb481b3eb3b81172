package githubvariables

import (
	"fmt"
	"path"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// scopes are the scopes on GitHub, each with the provider's resource and list function.
var scopes = map[string]struct {
	destination        object
	typ, list          string
	location, importID string
	most               int
}{
	"repository": {object{"repository": "r"}, "github:index/actionsVariable:ActionsVariable",
		"github:index/getActionsVariables:getActionsVariables", "r", "r:A_B", 500},
	"environment": {object{"repository": "r", "environment": "prod"},
		"github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
		"github:index/getActionsEnvironmentVariables:getActionsEnvironmentVariables", "r/prod", "r:prod:A_B", 100},
	"organization": {object{"visibility": "selected", "selectedRepositoryIds": []any{1, 2}},
		"github:index/actionsOrganizationVariable:ActionsOrganizationVariable",
		"github:index/getActionsOrganizationVariables:getActionsOrganizationVariables", "", "A_B", 1000},
}

// GitHub refuses to create an existing variable, so a variable that may be adopted is imported.
func TestScopes(t *testing.T) {
	t.Parallel()
	for name, scope := range scopes {
		for _, adopt := range []string{"Owned", "All"} {
			t.Run(name+", "+adopt, func(t *testing.T) {
				t.Parallel()
				run := construct(t, targettest.Case{
					Type: "GithubVariablesTarget",
					Call: func(args integration.MockCallArgs) (property.Map, error) {
						assert.Equal(t, scope.list, string(args.Token))
						if repository, given := scope.destination["repository"]; given {
							assert.Equal(t, props(t, repository), args.Args.Get("name"))
						}
						return outputs(object{"variables": []any{
							object{"name": "A_B", "value": "x"}, object{"name": "OTHER", "value": "o"},
						}}), nil
					},
					Inputs: map[string]property.Value{
						"destination": props(t, scope.destination), "value": props(t, object{"a-b": "x", "new": "y"}),
						"adoptionPolicy": property.New(adopt),
					},
				})
				require.NoError(t, run.Err)
				variable := run.Child(t, scope.typ, "a-b")
				for name, want := range scope.destination {
					assert.Equal(t, props(t, want), variable.Input(name), name)
				}
				assert.Equal(t, property.New("x").WithSecret(true), variable.Input("value"))
				assert.Equal(t, outputs(object{path.Join("githubVariables", scope.location, "A_B"): "untagged"}),
					run.Inventory.Input("found").AsMap(), "only names of ours matter")
				// The provider would update the repository in place, and would recreate a variable whose visibility changed.
				assert.Equal(t, []string{"repository"}, variable.RegisterRPC.GetReplaceOnChanges())
				assert.Equal(t, []string{"visibility"}, variable.RegisterRPC.GetIgnoreChanges())
				imported := map[string]string{"Owned": "", "All": scope.importID}[adopt]
				assert.Equal(t, imported, variable.RegisterRPC.GetImportId())
				assert.Empty(t, run.Child(t, scope.typ, "new").RegisterRPC.GetImportId())
			})
		}
	}
}

// The limit on a scope counts all variables, whoever created them.
func TestCountsWhatExists(t *testing.T) {
	t.Parallel()
	for name, scope := range scopes {
		for more, refused := range map[int]bool{0: false, 1: true} {
			t.Run(fmt.Sprintf("%s, %d more", name, more), func(t *testing.T) {
				t.Parallel()
				run := construct(t, targettest.Case{
					Type: "GithubVariablesTarget",
					Call: func(integration.MockCallArgs) (property.Map, error) {
						var names []any
						for i := range scope.most - 2 + more {
							names = append(names, object{"name": fmt.Sprintf("N%d", i)})
						}
						return outputs(object{"variables": names}), nil
					},
					Inputs: map[string]property.Value{"destination": props(t, scope.destination), "value": nested(t)},
				})
				if refused {
					require.ErrorContains(t, run.Err, fmt.Sprintf("this sync has %d keys", scope.most+1))
					assert.Empty(t, run.Children)
				} else {
					require.NoError(t, run.Err)
				}
			})
		}
	}
}
