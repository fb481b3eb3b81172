package vault

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// The pages that document the limits.
const (
	pageLimits   = "https://developer.hashicorp.com/vault/docs/internals/limits"
	pageMetadata = "https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2"
)

const entryBytes = 1 << 20

// The limits of a key-value engine of Vault.
var (
	pathLimit = limit.Name{
		Pattern:   regexp.MustCompile(`^[^/\s?#%*+][^/?#%*+]*(/[^/\s?#%*+][^/?#%*+]*)*$`),
		Grammar:   "a path has parts separated by single slashes, without ? # % * + and not starting with a space",
		MaxLength: 512,
		Reserved: func(path string) error {
			if slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool { return part == "." || part == ".." }) {
				return errors.New("must not have a part . or .., which would lead a client to another path")
			}
			return nil
		},
		Source: pageLimits,
	}
	// valueLimit is the maximum size of an entry on integrated storage with default settings.
	valueLimit = limit.Value{MaxBytes: entryBytes, Empty: true, Source: pageLimits}
	// metadataLimit follows the engine's validateCustomMetadata, which counts bytes.
	metadataLimit = limit.Tags{
		Max:    63,
		Key:    limit.Both(limit.Filled(128), limit.Printable),
		Value:  limit.Both(limit.Filled(512), limit.Printable),
		Source: pageMetadata,
	}
)
