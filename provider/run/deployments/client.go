package deployments

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
)

const (
	// callTimeout limits one attempt, from the connection to the end of the response.
	callTimeout = 30 * time.Second
	// maxAttempts limits the attempts of one call. With the delays they take about a minute and a half.
	maxAttempts   = 8
	firstDelay    = time.Second
	maxDelay      = 30 * time.Second
	maxRetryAfter = 5 * time.Minute
	// maxAnswer limits the size of a response in bytes. An exported state may be large.
	maxAnswer = 256 << 20

	initiatorHeader = "X-Pulumi-Deployment-Initiator"
)

// Client calls one Pulumi Cloud with one access token. It is safe for concurrent use.
type Client struct {
	credentials credentials.Credentials
	http        *http.Client
}

// shared is the transport of all clients. http.DefaultTransport keeps only two idle connections per host, so a program
// with many syncs would open a new one for nearly every call to a service without HTTP/2.
var shared = func() http.RoundTripper {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = transport.MaxIdleConns
	return transport
}()

// NewClient returns a client that uses the transport. With nil it uses one that all clients share.
func NewClient(c credentials.Credentials, transport http.RoundTripper) *Client {
	if transport == nil {
		transport = shared
	}
	return &Client{
		credentials: c,
		// Following a redirect could send the token or a POST to another host.
		http: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// request is one API call. A Definition as its body is sent as YAML, any other as JSON.
type request struct {
	method, path string
	query        string
	header       http.Header
	body         any
}

// get fetches path into answer. It retries transient failures.
func (c *Client) get(ctx context.Context, path, query string, answer any) error {
	return c.repeat(ctx, func() error {
		return c.once(ctx, request{method: http.MethodGet, path: path, query: query}, answer)
	}, IsTransient)
}

// repeat calls call until it succeeds, again rejects its error, or maxAttempts is reached.
func (c *Client) repeat(ctx context.Context, call func() error, again func(error) bool) error {
	delay := firstDelay
	for attempt := 1; ; attempt++ {
		err := call()
		if err == nil || !again(err) || ctx.Err() != nil {
			return err
		}
		if attempt == maxAttempts {
			return fmt.Errorf("given up after %d attempts: %w", maxAttempts, err)
		}
		wait := delay
		var failure *Failure
		if errors.As(err, &failure) && failure.RetryAfter > 0 {
			wait = min(failure.RetryAfter, maxRetryAfter)
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
		delay = min(2*delay, maxDelay)
	}
}

// once makes one call. Every error is a *Failure, unless ctx ended before the call.
func (c *Client) once(ctx context.Context, r request, answer any) error {
	callCtx, cancel := context.WithTimeoutCause(ctx, callTimeout, errNoAnswer)
	defer cancel()
	var sent atomic.Bool
	callCtx = httptrace.WithClientTrace(callCtx, &httptrace.ClientTrace{
		// The service may act as soon as it has the headers.
		WroteHeaders: func() { sent.Store(true) },
	})
	req, err := c.newRequest(callCtx, r)
	if err != nil {
		return err
	}
	response, err := c.http.Do(req)
	if err != nil {
		if callCtx.Err() != nil {
			err = context.Cause(callCtx)
		}
		return c.failure(r, &Failure{Sent: sent.Load(), cause: withoutURL(err)})
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return c.failure(r, statusFailure(response, body, time.Now()))
	}
	if err != nil {
		if callCtx.Err() != nil {
			err = context.Cause(callCtx)
		}
		return c.failure(r, &Failure{Sent: true, cause: fmt.Errorf("the response was cut off: %w", err)})
	}
	if answer == nil {
		return nil
	}
	if definition, ok := answer.(*stored); ok {
		err = definition.read(response, body)
	} else if json.Unmarshal(body, answer) != nil {
		err = errors.New("its format is not the expected one") // a JSON error may quote the response
	}
	if err != nil {
		return c.failure(r, &Failure{Sent: true, cause: fmt.Errorf("the response cannot be read: %w", err)})
	}
	return nil
}

func (c *Client) newRequest(ctx context.Context, r request) (*http.Request, error) {
	var body io.Reader
	contentType := "application/json"
	if definition, ok := r.body.(Definition); ok {
		body, contentType = strings.NewReader(string(definition)), "application/x-yaml"
	} else if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return nil, fmt.Errorf("writing the request: %w", err)
		}
		body = bytes.NewReader(text)
	}
	address := c.credentials.APIURL + r.path
	if r.query != "" {
		address += "?" + r.query
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, body)
	if err != nil {
		return nil, fmt.Errorf("addressing %s: %w", r.path, err)
	}
	maps.Copy(req.Header, r.header)
	if r.body != nil {
		req.Header.Set("Content-Type", contentType)
	}
	req.Header.Set("Accept", "application/vnd.pulumi+8")
	req.Header.Set("Authorization", "token "+c.credentials.AccessToken)
	req.Header.Set("User-Agent", "pulumi-escsync")
	return req, nil
}

// failure adds the method and the URL to a failure.
func (c *Client) failure(r request, f *Failure) error {
	f.call = r.method + " " + c.credentials.APIURL + r.path
	return f
}

// statusFailure parses a response whose status is not 2xx.
func statusFailure(response *http.Response, body []byte, now time.Time) *Failure {
	f := &Failure{Sent: true, Status: response.StatusCode, RetryAfter: retryAfter(response.Header.Get("Retry-After"), now)}
	var said struct {
		Message     string       `json:"message"`
		Diagnostics []Diagnostic `json:"diagnostics"`
	}
	if json.Unmarshal(body, &said) == nil {
		f.Message, f.diagnostics = said.Message, said.Diagnostics
	}
	return f
}
