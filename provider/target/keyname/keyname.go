// Package keyname makes the names that keys get on a platform.
package keyname

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Codec is how a platform spells keys. The zero Codec keeps them as they are.
type Codec struct {
	// Separator joins the keys of nested objects, unless the user chose another.
	Separator string
	// Allowed are the characters that a name may have besides ASCII letters and digits; "" allows everything.
	Allowed string
	// Replacement stands for those of the characters - _ . / : and space that a name may not have. Any other character
	// that is not allowed stays, and is for the limits to refuse: to drop it silently would hide a mistake.
	Replacement string
	// Upper turns letters to upper case, for a platform that stores them so.
	Upper bool
}

const wordSeparators = "-_./: "

// Encode spells one name.
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

// Naming is what the user chose for the names of keys.
type Naming struct {
	// Path comes before everything, followed by a slash; "" for none.
	Path string
	// Template is the name made of a key; "" is the key itself.
	Template string
	// Separator joins the keys of nested objects; "" is the platform's.
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

// Check returns what is wrong with the choice for a platform that spells keys so, or nil.
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
			return errors.New("has {key:kebab}, but names here cannot have hyphens: use {key:snake}")
		}
	}
	if len(found) == 0 {
		return errors.New("must contain {key}, or every key gets the same name")
	}
	return nil
}

// Name returns the name on the platform of the key at path. Path is not encoded: the user chose it for the platform,
// where only keys come from elsewhere.
func (n Naming) Name(path []string, codec Codec) string {
	separator := n.Separator
	if separator == "" {
		separator = codec.Separator
	}
	// Keys are encoded one by one, so that a separator, which the user may choose, is never rewritten. Capitals come last,
	// as the words of a key begin with one.
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

// words splits a name at word separators and before the capital that begins a word, in lower case.
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

// beginsWord says whether letter i begins a word: a capital after a small letter or a digit, as in deployKey, and the
// last one of a row that a small letter follows, as in APIKey. A row of two is too short to be a word and the beginning
// of the next: OAuth is one word. Nor does the s of URLs make one.
func beginsWord(letters []rune, i int) bool {
	if !unicode.IsUpper(letters[i]) || !unicode.IsUpper(letters[i-1]) {
		return unicode.IsUpper(letters[i])
	}
	after := letters[i+1:]
	return i > 1 && unicode.IsUpper(letters[i-2]) &&
		len(after) > 0 && unicode.IsLower(after[0]) && string(after) != "s"
}

// Collision is two or more keys that got one name.
type Collision struct {
	Name string
	Keys []string
}

// Collisions returns the names that more than one key got, sorted. Fold says that the platform does not tell capitals
// from small letters. Keys and names are parallel.
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
