package target

import (
	"errors"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// asked is a failed request to a platform.
type asked struct {
	what   string
	answer error
}

// Asked returns an error for a failed request to the platform, or nil if answer is nil. what describes the request in
// our own words, without values, and reaches the program that started the run. answer, the provider's error, may
// contain anything, so it stays in the log, where secrets are masked.
func Asked(what string, answer error) error {
	if answer == nil {
		return nil
	}
	return asked{what, answer}
}

func (a asked) Error() string { return a.what + ": " + a.answer.Error() }

func (a asked) Unwrap() error { return a.answer }

// refused are the reasons for which a lookup stops the run.
type refused []string

// Refused returns an error for a lookup that found something wrong with what would be pushed, or nil if there are no
// problems. The problems must not contain values. Sorted, they reach the program that started the run.
func Refused(problems problem.List) error {
	if len(problems) == 0 {
		return nil
	}
	problems.Sort()
	return refused(problems.Lines())
}

func (r refused) Error() string { return strings.Join(r, "\n") }

// questions returns the failed requests and the refusals in an error and in all errors joined into it.
func questions(err error) []string {
	var failed []string
	if many, ok := err.(interface{ Unwrap() []error }); ok { // errors.As would only find the first one
		for _, err := range many.Unwrap() {
			failed = append(failed, questions(err)...)
		}
	} else if reasons, ok := errors.AsType[refused](err); ok {
		failed = append(failed, reasons...)
	} else if one, ok := errors.AsType[asked](err); ok {
		failed = append(failed, one.what+" failed, so nothing was changed")
	}
	return failed
}
