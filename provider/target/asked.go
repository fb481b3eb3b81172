package target

import (
	"errors"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// asked is a question to a platform that was not answered.
type asked struct {
	what   string
	answer error
}

// Asked is the error of a question to the platform that failed. What was asked, in our own words and without a value,
// reaches the program that started the run. The answer stays in the log, where what is secret is masked: a provider's
// error may hold anything. It returns nil for a nil answer.
func Asked(what string, answer error) error {
	if answer == nil {
		return nil
	}
	return asked{what, answer}
}

func (a asked) Error() string { return a.what + ": " + a.answer.Error() }

func (a asked) Unwrap() error { return a.answer }

// refused are the reasons of what a look-up refuses.
type refused []string

// Refused is the error of a look-up that found something wrong with what is pushed. Its reasons, which hold no value,
// reach the program that started the run, sorted. Without problems it is nil.
func Refused(problems problem.List) error {
	if len(problems) == 0 {
		return nil
	}
	problems.Sort()
	return refused(problems.Lines())
}

func (r refused) Error() string { return strings.Join(r, "\n") }

// questions are what was asked in vain or refused, in an error and all that it joins.
func questions(err error) []string {
	var failed []string
	if many, ok := err.(interface{ Unwrap() []error }); ok { // errors.As would find the first only
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
