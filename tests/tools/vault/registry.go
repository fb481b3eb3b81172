package main

import (
	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/logical"
)

// kvOnly is a list of Vault's built-in plugins that contains only the KV engine.
type kvOnly struct{}

func isKV(name string, kind consts.PluginType) bool {
	return name == "kv" && kind == consts.PluginTypeSecrets
}

// Contains reports whether a plugin is built in.
func (kvOnly) Contains(name string, kind consts.PluginType) bool { return isKV(name, kind) }

// Get returns the function that creates a plugin.
func (kvOnly) Get(name string, kind consts.PluginType) (func() (any, error), bool) {
	if !isKV(name, kind) {
		return nil, false
	}
	return func() (any, error) { return logical.Factory(kv.Factory), nil }, true
}

// Keys lists the plugins of a kind.
func (kvOnly) Keys(kind consts.PluginType) []string {
	if kind == consts.PluginTypeSecrets {
		return []string{"kv"}
	}
	return nil
}

// DeprecationStatus returns the support status of a plugin.
func (kvOnly) DeprecationStatus(name string, kind consts.PluginType) (consts.DeprecationStatus, bool) {
	return consts.Supported, isKV(name, kind)
}

// IsBuiltinEntPlugin reports whether a plugin belongs to Vault Enterprise.
func (kvOnly) IsBuiltinEntPlugin(string, consts.PluginType) bool { return false }
