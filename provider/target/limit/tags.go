package limit

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tags limits the tags, labels, annotations or metadata of a secret.
type Tags struct {
	// Max is how many tags a user may set: the platform's limit minus our own tags. 0 means that only MaxBytes applies.
	Max int
	// MaxBytes is the maximum size of all keys and values together, in bytes. 0 means that only Max applies.
	MaxBytes int
	// Key and Value return what is wrong with a key or a value, or nil. The error must not contain any of it.
	Key, Value func(text string) error
	// Source is the platform's page that documents the limits.
	Source string
}

// Check returns what is wrong with the number of tags or their total size in bytes, or nil.
func (t Tags) Check(number, bytes int) error {
	switch {
	case t.Max > 0 && number > t.Max:
		return fmt.Errorf("has %d, and at most %d are allowed besides our own (%s)", number, t.Max, t.Source)
	case t.MaxBytes > 0 && bytes > t.MaxBytes:
		return fmt.Errorf("has %d bytes in all, and at most %d are allowed (%s)", bytes, t.MaxBytes, t.Source)
	}
	return nil
}

// CheckKey returns what is wrong with a key, or nil. The error cites Source.
func (t Tags) CheckKey(key string) error { return t.explain("its key", t.Key(key)) }

// CheckValue returns what is wrong with a value, or nil. The error cites Source.
func (t Tags) CheckValue(value string) error { return t.explain("its value", t.Value(value)) }

func (t Tags) explain(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %w (%s)", what, err, t.Source)
}

// Anything accepts every text.
func Anything(string) error { return nil }

// Both combines two checks. It returns the first error.
func Both(first, second func(string) error) func(string) error {
	return func(text string) error {
		if err := first(text); err != nil {
			return err
		}
		return second(text)
	}
}

// Characters refuses a text with fewer than least or more than most characters.
func Characters(least, most int) func(string) error {
	return func(text string) error {
		if n := utf8.RuneCountInString(text); n < least || n > most {
			return fmt.Errorf("has %d characters, and must have %d to %d", n, least, most)
		}
		return nil
	}
}

// Bytes refuses a text longer than most bytes of UTF-8.
func Bytes(most int) func(string) error {
	return func(text string) error {
		if len(text) > most {
			return fmt.Errorf("has %d bytes, and must have at most %d", len(text), most)
		}
		return nil
	}
}

// Filled refuses an empty text and one longer than most bytes.
func Filled(most int) func(string) error {
	return func(text string) error {
		if text == "" {
			return errors.New("must not be empty")
		}
		return Bytes(most)(text)
	}
}

// Matching refuses a text that does not match pattern. The error is grammar, which describes the pattern.
func Matching(pattern, grammar string) func(string) error {
	compiled := regexp.MustCompile(pattern)
	return func(text string) error {
		if !compiled.MatchString(text) {
			return errors.New(grammar)
		}
		return nil
	}
}

// Printable refuses control characters.
func Printable(text string) error {
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return errors.New("must have printable characters only")
	}
	return nil
}
