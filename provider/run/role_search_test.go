package run

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	"github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

var searched = deployments.Stack{Organization: "acme", Project: "tgt", Name: "dev"}

func clientOf(cloud *deploymentstest.Cloud) *deployments.Client {
	given := credentials.Credentials{APIURL: cloud.URL, AccessToken: deploymentstest.Token}
	return deployments.NewClient(given, cloud.Transport)
}

func TestFindRole(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		role    string
		live    string
		setUp   func(*deploymentstest.Cloud)
		id      string
		refused string
	}{
		"nothing is selected": {},
		"what is selected":    {live: syncs, id: syncs},
		"what is asked for":   {role: "readers", live: syncs, id: readers},
		"no settings":         {setUp: func(c *deploymentstest.Cloud) { c.Remove("settings") }},
		"no stack":            {setUp: (*deploymentstest.Cloud).RemoveStack},
		"no such role":        {role: "sink", refused: `no role "sink"`},
		"no permission": {
			setUp:   func(c *deploymentstest.Cloud) { c.Fail("GET settings", deploymentstest.Status(403)) },
			refused: "reading the role of the deployments of acme/tgt/dev",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := deploymentstest.Start(t)
				cloud.SetRole(test.live)
				if test.setUp != nil {
					test.setUp(cloud)
				}
				got, err := FindRole(t.Context(), clientOf(cloud), RoleSearch{Stack: searched, Asked: test.role})
				if test.refused != "" {
					require.ErrorContains(t, err, test.refused)
					return
				}
				require.NoError(t, err)
				assert.Equal(t, test.id, got.ID)
			})
		})
	}
}

// A preview goes on without an answer from the service, but not if the requested role is refused.
func TestFindRoleAtPreview(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		role, call string
		status     int
		refused    bool
	}{
		"broken":                       {call: "GET settings", status: 503},
		"no permission":                {call: "GET settings", status: 403},
		"broken, and one is asked for": {role: "syncs", call: "GET roles", status: 503},
		"no permission for that":       {role: "syncs", call: "GET roles", status: 403, refused: true},
		"no such role":                 {role: "sink", call: "GET settings", status: 503, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud := deploymentstest.Start(t)
				for range 20 {
					cloud.Fail(test.call, deploymentstest.Status(test.status))
				}
				got, err := FindRole(t.Context(), clientOf(cloud), RoleSearch{searched, test.role, true})
				if test.refused {
					require.Error(t, err)
					return
				}
				require.NoError(t, err)
				assert.True(t, got.Unanswered)
			})
		})
	}
}
