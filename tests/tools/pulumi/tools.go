//go:build tools

// Package tools pins the Pulumi CLI that the end-to-end tests run. It is a separate module, because the CLI cannot be
// installed by version (its go.mod has replace directives).
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
