package escsync

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
)

func TestFormerIDs(t *testing.T) {
	t.Parallel()
	now := inputs.Origin{
		Organization: "acme", Project: "shop", Stack: "dev", Resource: "credentials", Parents: "my:index:Web",
	}
	const ours, typ = "urn:pulumi:dev::shop::", "escsync:index:EscSync"
	type urns []urn.URN
	for name, c := range map[string]struct {
		aliases urns
		want    []string
	}{
		"none":            {nil, nil},
		"another name":    {urns{ours + "my:index:Web$" + typ + "::db"}, []string{"acme/shop/dev/my:index:Web::db"}},
		"no parent":       {urns{ours + typ + "::credentials"}, []string{"acme/shop/dev/credentials"}},
		"another parent":  {urns{ours + "a:b:C$a:b:D$" + typ + "::db"}, []string{"acme/shop/dev/a:b:C/a:b:D::db"}},
		"the same":        {urns{ours + "my:index:Web$" + typ + "::credentials"}, nil},
		"another stack":   {urns{"urn:pulumi:prod::shop::" + typ + "::db"}, nil},
		"another project": {urns{"urn:pulumi:dev::other::" + typ + "::db"}, nil},
		"another type":    {urns{ours + "my:index:Sync::db"}, nil},
		"no URN":          {urns{"db"}, nil},
		"one twice":       {urns{ours + typ + "::a", ours + typ + "::a"}, []string{"acme/shop/dev/a"}},
		"one after another": {
			urns{ours + typ + "::b", ours + typ + "::a"},
			[]string{"acme/shop/dev/b", "acme/shop/dev/a"},
		},
	} {
		assert.Equal(t, c.want, formerIDs(c.aliases, now), name)
	}
}
