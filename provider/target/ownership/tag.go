// Package ownership is the tag that says which sync a secret on a platform belongs to, in the form that each platform
// can hold.
package ownership

import "strings"

// Program names a resource of a program: <project>/<stack>/<resource>, and below components
// <project>/<stack>/<types>::<resource>. Types are those of its parents as a URN has them, with `$` between two; here
// they get a `/`, which every platform can hold. Pulumi lets no two resources of a stack have both in common.
func Program(project, stack, parents, resource string) string {
	if parents != "" {
		resource = strings.ReplaceAll(parents, "$", "/") + "::" + resource
	}
	return project + "/" + stack + "/" + resource
}

// Key is that of the tag, where the platform's grammar of keys takes it.
const Key = "escsync:sync-id"

// Tag is how a platform holds the id of a sync: as a tag, a label or an annotation, which is text. The zero Tag holds
// nothing.
type Tag struct {
	// Key is Key, or the nearest to it that the platform takes.
	Key string
	// MaxLength is how long a value may be.
	MaxLength int
	// Safe says which characters a value may have. Nil: the printable ones of ASCII.
	Safe func(rune) bool
}

// Value returns an id as the value of the tag. Two ids never get one value.
func (t Tag) Value(id string) string {
	safe := t.Safe
	if safe == nil {
		safe = func(r rune) bool { return r >= ' ' && r <= '~' }
	}
	return encode(id, safe, t.MaxLength)
}
