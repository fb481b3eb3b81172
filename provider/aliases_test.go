package provider

import (
	"context"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/escsync"
)

const (
	rootURN   = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
	parentURN = "urn:pulumi:dev::shop::acme:index:Platform::platform"
)

func TestAliasURN(t *testing.T) {
	t.Parallel()
	req := func(parent string) *pulumirpc.ConstructRequest {
		return &pulumirpc.ConstructRequest{
			Stack: "dev", Project: "shop", Type: escsync.Token, Name: "new", Parent: parent,
		}
	}
	for name, test := range map[string]struct {
		parent string
		spec   *pulumirpc.Alias_Spec
		want   string
	}{
		"name":           {rootURN, &pulumirpc.Alias_Spec{Name: "old"}, "urn:pulumi:dev::shop::escsync:index:EscSync::old"},
		"without parent": {"", &pulumirpc.Alias_Spec{Name: "old"}, "urn:pulumi:dev::shop::escsync:index:EscSync::old"},
		"below a parent": {
			parentURN,
			&pulumirpc.Alias_Spec{Name: "old"},
			"urn:pulumi:dev::shop::acme:index:Platform$escsync:index:EscSync::old",
		},
		"no parent": {
			parentURN,
			&pulumirpc.Alias_Spec{Parent: &pulumirpc.Alias_Spec_NoParent{NoParent: true}},
			"urn:pulumi:dev::shop::escsync:index:EscSync::new",
		},
		"another parent": {
			rootURN,
			&pulumirpc.Alias_Spec{Parent: &pulumirpc.Alias_Spec_ParentUrn{ParentUrn: parentURN}},
			"urn:pulumi:dev::shop::acme:index:Platform$escsync:index:EscSync::new",
		},
		"everything else": {
			rootURN,
			&pulumirpc.Alias_Spec{Stack: "prod", Project: "store", Type: "acme:index:Sync"},
			"urn:pulumi:prod::store::acme:index:Sync::new",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, string(aliasURN(req(test.parent), test.spec)))
		})
	}
}

type recordingServer struct {
	pulumirpc.UnimplementedResourceProviderServer
	aliases []string
}

func (s *recordingServer) Construct(
	_ context.Context,
	req *pulumirpc.ConstructRequest,
) (*pulumirpc.ConstructResponse, error) {
	for _, a := range req.GetAliases() {
		s.aliases = append(s.aliases, a.GetUrn())
	}
	return &pulumirpc.ConstructResponse{}, nil
}

func TestAliasServerLeavesURNsAlone(t *testing.T) {
	t.Parallel()
	inner := &recordingServer{}
	_, err := aliasServer{inner}.Construct(context.Background(), &pulumirpc.ConstructRequest{
		Stack: "dev", Project: "shop", Type: escsync.Token, Name: "new", Parent: rootURN,
		Aliases: []*pulumirpc.Alias{
			{Alias: &pulumirpc.Alias_Urn{Urn: "urn:pulumi:dev::shop::escsync:index:EscSync::older"}},
			{Alias: &pulumirpc.Alias_Spec_{Spec: &pulumirpc.Alias_Spec{Name: "old"}}},
		},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"urn:pulumi:dev::shop::escsync:index:EscSync::older", "urn:pulumi:dev::shop::escsync:index:EscSync::old",
	}, inner.aliases)
}
