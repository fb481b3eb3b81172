package github

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	platform "github.com/escsync/pulumi-escsync/tests/platforms/github"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

// startPlatform runs the server for end-to-end tests, and returns a stand-in that finds it as in a program: by the
// environment.
func startPlatform(t *testing.T) (*platform.Server, *standintest.Driver) {
	t.Helper()
	server, err := platform.Start(t.Context(), platform.Options{})
	require.NoError(t, err)
	standintest.Connect(t, server)
	return server, standintest.New(t, Plugin(), props{})
}

func names(t *testing.T, found property.Map) []string {
	t.Helper()
	all := []string{}
	for _, item := range found.Get("secrets").AsArray().All {
		all = append(all, standin.Text(item.AsMap(), "name"))
	}
	return all
}

func TestAgainstThePlatform(t *testing.T) {
	for _, row := range []struct {
		token, getter, location, id string
		inputs, where               props
	}{
		{"actionsSecret:ActionsSecret", "getActionsSecrets", "actions/app/", "app:KEY",
			props{"repository": "app"}, props{"name": "app"}},
		{"codespacesSecret:CodespacesSecret", "getCodespacesSecrets", "codespaces/app/", "app:KEY",
			props{"repository": "app"}, props{"fullName": "acme/app"}},
		{"dependabotSecret:DependabotSecret", "getDependabotSecrets", "dependabot/app/", "app:KEY",
			props{"repository": "app"}, props{"name": "app"}},
		{"actionsEnvironmentSecret:ActionsEnvironmentSecret", "getActionsEnvironmentSecrets",
			"actions/app/production/", "app:production:KEY",
			props{"repository": "app", "environment": "production"}, props{"name": "app", "environment": "production"}},
		{"actionsOrganizationSecret:ActionsOrganizationSecret", "getActionsOrganizationSecrets", "actions/", "KEY",
			props{"visibility": "private"}, props{}},
		{"codespacesOrganizationSecret:CodespacesOrganizationSecret", "getCodespacesOrganizationSecrets", "codespaces/",
			"KEY", props{"visibility": "all"}, props{}},
		{"dependabotOrganizationSecret:DependabotOrganizationSecret", "getDependabotOrganizationSecrets", "dependabot/",
			"KEY", props{"visibility": "selected",
				"selectedRepositoryIds": property.New([]property.Value{property.New(2.0)})}, props{}},
	} {
		t.Run(row.token, func(t *testing.T) {
			server, driver := startPlatform(t)
			token, getter := "github:index/"+row.token, "github:index/"+row.getter+":"+row.getter
			identity := platform.Name + "/" + row.location + "KEY"
			inputs := row.inputs
			inputs["secretName"], inputs["plaintextValue"] = "KEY", "one"
			assert.Empty(t, names(t, driver.MustInvoke(t, getter, row.where)))

			created := driver.MustCreate(t, token, inputs)
			assert.Equal(t, row.id, created.ID)
			assert.Equal(t, map[string]string{identity: "one"}, standintest.Held(t, server))
			assert.Equal(t, []string{"KEY"}, names(t, driver.MustInvoke(t, getter, row.where)))
			assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
			diff := driver.Diff(t, driver.Import(t, token, strings.ReplaceAll(row.id, ":", "/")), inputs).DetailedDiff
			for path := range diff {
				assert.Contains(t, []string{"plaintextValue", "selectedRepositoryIds"}, path, "GitHub does not tell it")
			}

			require.NoError(t, server.Put(t.Context(), identity, "edited"))
			edited := driver.Refresh(t, created)
			again := edited
			if edited.ID == "" {
				again = driver.MustCreate(t, token, inputs)
			} else {
				var err error
				again, err = driver.Update(t, edited, inputs)
				require.NoError(t, err)
			}
			assert.Equal(t, map[string]string{identity: "one"}, standintest.Held(t, server))
			require.NoError(t, driver.Delete(again))
			assert.Empty(t, standintest.Held(t, server))
			assert.Empty(t, driver.Refresh(t, again).ID)
		})
	}
}

func TestListsHaveAllPages(t *testing.T) {
	server, driver := startPlatform(t)
	for i := range 150 {
		require.NoError(t, server.Put(t.Context(), fmt.Sprintf("%s/actions/KEY_%03d", platform.Name, i), "v"))
	}
	const getter = "github:index/getActionsOrganizationSecrets:getActionsOrganizationSecrets"
	assert.Len(t, names(t, driver.MustInvoke(t, getter, props{})), 150)
}

func TestListOfAMissingRepository(t *testing.T) {
	_, driver := startPlatform(t)
	const getter = "github:index/getActionsSecrets:getActionsSecrets"
	_, err := driver.Invoke(t, getter, props{"name": "none"})
	require.ErrorContains(t, err, "404")
	_, err = driver.Invoke(t, getter, props{})
	require.ErrorContains(t, err, "has to be provided")
}
