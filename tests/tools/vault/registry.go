package main

import (
	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/logical"
)

// kvOnly is Vault's list of what is built in, with the one secrets engine that is.
type kvOnly struct{}

func isKV(name string, kind consts.PluginType) bool {
	return name == "kv" && kind == consts.PluginTypeSecrets
}

// Contains reports whether a plugin is built in.
func (kvOnly) Contains(name string, kind consts.PluginType) bool { return isKV(name, kind) }

// Get returns what makes a plugin.
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

// DeprecationStatus says how long a plugin will exist.
func (kvOnly) DeprecationStatus(name string, kind consts.PluginType) (consts.DeprecationStatus, bool) {
	return consts.Supported, isKV(name, kind)
}

// IsBuiltinEntPlugin reports whether a plugin is of Vault Enterprise.
func (kvOnly) IsBuiltinEntPlugin(string, consts.PluginType) bool { return false }
