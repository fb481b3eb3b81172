package all_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/tests/platforms/all"
)

func TestEveryPlatformHasADestination(t *testing.T) {
	t.Parallel()
	var want, listed []string
	for _, one := range platform.All {
		want = append(want, one.Name)
	}
	for _, one := range all.Destinations {
		listed = append(listed, one.Name)
		assert.NotEmpty(t, one.Rows, "%s has no life", one.Name)
	}
	assert.Equal(t, want, listed)
}
