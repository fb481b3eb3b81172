// Package examples runs the same sync in every language available here, as a real program with the language's real SDK.
// It requires that the engine plans the same resources, names and inputs as for the YAML program. Each program is also
// deployed and destroyed, and its sync runs. So is the golden path with a component in TypeScript. `make test` covers
// YAML and TypeScript, and `make test-full` the other languages.
//
// The schema's examples are compiled and previewed. `pulumi package` is tested as far as the built language hosts
// allow.
package examples
