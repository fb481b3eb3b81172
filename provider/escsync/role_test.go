package escsync

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The service is not asked for a role if the stack is unknown at preview, or if a token replaces the role.
func TestTheRoleThatIsNotAskedFor(t *testing.T) {
	t.Parallel()
	object := func(name string, value property.Value) property.Value {
		return property.New(map[string]property.Value{name: value})
	}
	known := property.NewMap(map[string]property.Value{
		"organization": property.New("acme"), "stackName": property.New("dev"),
		"source": object("project", property.New("tgt")),
	})
	unknown := property.New(property.Computed)
	for name, test := range map[string]struct {
		in   property.Map
		slow bool
		want role
	}{
		"an unknown organization": {in: known.Set("organization", unknown), want: role{unknown: true}},
		"an unknown stack":        {in: known.Set("stackName", unknown), want: role{unknown: true}},
		"an unknown project":      {in: known.Set("source", object("project", unknown)), want: role{unknown: true}},
		"an unknown role":         {in: known.Set("deployment", object("role", unknown)), want: role{unknown: true}},
		"a slow service":          {in: known, slow: true, want: role{unknown: true}},
		"a token":                 {in: known.Set("deployment", object("accessToken", unknown)), want: role{token: true}},
		"a token as a variable": {
			in:   known.Set("deployment", object("environmentVariables", object(accessTokenVariable, unknown))),
			want: role{token: true},
		},
	} {
		got, problems, err := (&inquiries{slow: test.slow}).role(t.Context(), test.in, true)
		require.NoError(t, err, name)
		assert.Empty(t, problems, name)
		assert.Equal(t, test.want, got, name)
	}
}
