package document

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Origin is where a value comes from. It determines how its numbers may have been damaged.
type Origin int

const (
	// FromESC is a value that ESC evaluated. ESC keeps the digits of integers, but may write other numbers with an
	// exponent.
	FromESC Origin = iota
	// FromProgram is an input of a program. Pulumi carries its numbers as float64.
	FromProgram
)

// exactBelow is the limit from which different integers may be the same float64.
const exactBelow = 1 << 53

const notText = "contains bytes that are not UTF-8, which would not arrive intact: give it as base64 text, which " +
	"keys.binary pushes as bytes"

// CheckLeaves reports values that were damaged on the way here: numbers that may have lost digits or were given an
// exponent, and texts and keys that were not valid UTF-8. Each problem has the path of the leaf, never its text.
func CheckLeaves(path problem.Path, node Node, origin Origin, problems *problem.List) {
	switch node.Kind {
	case Number:
		checkNumber(path, node.Text, origin, problems)
	case String:
		if Replaced(node.Text) {
			problems.Add(path, notText)
		}
	case List:
		for i, item := range node.Items {
			CheckLeaves(path.Index(i), item, origin, problems)
		}
	case Object:
		for _, key := range node.Keys() {
			if Replaced(key) {
				problems.Add(path.Key(key), "has a key with bytes that are not UTF-8: rename it")
			}
			CheckLeaves(path.Key(key), node.Fields[key], origin, problems)
		}
	default: // other kinds cannot be damaged
	}
}

func checkNumber(path problem.Path, text string, origin Origin, problems *problem.List) {
	if strings.ContainsAny(text, "eE") {
		problems.Add(path, "is a number that would be rewritten with an exponent: quote it")
		return
	}
	if origin == FromESC {
		return
	}
	if number, err := strconv.ParseFloat(text, 64); err != nil || !(math.Abs(number) < exactBelow) {
		problems.Add(path, "is a number beyond 2^53, which would lose digits: quote it")
	}
}

// Replaced reports whether a text is not valid UTF-8, or contains the replacement character U+FFFD that stands for
// invalid bytes. A text that was written with U+FFFD looks the same and is refused too. Otherwise a damaged keystore,
// which nothing can read any more, would be pushed.
func Replaced(text string) bool {
	return strings.ContainsRune(text, utf8.RuneError)
}
