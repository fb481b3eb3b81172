package githubvariables

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, nameLimit, []string{"A", "_A1", "a_b"},
		map[string]string{"1A": "not allowed", "A-B": "not allowed", "github_x": "GITHUB_"})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit, 49152, false)
}

func TestCounts(t *testing.T) {
	t.Parallel()
	for most, rule := range map[int]limit.Count{
		1000: organizationCount, 500: repositoryCount, 100: environmentCount,
	} {
		require.NoError(t, rule.Check(most))
		require.ErrorContains(t, rule.Check(most+1), "exclude some")
	}
}
