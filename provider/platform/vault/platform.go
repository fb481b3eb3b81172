// Package vault pushes to key-value engines of HashiCorp Vault.
package vault

import (
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:     about,
	Package:   "vault",
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	Account:   server,
	// It is custom metadata: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
	Ownership: ownership.Tag{Key: ownership.Key, MaxLength: 512},
	Hints: target.Hints{
		// Vault lists its errors with asterisks. Without the asterisk, the text could come from a file on the runner or
		// from a Git server.
		Denied: []string{"* permission denied"},
		Own: []target.Hint{{
			// The first appears if nothing is mounted, the second if version 1 is used with an engine of version 2.
			Words: []string{"no handler for route", "code: 404. errors:"},
			Text: "Vault has no key-value engine of that version at the mount: check destination.vault.mount and " +
				"destination.vault.kvVersion",
		}, {
			Words: []string{"check-and-set parameter required"},
			Text: "Vault requires check-and-set, which a sync does not use: turn cas_required off for the engine " +
				"or for this sync's secrets",
		}},
	},
}

var about = target.About{Name: "vault", Type: "Vault", Title: "HashiCorp Vault"}

// server returns the address and the namespace.
func server(s account.Source) string {
	at := s.First("vault:address", "VAULT_ADDR")
	if at == "" {
		return ""
	}
	return account.Join("Vault at", account.Address(at), s.First("vault:namespace", "VAULT_NAMESPACE"))
}
