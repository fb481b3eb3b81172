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

// Failure is the error of a call.
type Failure struct {
	// Status is the HTTP status, 0 if there was no complete response.
	Status int
	// Message is the message of the service.
	Message string
	// RetryAfter is the delay that the service asks for, 0 if it asks for none.
	RetryAfter time.Duration
	// Sent reports whether the request may have reached the service.
	Sent bool

	call        string
	cause       error
	diagnostics []Diagnostic
}

// Error names the call, the status and, if there is one, a fix. It cannot contain the token, which is only sent in a
// header.
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

// Unwrap returns the cause, such as the error of the context.
func (f *Failure) Unwrap() error { return f.cause }

// IsNotFound reports whether the service answered 404.
func IsNotFound(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.Status == http.StatusNotFound
}

// IsTransient reports whether an idempotent call is worth repeating, because the service neither accepted nor refused
// it.
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

// wasDeclined reports whether a POST is worth repeating because the service certainly did not accept it.
func wasDeclined(err error) bool {
	var f *Failure
	if !errors.As(err, &f) || !IsTransient(err) {
		return false
	}
	return !f.Sent || f.Status == http.StatusTooManyRequests
}

// retryAfter parses a Retry-After header, which contains seconds or a date. It returns 0 for anything else.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil {
		return max(time.Second, time.Duration(seconds)*time.Second)
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(time.Second, date.Sub(now))
	}
	return 0
}

// withoutURL removes the URL that net/http puts into its errors, because Failure.Error names it too.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
