//go:build tools

// Package tools pins the language hosts for Go, Node.js and Python, for end-to-end tests without an installed Pulumi
// CLI that includes them. v3.42.0 is the last release line of the SDK module with all three. Today's hosts are separate
// modules, only published with the CLI.
package tools

import (
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go"
	_ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
	_ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
)
