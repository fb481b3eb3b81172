// Package limit knows what each platform refuses, so that it is said before the first write and not in the middle of
// it.
package limit

import (
	"errors"
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
	// Reserved returns why a name that fits the grammar is refused all the same, or nil.
	Reserved func(name string) error
	// Source is the platform's page.
	Source string
}

// Check returns what is wrong with a name, or nil.
func (n Name) Check(name string) error {
	switch {
	case name == "":
		return errors.New("must not be empty")
	case len(name) > n.MaxLength:
		return fmt.Errorf("has %d characters, and at most %d are allowed (%s)", len(name), n.MaxLength, n.Source)
	case !n.Pattern.MatchString(name):
		return fmt.Errorf("is not allowed: %s (%s)", n.Grammar, n.Source)
	}
	if n.Reserved != nil {
		if err := n.Reserved(name); err != nil {
			return fmt.Errorf("%w (%s)", err, n.Source)
		}
	}
	return nil
}

// Value is what a platform takes as the content of a secret.
type Value struct {
	// MaxBytes is the size of the text in UTF-8.
	MaxBytes int
	// Empty says that a text of no bytes is taken.
	Empty bool
	// Refused returns why a text is refused all the same, or nil. It must not hold any of the text.
	Refused func(text string) error
	// Source is the platform's page.
	Source string
}

// Check returns what is wrong with a text, or nil. The answer never holds any of it.
func (v Value) Check(text string) error {
	switch {
	case text == "" && !v.Empty:
		return fmt.Errorf("is empty, which the platform does not accept: give it a value or exclude the key (%s)", v.Source)
	case len(text) > v.MaxBytes:
		return fmt.Errorf("has %d bytes, and the platform accepts at most %d (%s)", len(text), v.MaxBytes, v.Source)
	}
	if v.Refused != nil {
		if err := v.Refused(text); err != nil {
			return fmt.Errorf("%w (%s)", err, v.Source)
		}
	}
	return nil
}

// Count is how many secrets a place on a platform holds; 0 stands for more than a sync will ever push.
type Count struct {
	Max    int
	Source string
}

// Check returns what is wrong with pushing n secrets, or nil.
func (c Count) Check(n int) error {
	if c.Max > 0 && n > c.Max {
		return fmt.Errorf("has %d keys, but the destination can have at most %d secrets: exclude some, or use the mapping "+
			"json (%s)", n, c.Max, c.Source)
	}
	return nil
}

// Text is what a platform takes as free text about a secret.
type Text struct {
	// MaxLength is in characters.
	MaxLength int
	// Source is the platform's page.
	Source string
}

// Check returns what is wrong with a text, or nil.
func (t Text) Check(text string) error {
	if n := utf8.RuneCountInString(text); n > t.MaxLength {
		return fmt.Errorf("has %d characters, and at most %d are allowed (%s)", n, t.MaxLength, t.Source)
	}
	return nil
}
