package deploymentstest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
)

// Status responds with an error status instead of serving the call.
func Status(status int) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		fail(w, status, http.StatusText(status))
	}
}

// Answer responds with body as JSON instead of serving the call.
func Answer(body any) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) { answer(w, body) }
}

// RetryAfter responds with an error status and a Retry-After header.
func RetryAfter(status, seconds int) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		fail(w, status, http.StatusText(status))
	}
}

// DoneBut serves the call but responds with an error status.
func DoneBut(status int) Fault {
	return func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		serve(httptest.NewRecorder(), r)
		fail(w, status, http.StatusText(status))
	}
}

// Hang never responds. If done is true, it serves the call first.
func Hang(done bool) Fault {
	return func(_ http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		if done {
			serve(httptest.NewRecorder(), r)
		}
		// The server notices that the client has hung up only after it has read the whole request.
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}
}

// Cut serves the call and closes the connection in the middle of the response.
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

// CutBefore closes the connection without a response. If done is true, it serves the call first.
func CutBefore(done bool) Fault {
	return func(_ http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		if done {
			serve(httptest.NewRecorder(), r)
		}
		panic(http.ErrAbortHandler)
	}
}
