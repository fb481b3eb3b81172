package ownership_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Resources of the same name below components of different types are different syncs. A top-level resource keeps its
// short name.
func TestProgram(t *testing.T) {
	t.Parallel()
	for parents, want := range map[string]string{
		"":                      "shop/dev/db",
		"my:index:Web":          "shop/dev/my:index:Web::db",
		"my:index:A$my:index:B": "shop/dev/my:index:A/my:index:B::db",
	} {
		id := ownership.Program("shop", "dev", parents, "db")
		assert.Equal(t, want, id)
	}
}

// Every value fits, and different IDs get different values.
func TestValuesFitAndDiffer(t *testing.T) {
	t.Parallel()
	letters := func(r rune) bool { return r >= 'a' && r <= 'z' }
	for _, tag := range []ownership.Tag{{MaxLength: 256, Safe: letters}, {MaxLength: 512}, {MaxLength: 1024}} {
		rapid.Check(t, func(t *rapid.T) {
			a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
			long := strings.Repeat("x", rapid.IntRange(0, 1200).Draw(t, "length"))
			one, two := tag.Value(long+a), tag.Value(long+b)
			assert.LessOrEqual(t, len(one), tag.MaxLength)
			assert.Equal(t, a == b, one == two)
		})
	}
}
