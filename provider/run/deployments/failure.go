package deployments

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

var errNoAnswer = errors.New("no response in time")

// Failure is a call that did not succeed.
type Failure struct {
	// Status is the HTTP status, 0 if there was no whole answer.
	Status int
	// Message is what the service said.
	Message string
	// RetryAfter is how long the service asks to wait, 0 if it does not.
	RetryAfter time.Duration
	// Sent tells whether the request may have reached the service.
	Sent bool

	call        string
	cause       error
	diagnostics []Diagnostic
}

// Error names the call, the status, and a remedy where there is one. It holds no token: that is only ever in a header.
func (f *Failure) Error() string {
	if f.Status == 0 {
		return fmt.Sprintf("%s: %v", f.call, f.cause)
	}
	text := fmt.Sprintf("%s: %d %s", f.call, f.Status, http.StatusText(f.Status))
	if f.Message != "" {
		text += ": " + f.Message
	}
	switch f.Status {
	case http.StatusUnauthorized:
		text += "; the access token is not valid: set escsync:accessToken or PULUMI_ACCESS_TOKEN, or run `pulumi login`"
	case http.StatusForbidden:
		text += neededFor(f.call)
	case http.StatusPaymentRequired:
		text += "; the organization's subscription does not include this"
	}
	return text
}

// Unwrap gives the error below, such as the context's.
func (f *Failure) Unwrap() error { return f.cause }

// IsNotFound tells whether the service answered that there is no such thing.
func IsNotFound(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.Status == http.StatusNotFound
}

// IsTransient tells whether a call that changes nothing is worth repeating, as the service said neither yes nor no.
func IsTransient(err error) bool {
	var f *Failure
	if !errors.As(err, &f) || errors.Is(err, context.Canceled) {
		return false
	}
	switch f.Status {
	case 0, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// wasDeclined tells whether a POST was certainly not taken, and is worth repeating.
func wasDeclined(err error) bool {
	var f *Failure
	if !errors.As(err, &f) || !IsTransient(err) {
		return false
	}
	return !f.Sent || f.Status == http.StatusTooManyRequests
}

// retryAfter reads the header: seconds, or a date.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil {
		return max(time.Second, time.Duration(seconds)*time.Second)
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(time.Second, date.Sub(now))
	}
	return 0
}

// withoutURL drops the address that net/http puts into its errors: the call is named already.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
