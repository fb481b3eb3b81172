// Package mapping decides which keys of a value are pushed, and how many secrets they become.
package mapping

import (
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Filter selects keys by patterns. A key is the path of a leaf, joined by dots, such as `pool.size`. In a pattern,
// `*` matches any characters and `?` matches one. A pattern matches a key if it matches the whole key or a prefix of
// it that ends before a dot, so `pool` matches everything below `pool`.
type Filter struct {
	// Include selects the keys that match one of its patterns. If it is empty, it selects every key.
	Include []string
	// Exclude drops the keys that match one of its patterns, even if Include selects them.
	Exclude []string
}

// Apply returns the value without the keys that the filter drops, and without the objects that this empties. A value
// that is not an object is returned unchanged.
func (f Filter) Apply(value document.Node) document.Node {
	if value.Kind != document.Object || (len(f.Include) == 0 && len(f.Exclude) == 0) {
		return value
	}
	return f.prune(value, nil)
}

func (f Filter) prune(object document.Node, path []string) document.Node {
	included := object
	included.Fields = map[string]document.Node{}
	for key, field := range object.Fields {
		at := append(slices.Clip(path), key)
		if field.Kind == document.Object && len(field.Fields) > 0 {
			if field = f.prune(field, at); len(field.Fields) > 0 {
				included.Fields[key] = field
			}
			continue
		}
		if f.includes(strings.Join(at, ".")) {
			included.Fields[key] = field
		}
	}
	return included
}

func (f Filter) includes(key string) bool {
	return (len(f.Include) == 0 || matchesAny(f.Include, key)) && !matchesAny(f.Exclude, key)
}

// Matcher returns a function that reports whether a path in the value is the key of a match, or contains one. The
// value is only searched once.
func Matcher(patterns []string, value document.Node) func(path []string) bool {
	if len(patterns) == 0 {
		return func([]string) bool { return false }
	}
	matched := Filter{Include: patterns}.Apply(value)
	return func(path []string) bool {
		node := matched
		for _, key := range path {
			next, there := node.Fields[key]
			if !there {
				return false
			}
			node = next
		}
		return true
	}
}

// Idle returns the indices of the patterns that match no key of the value.
func Idle(patterns []string, value document.Node) []int {
	var idle []int
	for i, pattern := range patterns {
		if len((Filter{Include: []string{pattern}}).Apply(value).Fields) == 0 {
			idle = append(idle, i)
		}
	}
	return idle
}

func matchesAny(patterns []string, key string) bool {
	for _, pattern := range patterns {
		if match(pattern, key) {
			return true
		}
		for i := range key {
			if key[i] == '.' && match(pattern, key[:i]) {
				return true
			}
		}
	}
	return false
}

// match reports whether a glob matches the whole text. It only backtracks to the last star, so its time is at most
// proportional to the product of the lengths.
func match(pattern, text string) bool {
	p, t := []rune(pattern), []rune(text)
	i, j, star, retry := 0, 0, -1, 0
	for j < len(t) {
		switch {
		case i < len(p) && p[i] == '*':
			star, retry = i, j
			i++
		case i < len(p) && (p[i] == '?' || p[i] == t[j]):
			i, j = i+1, j+1
		case star >= 0:
			retry++
			i, j = star+1, retry
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}
