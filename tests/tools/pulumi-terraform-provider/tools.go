//go:build tools

// Package tools pins the plugin terraform-provider, which Pulumi builds from the module of its bridge.
package tools

import _ "github.com/pulumi/pulumi-terraform-bridge/v3/dynamic"
