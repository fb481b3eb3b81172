package vault

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// checkNumbers reports the numbers that Vault's provider would change: it reads the fields into float64. at is the path
// of the value.
func checkNumbers(at problem.Path, value document.Node, problems *problem.List) {
	if value.Kind == document.Number && !keptByFloat64(value.Text) {
		problems.Add(at, "is a number of more digits than Vault's provider keeps: quote it")
	}
	for i, item := range value.Items {
		checkNumbers(at.Index(i), item, problems)
	}
	for _, key := range value.Keys() {
		checkNumbers(at.Key(key), value.Fields[key], problems)
	}
}

// keptByFloat64 says whether a JSON number that is read into float64 and written again is still the same number.
func keptByFloat64(text string) bool {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return false
	}
	if number == 0 { // big.Rat would hold all digits of a small exponent
		digits, _, _ := strings.Cut(strings.ToLower(text), "e")
		return !strings.ContainsAny(digits, "123456789")
	}
	exact, ok := new(big.Rat).SetString(text)
	written, _ := new(big.Rat).SetString(strconv.FormatFloat(number, 'g', -1, 64))
	return ok && exact.Cmp(written) == 0
}
