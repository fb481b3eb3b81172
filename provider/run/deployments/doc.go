// Package deployments starts runs of Pulumi Deployments, waits for them, and reports their result.
//
// It has a small HTTP client of its own. pkg/v3/backend/httpstate/client has three flaws here: it gives up on 429 at
// once and hides the refusal, it has no timeout for a missing response, and it does not distinguish a request that was
// never sent from one whose response was lost. That last difference decides whether a run may be started again.
//
// When a call is retried:
//
//   - A GET is retried after 429, 500, 502, 503, 504, a cut connection, an unreadable response, or no response within
//     callTimeout. It is sent at most 8 times, with delays of 1, 2, 4 ... 30 seconds or as Retry-After asks.
//   - A POST that starts a run is retried only if the service certainly did not accept it: after 429, or if the
//     connection failed before the request was sent. A 503 with Retry-After does not count: a gateway may send it after
//     the service has accepted the request.
//   - After any other failure (500, 502, 503, 504, a cut connection, no response) the run may have been started. The
//     client looks for it among the newest deployments of the stack and follows it. If it is not there, the call fails;
//     it never starts a second run.
package deployments
