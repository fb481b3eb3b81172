// Package standin builds small native Pulumi plugins that stand in for published providers in tests.
//
// A stand-in is a schema (YAML, in the form of Pulumi's package schema) plus the operations of each resource. From the
// schema come what a real provider gets from its framework: refused inputs, defaults, secret marks, the diff with its
// replacements, and the unknown outputs of a preview. What a resource does against its platform is written by hand.
//
// Stand-ins test programs that use a provider. They say nothing about the provider that they stand in for.
package standin
