// Package docs keeps the documentation true: every code block in README.md and docs/ is a file of examples/, every
// table of inputs is what schema.json says, every link leads somewhere, every message that docs/troubleshooting.md
// explains is in the provider's source, every YAML example is one that the real CLI previews, and what
// docs/migrating.md says was tried is tried.
//
// A block is a fenced one after a comment that names its source:
//
//	<!-- snippet: examples/yaml/Pulumi.yaml -->
//
// and a table stands between two comments:
//
//	<!-- inputs: escsync:index:EscSync -->
//	<!-- end -->
//
// tests/docs/update rewrites both.
package docs
