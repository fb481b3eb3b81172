//go:build tools

// Package tools pins Pulumi's Java language host for the end-to-end tests. It is a separate module, because the host
// does not compile against the CLI's version of the Pulumi SDK.
package tools

import _ "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java"
