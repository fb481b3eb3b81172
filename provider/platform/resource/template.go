package resource

import (
	"regexp"
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// The placeholders, without their braces.
const (
	nameOf  = "name"
	keyOf   = "key"
	keysOf  = "keys..."
	valueOf = "value"
	// textOf is always filled in as text.
	textOf = "value:text"
	jsonOf = "value:json"
	// base64Of also accepts bytes.
	base64Of = "value:base64"
	// misspelt records that there is an unknown placeholder.
	misspelt = "?"
)

// placeholder matches a word in any number of braces.
var placeholder = regexp.MustCompile(`\{+\s*[A-Za-z_.:-][\w.:-]*\s*\}+`)

// braced is a word with the braces around it.
type braced struct {
	// before and after are the braces that remain as text.
	before, after string
	// word is the text in the braces, including spaces. No known placeholder has spaces.
	word string
	// filled is true if the word is a placeholder, false if it is text.
	filled bool
}

// parseBraces parses a match of placeholder. Unpaired braces stay as they are, as in JSON. Of the paired ones, two
// stand for one brace, as in many template languages.
func parseBraces(found string) braced {
	word := strings.Trim(found, "{}")
	opening := strings.Index(found, word)
	closing := len(found) - opening - len(word)
	pairs := min(opening, closing)
	return braced{
		before: found[:opening-pairs] + strings.Repeat("{", pairs/2),
		after:  strings.Repeat("}", pairs/2) + found[len(found)-closing+pairs:],
		word:   word, filled: pairs%2 == 1,
	}
}

// word returns the word of a placeholder, or "" if it is escaped text.
func word(found string) string {
	if one := parseBraces(found); one.filled {
		return one.word
	}
	return ""
}

// used records the placeholders in a text and reports unknown ones.
type used map[string]bool

func (u used) read(text string, at problem.Path, problems *problem.List, allowed ...string) {
	for _, found := range placeholder.FindAllString(text, -1) {
		switch one := word(found); {
		case one == "":
		case slices.Contains(allowed, one), slices.Contains(allowed, envOf) && configured.MatchString(one):
			u[one] = true
		default:
			u[misspelt] = true
			problems.AddOnce(at, "has the unknown placeholder {%s}; the known ones are {%s}. Write {{%s}} for the literal text",
				one, strings.Join(allowed, "}, {"), one)
		}
	}
}

// readTree reads every text in a tree and every key of its objects. If an object is secret, its keys are too, so they
// are left out of problem paths.
func (u used) readTree(node document.Node, at problem.Path, problems *problem.List) {
	switch node.Kind {
	case document.String:
		u.read(node.Text, at, problems, nameOf, keyOf, keysOf, valueOf, textOf, jsonOf, base64Of)
	case document.List:
		for i, item := range node.Items {
			u.readTree(item, at.Index(i), problems)
		}
	case document.Object:
		for _, key := range node.Keys() {
			below := at
			if !node.Secret {
				below = at.Key(key)
			}
			u.read(key, below, problems, nameOf, keyOf, keysOf)
			u.readTree(node.Fields[key], below, problems)
		}
	case document.Null, document.Bool, document.Number, document.Unknown:
	}
}

// namesSecret reports whether the text contains the name, or a typo that was probably meant to be it. Names are
// unique. Keys are not enough: keys that contain slashes can produce the same text, and renaming can make two of them
// equal.
func (u used) namesSecret() bool { return u[nameOf] || u[misspelt] }

// containsValue reports whether the text contains the value in any form.
func (u used) containsValue() bool { return u.containsText() || u[base64Of] }

// containsText reports whether the text contains the value in a form that bytes do not have.
func (u used) containsText() bool { return u[valueOf] || u[textOf] || u[jsonOf] }

// filling has what the placeholders stand for in the resource of one secret.
type filling struct {
	name, key string
	keys      []string
	// text is the value as text.
	text document.Text
	value
}

// value is the value to push, with its type and as JSON.
type value struct {
	node document.Node
	json document.Text
}

func fillingOf(s target.Secret, v value) filling {
	return filling{name: s.Name, key: s.Key, keys: s.Path, text: s.Text, value: v}
}

// fill replaces all placeholders in a text.
func (f filling) fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		one := parseBraces(found)
		if one.filled {
			one.word = f.of(one.word)
		}
		return one.before + one.word + one.after
	})
}

// of returns what a placeholder stands for.
func (f filling) of(word string) string {
	switch word {
	case nameOf:
		return f.name
	case keyOf:
		return f.key
	case keysOf:
		return strings.Join(f.keys, "/")
	case valueOf, textOf:
		return f.text.Value
	case jsonOf:
		return f.json.Value
	case base64Of:
		return f.text.Base64()
	}
	return "{" + word + "}" // already reported
}

// checkKeys reports keys of an object that become equal once the secret is filled in. It does not quote the keys of a
// secret object.
func (f filling) checkKeys(node document.Node, at problem.Path, problems *problem.List) {
	for i, item := range node.Items {
		f.checkKeys(item, at.Index(i), problems)
	}
	from := map[string]string{}
	for _, key := range node.Keys() {
		filled := f.fill(key)
		first, twice := from[filled]
		switch {
		case twice && node.Secret:
			problems.AddOnce(at, "has two keys that become equal for the secret %s: rename one of them, or the secret in "+
				"keys.rename", f.name)
		case twice:
			problems.AddOnce(at, "has the keys %q and %q, which both become %q for the secret %s: rename one of them, or the "+
				"secret in keys.rename", first, key, filled, f.name)
		}
		from[filled] = key
		below := at
		if !node.Secret {
			below = at.Key(key)
		}
		f.checkKeys(node.Fields[key], below, problems)
	}
}

// isKeys reports whether a list item expands to several items.
func isKeys(item document.Node) bool {
	return item.Kind == document.String && item.Text == "{"+keysOf+"}"
}

// fillTree replaces all placeholders in a tree. Every text that contains the value is marked as secret.
func (f filling) fillTree(node document.Node) document.Node {
	filled := node
	switch node.Kind {
	case document.String:
		return f.fillText(node)
	case document.List:
		filled.Items = nil
		for _, item := range node.Items {
			if isKeys(item) {
				for _, key := range f.keys {
					filled.Items = append(filled.Items, document.Node{Kind: document.String, Text: key, Secret: item.Secret})
				}
				continue
			}
			filled.Items = append(filled.Items, f.fillTree(item))
		}
	case document.Object:
		filled.Fields = map[string]document.Node{}
		for key, field := range node.Fields {
			filled.Fields[f.fill(key)] = f.fillTree(field)
		}
	case document.Null, document.Bool, document.Number, document.Unknown:
	}
	return filled
}

// fillText is fillTree for a text.
func (f filling) fillText(node document.Node) document.Node {
	found := used{}
	found.readTree(node, problem.Path{}, &problem.List{})
	switch {
	case !found.containsValue():
		node.Text = f.fill(node.Text)
		return node
	case f.text.Unknown:
		return document.Node{Kind: document.Unknown, Secret: true}
	case node.Text == "{"+valueOf+"}":
		filled := f.node
		filled.Secret = true
		return filled
	}
	return document.Node{Kind: document.String, Text: f.fill(node.Text), Secret: true}
}
