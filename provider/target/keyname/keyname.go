// Package keyname makes names on a platform from keys.
package keyname

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Codec describes how a platform spells names. The zero Codec keeps keys as they are.
type Codec struct {
	// Separator joins the keys of nested objects by default.
	Separator string
	// Allowed are the characters that names may contain besides ASCII letters and digits. If it is empty, all
	// characters are allowed.
	Allowed string
	// Replacement replaces the characters - _ . / : and space if they are not allowed. Other disallowed characters
	// stay, so that the limits refuse the name: dropping them silently would hide a mistake.
	Replacement string
	// Upper converts names to upper case, for platforms that store them so.
	Upper bool
}

const wordSeparators = "-_./: "

// Encode returns the name in the platform's spelling.
func (c Codec) Encode(name string) string {
	if c.Upper {
		name = strings.ToUpper(name)
	}
	if c.Allowed == "" {
		return name
	}
	var b strings.Builder
	for _, r := range name {
		if strings.ContainsRune(wordSeparators, r) && !strings.ContainsRune(c.Allowed, r) {
			b.WriteString(c.Replacement)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Naming is how the user chose to name keys.
type Naming struct {
	// Path precedes every name, followed by a slash. "" means no path.
	Path string
	// Template is the template of a name. "" is the same as `{key}`.
	Template string
	// Separator joins the keys of nested objects. "" uses the platform's separator.
	Separator string
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

const kebab = "key:kebab"

var placeholders = map[string]func(string) string{
	"key":       func(key string) string { return key },
	"key:upper": strings.ToUpper,
	"key:lower": strings.ToLower,
	"key:snake": func(key string) string { return strings.Join(words(key), "_") },
	kebab:       func(key string) string { return strings.Join(words(key), "-") },
}

// Check returns what is wrong with the template for a platform with this codec, or nil.
func (n Naming) Check(codec Codec) error {
	if n.Template == "" {
		return nil
	}
	found := placeholder.FindAllStringSubmatch(n.Template, -1)
	for _, match := range found {
		if placeholders[match[1]] == nil {
			return fmt.Errorf("has the unknown placeholder {%s}; the known ones are {key}, {key:upper}, {key:lower}, "+
				"{key:snake} and {key:kebab}", match[1])
		}
		if match[1] == kebab && codec.Allowed != "" && !strings.Contains(codec.Allowed, "-") {
			return errors.New("has {key:kebab}, but names on this platform cannot contain hyphens: use {key:snake}")
		}
	}
	if len(found) == 0 {
		return errors.New("must contain {key}, or every key gets the same name")
	}
	return nil
}

// Name returns the platform name of the key at path. Naming.Path is not encoded, because the user wrote it for this
// platform.
func (n Naming) Name(path []string, codec Codec) string {
	separator := n.Separator
	if separator == "" {
		separator = codec.Separator
	}
	// Keys are encoded one by one, so that the separator, which the user may choose, is never rewritten. Conversion to
	// upper case comes last, because {key:snake} and {key:kebab} find words by their capitals.
	asWritten := codec
	asWritten.Upper = false
	encoded := make([]string, len(path))
	for i, key := range path {
		encoded[i] = asWritten.Encode(key)
	}
	key := strings.Join(encoded, separator)
	if n.Template != "" {
		key = placeholder.ReplaceAllStringFunc(n.Template, func(match string) string {
			change := placeholders[match[1:len(match)-1]]
			if change == nil {
				return match
			}
			return change(key)
		})
	}
	if codec.Upper {
		key = strings.ToUpper(key)
	}
	if n.Path != "" {
		return n.Path + "/" + key
	}
	return key
}

// words splits a name at word separators and before capitals that begin a word. The words are in lower case.
func words(name string) []string {
	var result []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(wordSeparators, r) }) {
		letters, start := []rune(part), 0
		for i := range letters {
			if i > start && beginsWord(letters, i) {
				result = append(result, strings.ToLower(string(letters[start:i])))
				start = i
			}
		}
		result = append(result, strings.ToLower(string(letters[start:])))
	}
	return result
}

// beginsWord reports whether letter i begins a word. A capital does if it follows a lower-case letter or a digit, as
// in deployKey, or if it is the last of a row of capitals before a lower-case letter, as in APIKey. A row of two is
// not split, so OAuth is one word. Neither is a plural s, as in URLs.
func beginsWord(letters []rune, i int) bool {
	if !unicode.IsUpper(letters[i]) || !unicode.IsUpper(letters[i-1]) {
		return unicode.IsUpper(letters[i])
	}
	after := letters[i+1:]
	return i > 1 && unicode.IsUpper(letters[i-2]) &&
		len(after) > 0 && unicode.IsLower(after[0]) && string(after) != "s"
}

// Collision is a name that several keys have in common.
type Collision struct {
	Name string
	Keys []string
}

// Collisions returns the names that several keys have in common, sorted. names are parallel to keys.
func Collisions(keys, names []string, caseInsensitive bool) []Collision {
	byName := map[string][]string{}
	first := map[string]string{}
	for i, name := range names {
		id := name
		if caseInsensitive {
			id = strings.ToLower(name)
		}
		byName[id] = append(byName[id], keys[i])
		if _, ok := first[id]; !ok {
			first[id] = name
		}
	}
	var collisions []Collision
	for id, keys := range byName {
		if len(keys) > 1 {
			collisions = append(collisions, Collision{Name: first[id], Keys: keys})
		}
	}
	slices.SortFunc(collisions, func(a, b Collision) int { return strings.Compare(a.Name, b.Name) })
	return collisions
}
