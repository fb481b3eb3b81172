// Package github is a stand-in for the part of GitHub's REST API that holds secrets and variables: of organizations,
// repositories and environments, for Actions, Codespaces and Dependabot. It is not GitHub. Its traffic with the
// official Go client is checked against GitHub's own OpenAPI description (testdata), which says what requests and
// responses look like, not what GitHub accepts.
//
// As GitHub documents, it hands out a public key for each location, opens the sealed boxes that it gets, upper-cases
// names, refuses reserved ones, limits sizes and counts, and never gives a value back: Secrets reads the server's own
// memory.
//
// What differs from GitHub, as far as known:
//   - There are one organization and the repositories of the Options. Two tokens exist, one of which may not write.
//   - updated_at has whole seconds, as on GitHub, but moves on by at least one with each write, so that a test can tell
//     two writes of one second apart.
//   - GitHub's answers to an empty value, a box that cannot be opened, a value that is too large and a secret too many
//     are not documented: here they are 422. Nor is that to a variable that exists: 409, as clients report it.
//   - There are no rate limits, and no secrets of users.
package github
