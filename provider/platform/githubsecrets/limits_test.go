package githubsecrets

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, nameLimit, []string{"A", "_A1", "a_b"},
		map[string]string{"1A": "not allowed", "A-B": "not allowed", "GITHUB_TOKEN": "GITHUB_", "github_x": "GITHUB_"})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit, 49152, false)
}

func TestCounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		location string
		rule     limit.Count
		most     int
	}{
		{"repository", repositoryCount, 100},
		{"environment", environmentCount, 100},
		{"organization, Codespaces", codespacesOrganizationCount, 100},
		{"organization", organizationCount, 1000},
	}
	for _, test := range tests {
		t.Run(test.location, func(t *testing.T) {
			t.Parallel()
			assert.True(t, strings.HasPrefix(test.rule.Source, "https://"))
			require.NoError(t, test.rule.Check(test.most))
			require.ErrorContains(t, test.rule.Check(test.most+1), "exclude some")
		})
	}
}
