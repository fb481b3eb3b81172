// Package limit has the types for each platform's limits, so that a violation is reported before the first write.
package limit

import (
	"errors"
	"fmt"
	"regexp"
	"unicode/utf8"
)

// Name limits the names on a platform.
type Name struct {
	// Pattern matches a whole valid name, and Grammar describes it for messages.
	Pattern *regexp.Regexp
	Grammar string
	// MaxLength is in characters. Every grammar here is ASCII, so these are bytes too.
	MaxLength int
	// Reserved returns why a name is refused although it matches the pattern, or nil. It may be nil.
	Reserved func(name string) error
	// Source is the platform's page that documents the limits.
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

// Value limits the value of a secret on a platform.
type Value struct {
	// MaxBytes is the maximum size in bytes of UTF-8.
	MaxBytes int
	// Empty is true if the platform accepts an empty value.
	Empty bool
	// Refused returns why a value is refused for another reason, or nil. The error must not contain any of the value.
	// Refused may be nil.
	Refused func(text string) error
	// Source is the platform's page that documents the limits.
	Source string
}

// Check returns what is wrong with a value, or nil. The error never contains any of the value.
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

// Count limits how many secrets an account or location can contain. A Max of 0 means no limit that a sync could
// reach.
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

// Text limits free text about a secret, such as its description.
type Text struct {
	// MaxLength is in characters.
	MaxLength int
	// Source is the platform's page that documents the limit.
	Source string
}

// Check returns what is wrong with a text, or nil.
func (t Text) Check(text string) error {
	if n := utf8.RuneCountInString(text); n > t.MaxLength {
		return fmt.Errorf("has %d characters, and at most %d are allowed (%s)", n, t.MaxLength, t.Source)
	}
	return nil
}
