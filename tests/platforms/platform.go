// Package platforms says what the servers have in common that the end-to-end tests push to, and what tests, demo and
// documentation know of each destination. Each platform has a package of its own, named as its folder in
// provider/platform, and package all lists them. The documentation of a server's package says whether it is the real
// thing or a stand-in, and what differs from the real service.
//
// A stand-in proves that requests are what the platform's official client and interface make of them. It cannot prove
// that the platform answers them as the stand-in does.
package platforms

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Platform is a running server, or several that make up one platform.
//
// Secrets are named by identity, as the provider's inventory names them: platform/location/name, for example
// "vault/secret/prod/db" or "githubSecrets/actions/app/DB_PASSWORD". Each package documents its own.
type Platform interface {
	// Environment returns the KEY=VALUE pairs with which the platform's Pulumi plugin finds the server and logs in.
	Environment() []string
	// Secrets returns the values of all secrets by identity, as the platform's official Go client reads them. Where the
	// platform never gives a value back, it is the server's own.
	Secrets(ctx context.Context) (map[string]string, error)
	// Put writes a secret behind the program's back. It does not count as a write.
	Put(ctx context.Context, identity, value string) error
	// Delete deletes a secret behind the program's back. It does not count as a write.
	Delete(ctx context.Context, identity string) error
	// Writes returns how many requests asked to change secrets, refused ones included, at the address that Environment
	// names.
	Writes() int
	// Restrict revokes the right to write of the credentials that Environment names, or grants it again. A refused
	// request counts as a write.
	Restrict(ctx context.Context, readOnly bool) error
	// Close ends the server and removes its files. It may be called more than once.
	Close() error
}

// Restorer is a platform on which a deleted secret reserves its name for a time, and can be restored.
type Restorer interface {
	// Restore brings a deleted secret back as it was, as the platform's user would. It does not count as a write.
	Restore(ctx context.Context, identity string) error
}

// Emulated is a platform in front of the harness's AWS emulator, whose address is not known before the harness runs.
type Emulated interface {
	// Connect gives the configuration of a client for the emulator. The region is the platform's own.
	Connect(emulator aws.Config) error
}
