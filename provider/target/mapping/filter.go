// Package mapping decides which keys of a value are pushed, and as how many secrets.
package mapping

import (
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Filter holds patterns over keys. A key is the path of a leaf, joined by dots, such as `pool.size`. In a pattern `*`
// stands for any characters and `?` for one. A pattern matches a key if it matches the whole key or a beginning of it
// that ends before a dot, so `pool` matches everything below `pool`.
type Filter struct {
	// Include takes only what one of its patterns matches; empty, it takes everything.
	Include []string
	// Exclude drops what one of its patterns matches, even where Include takes it.
	Exclude []string
}

// Apply returns the value without the keys that the filter drops, and without objects that this leaves empty. A value
// that is no object has no keys and stays as it is.
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

// Matcher returns what says of a path in a value whether one of the patterns matches its key, or a key below it. The
// value is searched once.
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

// Idle returns the indices of the patterns that match no key of a value.
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

// match is a glob over whole text in linear time: on a mismatch only the last star is tried again.
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
