package mapping

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// BenchmarkMatches matches globs against a thousand keys, and compares with equivalent precompiled regular
// expressions.
func BenchmarkMatches(b *testing.B) {
	patterns := []string{"db.*.password", "*-token", "cache?", "a*b*c*d*e"}
	keys := make([]string, 1000)
	for i := range keys {
		keys[i] = fmt.Sprintf("service-%d.%s", i, strings.Repeat("abcd", 8))
	}
	b.Run("globs", func(b *testing.B) {
		for b.Loop() {
			for _, key := range keys {
				matchesAny(patterns, key)
			}
		}
	})
	b.Run("regular expressions", func(b *testing.B) {
		compiled := make([]*regexp.Regexp, len(patterns))
		for i, pattern := range patterns {
			quoted := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
			compiled[i] = regexp.MustCompile(`^` + quoted + `(\..*)?$`)
		}
		for b.Loop() {
			for _, key := range keys {
				for _, expression := range compiled {
					if expression.MatchString(key) {
						break
					}
				}
			}
		}
	})
}
