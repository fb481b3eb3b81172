package escsync

import (
	"errors"
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// At preview, warnings name the approvals that an update or a run will need.
func TestGatesAtPreview(t *testing.T) {
	t.Parallel()
	str, unknown := property.New[string], property.New(property.Computed)
	list := func(items ...property.Value) property.Value { return property.New(items) }
	gates := map[string]deployments.Gates{
		"p/e": {Update: true}, "p/open": {Open: true}, "default/old": {Open: true}, "p/free": {}, "p/kept": {Update: true},
	}
	const update = "environmentName: updates of this environment need an approval: `pulumi up` submits the new " +
		"definition as a change request and fails. Once that is applied, run it again to continue"
	for name, test := range map[string]struct {
		given     map[string]property.Value
		completed map[string]property.Value
		own       *deployments.Gates
		want      string
	}{
		"an update":              {want: update},
		"no change":              {completed: map[string]property.Value{"definition": str("{values: {a: 1}}")}},
		"an unknown definition":  {completed: map[string]property.Value{"definition": unknown}},
		"an unknown environment": {completed: map[string]property.Value{"environmentName": unknown}},
		"an unknown organization": {
			completed: map[string]property.Value{"organization": unknown},
			given:     map[string]property.Value{"imports": list(str("p/open"))},
		},
		"one that is not there yet": {completed: map[string]property.Value{"environmentName": str("new")}},
		"another change waits": {
			own: &deployments.Gates{Update: true, ChangeRequest: "cr-1"},
			want: "environmentName: updates of this environment need an approval, and change request cr-1 is open: " +
				"`pulumi up` fails until that is applied or closed",
		},
		"an open": {own: &deployments.Gates{Open: true}, want: "environmentName: " + openGate},
		"imports": {
			given: map[string]property.Value{
				"imports": list(str("p/free"), str("p/open@stable"), unknown, str("none/none"), str("p/kept")),
			},
			own: &deployments.Gates{}, want: "imports[1]: " + openGate,
		},
		"imports of a definition": {
			given: map[string]property.Value{"definition": str("imports: [p/free, {p/open: {merge: false}}, old, [x]]").
				WithSecret(true)},
			own:  &deployments.Gates{},
			want: "definition.imports[1]: " + openGate + "\ndefinition.imports[2]: " + openGate,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud := &service{stored: "values: {a: 1}", gates: map[string]deployments.Gates{}}
			maps.Copy(cloud.gates, gates)
			if test.own != nil {
				cloud.gates["p/e"] = *test.own
			}
			completed := property.NewMap(map[string]property.Value{
				"organization": str("acme"), "environmentProject": str("p"), "environmentName": str("e"),
				"definition": str("values: {a: 2}").WithSecret(true),
			})
			for key, value := range test.completed {
				completed = completed.Set(key, value)
			}
			got, err := gatesOf(t.Context(), cloud, property.NewMap(test.given), completed)
			require.NoError(t, err)
			assert.Equal(t, test.want, got.Text())
			assert.Empty(t, cloud.proposed)
		})
	}
}

// A missing answer is an error, about the sync's own environment, an import, or the stored definition.
func TestGatesWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	str := property.New[string]
	completed := property.NewMap(map[string]property.Value{
		"organization": str("acme"), "environmentProject": str("p"), "environmentName": str("e"),
		"definition": str("values: {}"),
	})
	failed, gated := errors.New("500"), map[string]deployments.Gates{"p/e": {Update: true}, "p/a": {}}
	imports := property.NewMap(map[string]property.Value{"imports": property.New([]property.Value{str("p/a")})})
	for name, test := range map[string]struct {
		cloud     service
		completed property.Map
	}{
		"the environment": {service{gatesErr: failed}, completed},
		"an import":       {service{gatesErr: failed}, completed.Delete("environmentName")},
		"the definition":  {service{gates: gated, storedErr: failed}, completed},
	} {
		_, err := gatesOf(t.Context(), &test.cloud, imports, test.completed)
		assert.Equal(t, failed, err, name)
	}
}
