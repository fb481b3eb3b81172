// Package platforms defines the servers that end-to-end tests push to, and what tests, demo and documentation need to
// know about each destination. Each platform has its own package, named like its folder in provider/platform. Package
// all lists them. The package documentation of a server tells whether it is real or a stand-in, and how it differs from
// the real service.
//
// A stand-in proves that requests have the form of the platform's official client and interface. It cannot prove that
// the platform answers in the same way.
package platforms

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Platform is a running server, or several that form one platform.
//
// Secrets are named by identity, as in the provider's inventory: platform/location/name, such as "vault/secret/prod/db"
// or "githubSecrets/actions/app/DB_PASSWORD". Each package documents its own.
type Platform interface {
	// Environment returns the KEY=VALUE pairs with which the platform's Pulumi plugin finds the server and logs in.
	Environment() []string
	// Secrets returns the values of all secrets by identity, as the platform's official Go client reads them. If the
	// platform never returns values, they come from the server's memory.
	Secrets(ctx context.Context) (map[string]string, error)
	// Put writes a secret without the program's knowledge. It does not count as a write.
	Put(ctx context.Context, identity, value string) error
	// Delete deletes a secret without the program's knowledge. It does not count as a write.
	Delete(ctx context.Context, identity string) error
	// Writes returns the number of requests to change secrets, including refused ones, at the address that Environment
	// names.
	Writes() int
	// Restrict revokes the permission to write of the credentials in Environment, or grants it again. A refused request
	// counts as a write.
	Restrict(ctx context.Context, readOnly bool) error
	// Close ends the server and removes its files. It may be called more than once.
	Close() error
}

// Restorer is a platform on which a deleted secret reserves its name for a time and can be restored.
type Restorer interface {
	// Restore restores a deleted secret, as the platform's user would. It does not count as a write.
	Restore(ctx context.Context, identity string) error
}

// Emulated is a platform in front of the harness's AWS emulator, whose address is unknown before the harness runs.
type Emulated interface {
	// Connect sets the configuration of a client for the emulator. The region is the platform's own.
	Connect(emulator aws.Config) error
}
