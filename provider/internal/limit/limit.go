// Package limit knows what each platform refuses, so that it is said before the first write and not in the middle of
// it.
package limit

import (
	"fmt"
	"regexp"
	"unicode/utf8"
)

// Name is the grammar of names on a platform.
type Name struct {
	// Pattern matches a whole valid name; Grammar says the same in words.
	Pattern *regexp.Regexp
	Grammar string
	// MaxLength is in characters, which for every grammar here are bytes too.
	MaxLength int
	// Reserved returns why a name that fits the grammar is refused all the same, or "".
	Reserved func(name string) string
	// Source is the platform's page.
	Source string
}

// Check returns what is wrong with a name, or "".
func (n Name) Check(name string) string {
	switch {
	case name == "":
		return "must not be empty"
	case len(name) > n.MaxLength:
		return fmt.Sprintf("has %d characters, and at most %d are allowed (%s)", len(name), n.MaxLength, n.Source)
	case !n.Pattern.MatchString(name):
		return fmt.Sprintf("is not allowed: %s (%s)", n.Grammar, n.Source)
	}
	if n.Reserved != nil {
		if why := n.Reserved(name); why != "" {
			return fmt.Sprintf("%s (%s)", why, n.Source)
		}
	}
	return ""
}

// Value is what a platform takes as the content of a secret.
type Value struct {
	// MaxBytes is the size of the text in UTF-8.
	MaxBytes int
	// Empty says that a text of no bytes is taken.
	Empty bool
	// Refused returns why a text is refused all the same, or "". It must not hold any of the text.
	Refused func(text string) string
	// Source is the platform's page.
	Source string
}

// Check returns what is wrong with a text, or "". The answer never holds any of it.
func (v Value) Check(text string) string {
	switch {
	case text == "" && !v.Empty:
		return fmt.Sprintf("is empty, which the platform does not take: give it a value or exclude the key (%s)", v.Source)
	case len(text) > v.MaxBytes:
		return fmt.Sprintf("has %d bytes, and the platform takes at most %d (%s)", len(text), v.MaxBytes, v.Source)
	}
	if v.Refused != nil {
		if why := v.Refused(text); why != "" {
			return fmt.Sprintf("%s (%s)", why, v.Source)
		}
	}
	return ""
}

// Count is how many secrets a place on a platform holds; 0 stands for more than a sync will ever push.
type Count struct {
	Max    int
	Source string
}

// Check returns what is wrong with pushing n secrets, or "".
func (c Count) Check(n int) string {
	if c.Max > 0 && n > c.Max {
		return fmt.Sprintf("has %d keys, and the platform holds at most %d secrets there: exclude some, or use the "+
			"mapping json (%s)", n, c.Max, c.Source)
	}
	return ""
}

// Text is what a platform takes as free text about a secret.
type Text struct {
	// MaxLength is in characters.
	MaxLength int
	// Source is the platform's page.
	Source string
}

// Check returns what is wrong with a text, or "".
func (t Text) Check(text string) string {
	if n := utf8.RuneCountInString(text); n > t.MaxLength {
		return fmt.Sprintf("has %d characters, and at most %d are allowed (%s)", n, t.MaxLength, t.Source)
	}
	return ""
}
