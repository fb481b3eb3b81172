package problem

import (
	"regexp"
	"strconv"
)

// Path names a property of a resource's inputs in Pulumi's property path syntax, such as
// `destination.awsSecretsManager.name`, `imports[0]` or `value["dotted.key"]`. Paths are immutable: every method
// returns a new one. The zero Path is the root.
type Path struct {
	text string
}

// At returns the path of a top-level property.
func At(property string) Path {
	return Path{}.Key(property)
}

var bareKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// Key returns the path of the property called name below p, quoted if necessary. Quotes, backslashes and unprintable
// characters are escaped: a line break in a key must not break the line of the message.
func (p Path) Key(name string) Path {
	if !bareKey.MatchString(name) {
		return Path{p.text + "[" + strconv.Quote(name) + "]"}
	}
	if p.text == "" {
		return Path{name}
	}
	return Path{p.text + "." + name}
}

// Index returns the path of element i of the list at p.
func (p Path) Index(i int) Path {
	return Path{p.text + "[" + strconv.Itoa(i) + "]"}
}

// Below returns the path of rel below p. rel is a path in the same syntax without its root, such as `.a["b.c"][0]`.
func (p Path) Below(rel string) Path {
	return Path{p.text + rel}
}

// key matches one key in a path: bare, or quoted in brackets.
var key = regexp.MustCompile(`\[("(?:[^"\\]|\\.)*")\]|[^.\[]+`)

// Keys splits a path that consists only of keys, without indexes.
func Keys(path string) []string {
	var keys []string
	for _, found := range key.FindAllStringSubmatch(path, -1) {
		if quoted, err := strconv.Unquote(found[1]); err == nil {
			keys = append(keys, quoted)
		} else {
			keys = append(keys, found[0])
		}
	}
	return keys
}

// String returns the path for an error message.
func (p Path) String() string {
	return p.text
}
