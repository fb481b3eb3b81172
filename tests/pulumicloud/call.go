package pulumicloud

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/gorilla/mux"
)

// call is one request, with its body read and unzipped and its caller identified.
type call struct {
	r      *http.Request
	vars   map[string]string
	body   []byte
	who    identity
	header http.Header // of the response
}

// handler answers a call. It returns a value to send as JSON (nil for an empty body), a reply, or an error.
type handler func(c *call) (any, error)

// reply is a response with a status other than 200 or a body that is not JSON.
type reply struct {
	status      int
	contentType string
	body        []byte
}

// failure is an error response of the API. Clients read the code from the body, not the HTTP status.
type failure struct {
	Code        int          `json:"code"`
	Message     string       `json:"message"`
	Diagnostics []diagnostic `json:"diagnostics,omitempty"`
}

func (f *failure) Error() string { return f.Message }

func fail(code int, format string, args ...any) *failure {
	return &failure{Code: code, Message: http.StatusText(code) + ": " + fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) *failure {
	return fail(http.StatusBadRequest, format, args...)
}

func notFound(format string, args ...any) *failure {
	return fail(http.StatusNotFound, format, args...)
}

func conflict(format string, args ...any) *failure {
	return fail(http.StatusConflict, format, args...)
}

func forbidden(format string, args ...any) *failure {
	return fail(http.StatusForbidden, format, args...)
}

// decode parses the JSON body into v. An empty body leaves v unchanged.
func (c *call) decode(v any) error {
	if len(bytes.TrimSpace(c.body)) == 0 {
		return nil
	}
	if err := json.Unmarshal(c.body, v); err != nil {
		return badRequest("decoding the request: %v", err)
	}
	return nil
}

// number returns a positive integer from the query, or def if it is missing or invalid.
func (c *call) number(name string, def int) int {
	n, err := strconv.Atoi(c.r.URL.Query().Get(name))
	if err != nil || n < 1 {
		return def
	}
	return n
}

// flag returns a boolean from the query.
func (c *call) flag(name string) bool {
	b, err := strconv.ParseBool(c.r.URL.Query().Get(name))
	return err == nil && b
}

func noContent() (any, error) { return reply{status: http.StatusNoContent}, nil }

func created(v any) (any, error) { return withStatus(http.StatusCreated, v) }

func withStatus(status int, v any) (any, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return reply{status: status, contentType: "application/json", body: body}, nil
}

// serve runs a handler with the lock of the cloud.
func (s *Server) serve(h handler) http.HandlerFunc {
	return s.serveUnlocked(func(c *call) (any, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return h(c)
	})
}

// serveUnlocked runs a handler that takes the lock itself, because it waits for something.
func (s *Server) serveUnlocked(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := &call{r: r, vars: mux.Vars(r), header: w.Header()}
		err := c.readBody()
		if err == nil {
			c.who, err = s.identify(c)
		}
		var answer any
		if err == nil {
			answer, err = h(c)
		}
		send(w, answer, err)
	}
}

func (c *call) readBody() error {
	var source io.Reader = c.r.Body
	if c.r.Header.Get("Content-Encoding") == "gzip" {
		zip, err := gzip.NewReader(c.r.Body)
		if err != nil {
			return badRequest("the body is not gzip: %v", err)
		}
		source = zip
	}
	body, err := io.ReadAll(source)
	if err != nil {
		return badRequest("reading the body: %v", err)
	}
	c.body = body
	return nil
}

func send(w http.ResponseWriter, answer any, err error) {
	if err != nil {
		var f *failure
		if !errors.As(err, &f) {
			f = fail(http.StatusInternalServerError, "%v", err)
		}
		answer, err = withStatus(f.Code, f)
	}
	out, ok := answer.(reply)
	if !ok && err == nil && answer != nil {
		var sent any
		if sent, err = withStatus(http.StatusOK, answer); err == nil {
			out = sent.(reply)
		}
	}
	if err != nil {
		http.Error(w, `{"code":500,"message":"Internal Server Error: encoding the answer"}`, http.StatusInternalServerError)
		return
	}
	if out.contentType != "" {
		w.Header().Set("Content-Type", out.contentType)
	}
	if out.status != 0 {
		w.WriteHeader(out.status)
	}
	_, _ = w.Write(out.body)
}
