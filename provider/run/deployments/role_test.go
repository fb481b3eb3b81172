package deployments_test

import (
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	. "github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

func TestFindRole(t *testing.T) {
	t.Parallel()
	const other = "55555555-5555-4555-8555-555555555555"
	syncs := deployments.Role{ID: SyncsID, Name: "syncs"}
	for name, test := range map[string]struct {
		text   string
		status int // of the list, 0 for the real answer
		want   deployments.Role
		err    string
	}{
		"by name":                      {text: "syncs", want: syncs},
		"by id":                        {text: syncs.ID, want: syncs},
		"no such name":                 {text: "sync", err: `acme has no role "sync": there are readers, syncs, `},
		"two of the name":              {text: "twice", err: `2 roles of acme are called "twice": give the id of one`},
		"an id that is on no list":     {text: other, want: deployments.Role{ID: other}},
		"an id, and no list":           {text: other, status: http.StatusForbidden, want: deployments.Role{ID: other}},
		"an id, and no roles at all":   {text: other, status: http.StatusNotFound, want: deployments.Role{ID: other}},
		"a name, and no list":          {text: "syncs", status: http.StatusForbidden, err: `looking for the role "syncs"`},
		"an id, and an invalid answer": {text: other, status: http.StatusBadRequest, err: "looking for the role"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud, client := start(t)
				if test.status != 0 {
					cloud.Fail("GET roles", Status(test.status))
				}
				got, err := client.FindRole(t.Context(), "acme", test.text)
				if test.err != "" {
					require.ErrorContains(t, err, test.err)
					return
				}
				require.NoError(t, err)
				assert.Equal(t, test.want, got)
			})
		})
	}
}
