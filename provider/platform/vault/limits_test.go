package vault

import (
	"strings"
	"testing"

	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, pathLimit, []string{"a", "prod/db", "a b/c.d", "ü", "...", "a/..b", ".a"},
		map[string]string{"/a": "not allowed", "a/": "not allowed", "a//b": "not " +
			"allowed", "a?b": "not allowed", " a": "not allowed",
			"..": "another path", "a/../b": "another path", "./a": "another path", "a/.": "another path"})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit, 1048576, true)
}

func TestTags(t *testing.T) {
	t.Parallel()
	limittest.Tags(t, metadataLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "Ä!", limittest.Long(128)},
		BadKeys:    []string{"", "a\nb", limittest.Long(129), strings.Repeat("ü", 65)},
		GoodValues: []string{"a b", limittest.Long(512)},
		BadValues:  []string{"", "a\tb", limittest.Long(513)},
		Most:       63,
	})
}
