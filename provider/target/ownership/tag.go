// Package ownership defines the ownership tag, which records the sync that a secret on a platform belongs to, in a
// form that each platform can store.
package ownership

import "strings"

// Program returns the sync ID of a resource: <project>/<stack>/<resource>, or below components
// <project>/<stack>/<types>::<resource>. The types are those of its parents as in a URN, but joined by `/` instead of
// `$`, because every platform can store that. Within a stack, Pulumi allows no two resources with the same types and
// name.
func Program(project, stack, parents, resource string) string {
	if parents != "" {
		resource = strings.ReplaceAll(parents, "$", "/") + "::" + resource
	}
	return project + "/" + stack + "/" + resource
}

// Key is the key of the ownership tag, on platforms that allow it.
const Key = "escsync:sync-id"

// Tag describes how a platform stores a sync's ID: as a tag, a label or an annotation. The zero Tag stores nothing.
type Tag struct {
	// Key is the constant Key, or the closest that the platform allows.
	Key string
	// MaxLength is the maximum length of a value, in bytes.
	MaxLength int
	// Safe reports whether a value may contain a character. Nil means printable ASCII.
	Safe func(rune) bool
}

// Value returns the tag's value for an ID. Different IDs get different values.
func (t Tag) Value(id string) string {
	safe := t.Safe
	if safe == nil {
		safe = func(r rune) bool { return r >= ' ' && r <= '~' }
	}
	return encode(id, safe, t.MaxLength)
}
