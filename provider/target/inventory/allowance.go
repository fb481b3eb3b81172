package inventory

import (
	"errors"
	"strconv"
	"strings"
)

// Allowance is how many secrets a run may let go of. The zero Allowance is the default: all of up to 3, and at most
// half of more.
type Allowance struct {
	set     bool
	percent bool
	number  int
}

const fewSecrets = 4

var errAllowance = errors.New("must be a whole number such as 5, or a percentage from 0% to 100% such as \"50%\"")

// ParseAllowance reads "5" or "50%"; "" is the default.
func ParseAllowance(text string) (Allowance, error) {
	if text == "" {
		return Allowance{}, nil
	}
	digits, percent := strings.CutSuffix(text, "%")
	number, err := strconv.Atoi(digits)
	if err != nil || number < 0 || (percent && number > 100) {
		return Allowance{}, errAllowance
	}
	return Allowance{set: true, percent: percent, number: number}, nil
}

// Of returns how many of that many secrets may go.
func (a Allowance) Of(total int) int {
	switch {
	case a.percent:
		return total * a.number / 100
	case a.set:
		return a.number
	case total < fewSecrets:
		return total
	default:
		return total / 2
	}
}

// String writes the allowance as ParseAllowance reads it.
func (a Allowance) String() string {
	switch {
	case a.percent:
		return strconv.Itoa(a.number) + "%"
	case a.set:
		return strconv.Itoa(a.number)
	default:
		return ""
	}
}
