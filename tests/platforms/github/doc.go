// Package github is a stand-in for the part of GitHub's REST API with secrets and variables: of organizations,
// repositories and environments, for Actions, Codespaces and Dependabot. Its traffic with the official Go client is
// checked against GitHub's own OpenAPI description (testdata). That proves the form of requests and responses, not what
// GitHub accepts.
//
// As GitHub documents, it returns a public key for each location, opens sealed boxes, upper-cases names, refuses
// reserved ones, limits sizes and counts, and never returns a value: Secrets reads the server's own memory.
//
// Known differences to GitHub:
//   - It has one organization, and the repositories of the Options. Two tokens are valid, one of which may not write.
//   - updated_at has whole seconds, as on GitHub, but increases with each write, so that a test can distinguish two
//     writes within a second.
//   - GitHub does not document its answers to an empty value, a box that cannot be opened, a value that is too large
//     and a secret too many: here they are 422. A variable that exists is 409, as clients report.
//   - There are no rate limits, and no secrets of users.
package github
