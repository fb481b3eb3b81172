package inventory

import (
	"errors"
	"strconv"
	"strings"
)

// Allowance limits how many secrets one run may stop managing. The zero Allowance is the default: all of them if
// there are fewer than 4, otherwise half, rounded down.
type Allowance struct {
	set     bool
	percent bool
	number  int
}

const fewSecrets = 4

var errAllowance = errors.New("must be a whole number such as 5, or a percentage from 0% to 100% such as \"50%\"")

// ParseAllowance parses a number or a percentage, such as "5" or "50%". "" is the default.
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

// Of returns how many of total secrets a run may stop managing.
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

// String formats the allowance so that ParseAllowance can parse it.
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
