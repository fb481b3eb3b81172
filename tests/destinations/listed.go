package destinations

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/all"
)

// Listed returns the destinations whose servers must be built, or the others.
func Listed(built bool) []platforms.Destination {
	var listed []platforms.Destination
	for _, one := range all.Destinations {
		if one.Server.Built != built {
			continue
		}
		one.Rows = slices.Clone(one.Rows)
		for i := range one.Rows {
			if one.Rows[i].Start == nil {
				one.Rows[i].Start = one.Server.Start
			}
		}
		listed = append(listed, one)
	}
	return listed
}

// EachRow runs a test for each row of the destinations whose servers must be built, or of the others.
func EachRow(t *testing.T, built bool, test func(*testing.T, platforms.Row)) {
	t.Helper()
	for _, one := range Listed(built) {
		for _, row := range one.Rows {
			t.Run(row.Name, func(t *testing.T) {
				t.Parallel()
				test(t, row)
			})
		}
	}
}

// RowOf returns the row with a name.
func RowOf(t *testing.T, name string) platforms.Row {
	t.Helper()
	for _, one := range append(Listed(false), Listed(true)...) {
		for _, row := range one.Rows {
			if row.Name == name {
				return row
			}
		}
	}
	require.Fail(t, "no destination has the row "+name)
	return platforms.Row{}
}
