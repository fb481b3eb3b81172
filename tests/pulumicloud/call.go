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

// call is one request: its body is read whole and unzipped, its caller is known.
type call struct {
	r      *http.Request
	vars   map[string]string
	body   []byte
	who    identity
	header http.Header // of the answer
}

// handler answers a call with a value to be sent as JSON (nil: an empty body), or with a reply, or an error.
type handler func(c *call) (any, error)

// reply is an answer whose status is not 200 or whose body is not JSON.
type reply struct {
	status      int
	contentType string
	body        []byte
}

// failure is an error as the API sends it. Clients read the code from the body, not from the HTTP status.
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

// decode reads the JSON body; an empty body leaves v as it is.
func (c *call) decode(v any) error {
	if len(bytes.TrimSpace(c.body)) == 0 {
		return nil
	}
	if err := json.Unmarshal(c.body, v); err != nil {
		return badRequest("decoding the request: %v", err)
	}
	return nil
}

// number reads a positive integer of the query, def where it is absent or not one.
func (c *call) number(name string, def int) int {
	n, err := strconv.Atoi(c.r.URL.Query().Get(name))
	if err != nil || n < 1 {
		return def
	}
	return n
}

// flag reads a boolean of the query.
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

// serve runs a handler under the cloud's lock.
func (s *Server) serve(h handler) http.HandlerFunc {
	return s.serveUnlocked(func(c *call) (any, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return h(c)
	})
}

// serveUnlocked runs a handler that takes the cloud's lock by itself, because it waits for something.
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
