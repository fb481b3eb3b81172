//go:build tools

// Package tools pins the language hosts for Go, Node.js and Python that the end-to-end tests use where
// no Pulumi CLI with hosts of its own is installed. v3.42.0 is the last line of the SDK module that
// holds all three; today's hosts are modules of their own that are published only with the CLI.
package tools

import (
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go"
	_ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
	_ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
)
