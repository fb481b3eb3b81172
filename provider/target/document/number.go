package document

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// CheckNumbers reports the numbers in a value that float64 would change. why is the part of the message that says
// what reads them as float64, such as "a property can store".
func CheckNumbers(at problem.Path, value Node, why string, problems *problem.List) {
	if value.Kind == Number && !KeptByFloat64(value.Text) {
		problems.AddOnce(at, "is a number with more digits than %s: quote it", why)
	}
	for i, item := range value.Items {
		CheckNumbers(at.Index(i), item, why, problems)
	}
	for _, key := range value.Keys() {
		CheckNumbers(at.Key(key), value.Fields[key], why, problems)
	}
}

// KeptByFloat64 reports whether a JSON number stays the same when it is parsed as float64 and written again.
func KeptByFloat64(text string) bool {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return false
	}
	if number == 0 { // avoids big.Rat, which would expand all digits of a tiny exponent
		digits, _, _ := strings.Cut(strings.ToLower(text), "e")
		return !strings.ContainsAny(digits, "123456789")
	}
	exact, ok := new(big.Rat).SetString(text)
	written, _ := new(big.Rat).SetString(strconv.FormatFloat(number, 'g', -1, 64))
	return ok && exact.Cmp(written) == 0
}
