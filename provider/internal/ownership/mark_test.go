package ownership_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
)

func TestMarksOfAnOrdinarySyncAreReadable(t *testing.T) {
	t.Parallel()
	const id = "shop/dev/db-credentials"
	mark := ownership.Mark(id)
	for _, text := range []string{mark.AWS(), mark.Azure(), mark.GCP(), mark.Vault(), mark.Kubernetes()} {
		assert.Equal(t, id, text)
	}
}

// Resources of one name below components of different types are different syncs; one at the top keeps its short name.
func TestProgram(t *testing.T) {
	t.Parallel()
	for parents, want := range map[string]string{
		"":                      "shop/dev/db",
		"my:index:Web":          "shop/dev/my:index:Web::db",
		"my:index:A$my:index:B": "shop/dev/my:index:A/my:index:B::db",
	} {
		id := ownership.Program("shop", "dev", parents, "db")
		assert.Equal(t, want, id)
		assert.Equal(t, want, ownership.Mark(id).AWS(), "the mark is readable on AWS, too")
	}
}

// TestMarksFitAndDiffer: whatever the id, a mark fits the platform, and two ids never get one mark.
func TestMarksFitAndDiffer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		long := strings.Repeat("x", rapid.IntRange(0, 1200).Draw(t, "length"))
		one, two := ownership.Mark(long+a), ownership.Mark(long+b)
		assert.Regexp(t, `^[A-Za-z0-9 +=._:/@-]*$`, one.AWS())
		assert.LessOrEqual(t, len(one.AWS()), 256)
		assert.LessOrEqual(t, len(one.Azure()), 256)
		assert.LessOrEqual(t, len(one.Vault()), 512)
		assert.Equal(t, one == two, one.AWS() == two.AWS())
		assert.Equal(t, one == two, one.Azure() == two.Azure())
		assert.Equal(t, one == two, one.GCP() == two.GCP())
		assert.Equal(t, one == two, one.Vault() == two.Vault())
		assert.Equal(t, one == two, one.Kubernetes() == two.Kubernetes())
	})
}
