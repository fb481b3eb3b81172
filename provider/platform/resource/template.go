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
	// textOf is the one that is a text always.
	textOf = "value:text"
	jsonOf = "value:json"
	// base64Of is the one that takes bytes, too.
	base64Of = "value:base64"
	// misspelt notes one that does not exist.
	misspelt = "?"
)

// placeholder is a word in braces, in as many as there are.
var placeholder = regexp.MustCompile(`\{+\s*[A-Za-z_.:-][\w.:-]*\s*\}+`)

// braced is what stands in braces.
type braced struct {
	// before and after are what is left as it is.
	before, after string
	// word is what stands in the braces, with the spaces around it: no placeholder has any.
	word string
	// filled says that it is filled in; else it is text.
	filled bool
}

// taken takes apart what placeholder has found. Braces without a partner stay as they are, as in JSON. Of those with
// one, two stand for one, as in many languages.
func taken(found string) braced {
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

// word is what stands in the braces of a placeholder; "" for one that is text.
func word(found string) string {
	if one := taken(found); one.filled {
		return one.word
	}
	return ""
}

// used notes the placeholders that a text has, and reports those that do not exist.
type used map[string]bool

func (u used) read(text string, at problem.Path, problems *problem.List, allowed ...string) {
	for _, found := range placeholder.FindAllString(text, -1) {
		switch one := word(found); {
		case one == "":
		case slices.Contains(allowed, one), slices.Contains(allowed, envOf) && configured.MatchString(one):
			u[one] = true
		default:
			u[misspelt] = true
			problems.AddOnce(at, "has the unknown placeholder {%s}: there are {%s}. Write {{%s}} for the text itself",
				one, strings.Join(allowed, "}, {"), one)
		}
	}
}

// readTree is read for all texts of a tree, and for the keys of its objects. The keys of one that is secret are, too.
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

// namesSecret says whether the name stands there, or was meant to. Two secrets never share one. Two keys may: with
// slashes in them they can be the same text, and renaming can make one name of two.
func (u used) namesSecret() bool { return u[nameOf] || u[misspelt] }

// holdsValue says whether the value stands there in any form.
func (u used) holdsValue() bool { return u.holdsText() || u[base64Of] }

// holdsText says whether the value stands there in a form that bytes do not have.
func (u used) holdsText() bool { return u[valueOf] || u[textOf] || u[jsonOf] }

// filling is what the placeholders stand for in the resource of one secret.
type filling struct {
	name, key string
	keys      []string
	// text is the value as text.
	text document.Text
	value
}

// value is what is pushed, with its type and as JSON.
type value struct {
	node document.Node
	json document.Text
}

func fillingOf(s target.Secret, v value) filling {
	return filling{name: s.Name, key: s.Key, keys: s.Path, text: s.Text, value: v}
}

// fill puts a secret into a text.
func (f filling) fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		one := taken(found)
		if one.filled {
			one.word = f.of(one.word)
		}
		return one.before + one.word + one.after
	})
}

// of is what a placeholder stands for.
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
	return "{" + word + "}" // reported
}

// checkKeys reports keys of an object that are one when a secret is filled in. What an object is, that is secret, stays
// untold.
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
			problems.AddOnce(at, "has two keys that are one for the secret %s: rename one of them, or the secret in keys.rename",
				f.name)
		case twice:
			problems.AddOnce(at, "has the keys %q and %q, which are both %q for the secret %s: rename one of them, or the "+
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

// isKeys says whether an item of a list stands for several.
func isKeys(item document.Node) bool {
	return item.Kind == document.String && item.Text == "{"+keysOf+"}"
}

// fillTree puts a secret into a tree. Whatever holds its value is marked as secret.
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
	case !found.holdsValue():
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
