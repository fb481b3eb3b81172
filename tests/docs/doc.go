// Package docs keeps the documentation true: every code block in README.md and docs/ is a file of examples/, every
// table of inputs is what schema.json says, every link leads somewhere, every YAML example is one that the real CLI
// previews, the logins that they import are ones that ESC's evaluator opens, the commands of the quick start and of
// docs/golden-path.md are typed, and what docs/migrating.md says was tried is tried.
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
// What differs between destinations stands in tests/platforms, and in tables of all in platform.All's order:
//
//	<!-- destinations: overview -->
//	<!-- end -->
//
// tests/docs/update rewrites them all.
package docs
