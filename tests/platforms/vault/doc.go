// Package vault runs a real HashiCorp Vault: the core, HTTP API, policies, tokens and KV secrets engine of Vault
// 1.14.1, the newest release under the MPL 2.0 that can be built as a Go module, wired by the small program in
// tests/tools/vault.
//
// What differs from a Vault in production: it stores everything in memory, is initialised and unsealed at its start,
// has no TLS and no audit log, and no other secrets engines and login methods than KV, tokens and what the core
// brings with it. Newer releases differ in what they add; the KV engine's API is the same.
package vault
