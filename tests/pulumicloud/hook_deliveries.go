package pulumicloud

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// deliveryTimeout limits a delivery to a receiver that does not answer.
const deliveryTimeout = 10 * time.Second

// delivery is one attempt to notify a hook of an event.
type delivery struct {
	id        string
	event     event
	payload   string
	url       string
	headers   http.Header
	timestamp time.Time
	duration  time.Duration
	code      int // 0 until the receiver answers
	answer    http.Header
	body      string
}

func (d *delivery) object() object {
	return object{
		"id": d.id, "kind": d.event.headerKind, "payload": d.payload, "timestamp": d.timestamp.Unix(),
		"duration": d.duration.Milliseconds(), "requestUrl": d.url, "requestHeaders": headerText(d.headers),
		"responseCode": d.code, "responseHeaders": headerText(d.answer), "responseBody": d.body,
	}
}

func headerText(header http.Header) string {
	var text strings.Builder
	_ = header.Write(&text) // a strings.Builder never fails
	return text.String()
}

// deliver notifies a hook of an event: at once for pulumi_deployments, in the background over HTTP.
func (s *Server) deliver(h *hook, e event) {
	d := s.prepare(h, e)
	if h.format == formatDeployments {
		s.deployFor(h, d)
		return
	}
	if s.closed {
		return
	}
	s.workers.Go(func() { s.post(d) })
}

func (s *Server) prepare(h *hook, e event) *delivery {
	d := &delivery{
		id: uuid.NewString(), event: e, url: h.payloadURL, timestamp: s.cloud.now,
		headers: http.Header{"Content-Type": {"application/json"}},
	}
	h.deliveries = append(h.deliveries, d)
	body, err := json.Marshal(h.render(e))
	if err != nil {
		d.body = err.Error()
	}
	d.payload = string(body)
	d.headers.Set("Pulumi-Webhook-ID", d.id)
	d.headers.Set("Pulumi-Webhook-Kind", e.headerKind)
	if h.secret != "" {
		mac := hmac.New(sha256.New, []byte(h.secret))
		mac.Write(body)
		d.headers.Set("Pulumi-Webhook-Signature", hex.EncodeToString(mac.Sum(nil)))
	}
	return d
}

// render returns the body in the format of the hook. The texts of the chat formats are this package's own.
func (h *hook) render(e event) any {
	subject := fmt.Sprint(e.payload["projectName"], "/", e.payload["stackName"])
	if name, ok := e.payload["environmentName"]; ok {
		subject = fmt.Sprint(e.payload["projectName"], "/", name)
	}
	text := strings.ReplaceAll(e.kind, "_", " ") + ": " + subject
	switch h.format {
	case formatSlack:
		return object{"text": text}
	case formatTeams:
		return object{"type": "message", "attachments": []object{{
			"contentType": "application/vnd.microsoft.card.adaptive",
			"content": object{
				"type": "AdaptiveCard", "version": "1.4", "body": []object{{"type": "TextBlock", "text": text, "wrap": true}},
			},
		}}}
	default:
		return e.payload
	}
}

// orgOfHook returns the organization of the owner.
func (s *Server) orgOfHook(h *hook) string {
	switch {
	case h.env != nil:
		return h.env.name.org
	case h.stack != nil:
		return h.stack.name.org
	}
	return s.opts.Organization
}

// deployFor queues the deployment of a pulumi_deployments hook with the saved settings of its stack.
func (s *Server) deployFor(h *hook, d *delivery) {
	st := s.cloud.find(s.orgOfHook(h) + "/" + h.payloadURL)
	switch {
	case st == nil:
		d.code, d.body = http.StatusNotFound, "stack not found"
	case st.settings == nil:
		d.code, d.body = http.StatusBadRequest, errNoSettings
	default:
		queued, err := s.enqueue(st, deploymentRequest{operation: "update", settings: st.settings},
			identity{kind: stackIdentity, stack: st}, "webhook")
		if err != nil {
			d.code, d.body = http.StatusBadRequest, err.Error()
			return
		}
		d.code, d.body = http.StatusAccepted, queued.id
	}
}

// post sends a delivery. It only reaches receivers on this machine, because a test must not call the outside world.
func (s *Server) post(d *delivery) {
	ctx, cancel := context.WithTimeout(s.ctx, deliveryTimeout)
	defer cancel()
	begin := time.Now()
	code, answer, body := attempt(ctx, d)
	s.mu.Lock()
	defer s.mu.Unlock()
	d.code, d.answer, d.body, d.duration = code, answer, body, time.Since(begin)
}

func attempt(ctx context.Context, d *delivery) (int, http.Header, string) {
	if !loopback(d.url) {
		return 0, nil, "the local cloud only delivers to this machine"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.url, bytes.NewReader([]byte(d.payload)))
	if err != nil {
		return 0, nil, err.Error()
	}
	request.Header = d.headers.Clone()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	return response.StatusCode, response.Header, string(body)
}

func loopback(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(parsed.Hostname())
	return parsed.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *Server) listDeliveries(c *call) (any, error) {
	_, h, err := s.hookOf(c)
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, d := range slices.Backward(h.deliveries) {
		list = append(list, d.object())
	}
	return list, nil
}

// pingHook sends a test event at once and returns the result. For pulumi_deployments it starts a deployment, like any
// event (assumed).
func (s *Server) pingHook(c *call) (any, error) {
	s.mu.Lock()
	_, h, err := s.hookOf(c)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	d := s.prepare(h, event{kind: "ping", headerKind: "ping", payload: object{
		"user": requester(userLogin), "organization": requester(s.opts.Organization), "message": "Just a friendly ping",
	}})
	if h.format == formatDeployments {
		s.deployFor(h, d)
		s.mu.Unlock()
	} else {
		s.mu.Unlock()
		s.post(d)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return d.object(), nil
}
