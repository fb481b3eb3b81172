// Package vault runs a real HashiCorp Vault: the core, HTTP API, policies, tokens and KV secrets engine of Vault
// 1.14.1, the newest release under the MPL 2.0 that can be built as a Go module. The small program in tests/tools/vault
// wires them.
//
// Differences to a Vault in production: it stores everything in memory, is initialised and unsealed at its start, has
// no TLS and no audit log, and contains only the KV engine, tokens and the core's own engines and login methods. Newer
// releases add features, but the KV engine's API is the same.
package vault
