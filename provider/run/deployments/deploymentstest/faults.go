package deploymentstest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
)

// Status answers with an error, and does nothing else.
func Status(status int) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		fail(w, status, http.StatusText(status))
	}
}

// Answer answers with a body, and does nothing else.
func Answer(body any) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) { answer(w, body) }
}

// RetryAfter answers with an error that asks to come back.
func RetryAfter(status, seconds int) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		fail(w, status, http.StatusText(status))
	}
}

// DoneBut does what was asked, and answers with an error.
func DoneBut(status int) Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		serve(httptest.NewRecorder(), r)
		fail(w, status, http.StatusText(status))
	}
}

// Hang never answers. What was asked is done first if done is true.
func Hang(done bool) Fault {
	return func(_ http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		if done {
			serve(httptest.NewRecorder(), r)
		}
		// The server notices that the client has gone once it has read all that was sent.
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}
}

// Cut closes the connection in the middle of the answer. What was asked is done.
func Cut() Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		whole := httptest.NewRecorder()
		serve(whole, r)
		body := whole.Body.Bytes()
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(whole.Code)
		_, _ = w.Write(body[:len(body)/2])
		panic(http.ErrAbortHandler)
	}
}

// CutBefore closes the connection without an answer. What was asked is done if done is true.
func CutBefore(done bool) Fault {
	return func(_ http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		if done {
			serve(httptest.NewRecorder(), r)
		}
		panic(http.ErrAbortHandler)
	}
}
