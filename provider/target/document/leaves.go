package document

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Origin is where a value comes from, which decides what may have become of its numbers.
type Origin int

const (
	// FromESC is a value that ESC has evaluated. It keeps the digits of an integer, and gives other numbers an exponent.
	FromESC Origin = iota
	// FromProgram is an input of a program, of which Pulumi carries numbers as float64.
	FromProgram
)

// exactBelow is the first number in float64 that may have been another one.
const exactBelow = 1 << 53

const notText = "contains bytes that are not UTF-8, which would not arrive intact: give it as base64 text, which " +
	"keys.binary pushes as bytes"

// CheckLeaves reports what has been damaged before it came here, at the path of each leaf and without its text: numbers
// that have lost digits or got an exponent, and texts of bytes that were no UTF-8.
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
	default: // nothing can have become of it
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

// Replaced says whether a text has the character that stands for what was no UTF-8, or is none itself. One that was
// written with this very character looks the same, and is refused as well: to let it pass would be to let a keystore
// pass that nothing can read any more.
func Replaced(text string) bool {
	return strings.ContainsRune(text, utf8.RuneError)
}
