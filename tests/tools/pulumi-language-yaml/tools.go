//go:build tools

// Package tools pins the version of Pulumi's YAML language host that tests and the demo use.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
