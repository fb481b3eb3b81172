// Package deployments starts runs of Pulumi Deployments, follows them to their end, and tells what they did.
//
// It has its own small HTTP client, as pkg/v3/backend/httpstate/client cannot serve here: it gives up on 429 at once
// and hides that the call was refused, has no timeout for an answer that never comes, and cannot tell a request that
// was never sent from one whose answer was lost, which decides whether a run may be started again.
//
// What is repeated, and what is not:
//
//   - A GET is repeated after 429, 500, 502, 503, 504, a cut connection, an unreadable answer, or no response within
//     callTimeout; 8 times at most, after 1, 2, 4 ... 30 seconds or what Retry-After says.
//   - A POST that starts a run is repeated only if it was certainly not taken: 429, or a connection that failed before
//     the request was sent. A 503 with Retry-After may come from a gateway in front, after the request was taken.
//   - After anything else (500, 502, 503, 504, a cut connection, no answer) the run may have been started. It is looked
//     for among the stack's newest deployments, and followed if it is there. If not, that is an error: no second run.
package deployments
