package target_test

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Faults fail both create and update, but not a preview. Once they are gone, a run succeeds.
func TestAnOutcomeFailsWithItsFaults(t *testing.T) {
	t.Parallel()
	server, _ := inventoryServer(t)
	urn := presource.NewURN("dev", "shop", "", target.OutcomeToken, "sync")
	faulty, fine := outputs(object{"faults": []any{"one", "two"}}), outputs(object{"faults": []any{}})
	for _, preview := range []bool{false, true} {
		_, err := server.Create(p.CreateRequest{Urn: urn, Properties: faulty, DryRun: preview})
		assert.Equal(t, preview, err == nil)
		_, err = server.Update(p.UpdateRequest{
			ID: "outcome", Urn: urn, State: fine, OldInputs: fine, Inputs: faulty, DryRun: preview,
		})
		assert.Equal(t, preview, err == nil)
	}
	_, err := server.Create(p.CreateRequest{Urn: urn, Properties: faulty})
	require.ErrorContains(t, err, "one\ntwo")
	_, err = server.Create(p.CreateRequest{Urn: urn, Properties: fine})
	require.NoError(t, err)
}
