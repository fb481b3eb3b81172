package github

import (
	"maps"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

func TestVariables(t *testing.T) {
	for _, row := range []struct {
		token, getter, location, id string
		inputs, where               props
	}{
		{"actionsVariable:ActionsVariable", "getActionsVariables", "app/", "app:KEY",
			props{"repository": "app"}, props{"name": "app"}},
		{"actionsEnvironmentVariable:ActionsEnvironmentVariable", "getActionsEnvironmentVariables",
			"app/production/", "app:production:KEY",
			props{"repository": "app", "environment": "production"}, props{"name": "app", "environment": "production"}},
		{"actionsOrganizationVariable:ActionsOrganizationVariable", "getActionsOrganizationVariables", "", "KEY",
			props{"visibility": "selected", "selectedRepositoryIds": property.New([]property.Value{property.New(2.0)})},
			props{}},
	} {
		t.Run(row.token, func(t *testing.T) {
			server, driver := startPlatform(t)
			token, getter := "github:index/"+row.token, "github:index/"+row.getter+":"+row.getter
			inputs := row.inputs
			inputs["variableName"], inputs["value"] = "KEY", "one"
			created := driver.MustCreate(t, token, inputs)
			assert.Equal(t, row.id, created.ID)
			assert.Equal(t, map[string]string{"githubVariables/" + row.location + "KEY": "one"}, standintest.Held(t, server))
			assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
			assert.False(t, driver.Diff(t, driver.Import(t, token, row.id), inputs).HasChanges, "GitHub tells the value")
			listed := driver.MustInvoke(t, getter, row.where).Get("variables").AsArray()
			require.Equal(t, 1, listed.Len())
			assert.Equal(t, "one", standin.Text(listed.Get(0).AsMap(), "value"))

			inputs["value"] = "two"
			diff := driver.Diff(t, created, inputs)
			assert.True(t, diff.HasChanges)
			assert.NotEqual(t, p.UpdateReplace, diff.DetailedDiff["value"].Kind, "a changed value is an update")
			for name, kind := range map[string]p.DiffKind{"repository": p.Update, "visibility": p.UpdateReplace} {
				if _, given := row.inputs[name]; given {
					moved := maps.Clone(inputs)
					moved[name] = "private"
					assert.Equal(t, kind, driver.Diff(t, created, moved).DetailedDiff[name].Kind, name)
				}
			}
			_, err := driver.Create(t, token, inputs)
			require.ErrorContains(t, err, "409", "GitHub refuses to create what exists")
			require.NoError(t, driver.Delete(created))
			assert.Empty(t, standintest.Held(t, server))
			assert.Empty(t, driver.Refresh(t, created).ID)
		})
	}
}
