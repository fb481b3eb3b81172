//go:build tools

// Package tools pins a Terraform provider for the plugin terraform-provider.
package tools

import _ "github.com/hashicorp/terraform-provider-kubernetes"
