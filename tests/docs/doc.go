// Package docs keeps the documentation true. Every code block in README.md and docs/ is a file of examples/. Every
// table of inputs matches schema.json. Every link leads somewhere. The real CLI previews every YAML example, and ESC's
// evaluator opens the logins that they import. The commands of the quick start and of docs/golden-path.md are run, and
// so are the procedures that docs/migrating.md calls tested.
//
// A code block follows a comment that names its source:
//
//	<!-- snippet: examples/yaml/Pulumi.yaml -->
//
// A table is between two comments:
//
//	<!-- inputs: escsync:index:EscSync -->
//	<!-- end -->
//
// Differences between destinations are in tests/platforms, and in tables of all destinations in platform.All's order:
//
//	<!-- destinations: overview -->
//	<!-- end -->
//
// tests/docs/update rewrites all of them.
package docs
