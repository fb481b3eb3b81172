// Package standin builds small native Pulumi plugins that stand in for published providers in tests.
//
// A stand-in is a schema (YAML, in the form of Pulumi's package schema) plus the operations of each resource. The
// schema provides what a real provider gets from its framework: refused inputs, defaults, secretness, the diff with its
// replacements, and the unknown outputs of a preview. The operations against the platform are written by hand.
//
// Stand-ins test programs that use a provider. They prove nothing about the provider itself.
package standin
