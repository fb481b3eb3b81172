// Package examples runs the same sync in every language that can be run here, each as a real program with the real SDK
// of that language, and compares what the engine plans: the same resources, names and inputs as the YAML program's.
// Each is brought up and destroyed too, and its sync runs. So is the golden path with a component in TypeScript. YAML
// and TypeScript run in `make test`, the others in `make test-full`.
//
// The examples that the schema shows are compiled, and previewed. `pulumi package` is run as far as the built language
// hosts can.
package examples
