package azurekeyvault

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Limits from https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates and
// https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
const (
	maxValue       = 25 << 10
	maxContentType = 255
	maxTags        = 15
	maxTag         = 512
)

var namePattern = regexp.MustCompile(`^[0-9a-zA-Z-]{1,127}$`)

// vault contains secrets by lower-case name, because names are case-insensitive.
type vault struct {
	live, deleted map[string]*secret
}

// secret is a secret with its latest version.
type secret struct {
	// name is spelled as it was when the secret was created.
	name             string
	version          string
	value            string
	contentType      *string
	tags             map[string]string
	enabled          bool
	notBefore        *int64
	expires          *int64
	created, updated time.Time
	deletedAt        time.Time
}

// refusal is an error as both planes return it.
type refusal struct {
	status        int
	code, message string
}

func refuse(status int, code, format string, args ...any) *refusal {
	return &refusal{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func notFound(name string) *refusal {
	return refuse(
		http.StatusNotFound,
		"SecretNotFound",
		"A secret with (name/id) %s was not found in this key vault.",
		name,
	)
}

// set creates a new version.
func (v *vault) set(name string, wanted secret) (*secret, *refusal) {
	if !namePattern.MatchString(name) {
		return nil, refuse(http.StatusBadRequest, "BadParameter",
			"The name %q must be 1-127 characters, containing only 0-9, a-z, A-Z, and -.", name)
	}
	if err := wanted.check(); err != nil {
		return nil, err
	}
	key := strings.ToLower(name)
	if v.deleted[key] != nil {
		return nil, refuse(http.StatusConflict, "ObjectIsDeletedButRecoverable", "Secret %s is currently in a deleted but "+
			"recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.", name)
	}
	now := time.Now().UTC().Truncate(time.Second)
	wanted.name, wanted.created, wanted.updated = name, now, now
	if old := v.live[key]; old != nil {
		wanted.name = old.name
	}
	var id [16]byte
	_, _ = rand.Read(id[:])
	wanted.version = hex.EncodeToString(id[:])
	v.live[key] = &wanted
	return &wanted, nil
}

func (s *secret) check() *refusal {
	if len(s.value) > maxValue {
		return refuse(
			http.StatusBadRequest,
			"BadParameter",
			"The secret has %d bytes: the maximum is %d.",
			len(s.value),
			maxValue,
		)
	}
	if s.contentType != nil && len(*s.contentType) > maxContentType {
		return refuse(http.StatusBadRequest, "BadParameter", "The content type is longer than %d.", maxContentType)
	}
	if len(s.tags) > maxTags {
		return refuse(http.StatusBadRequest, "BadParameter", "There are %d tags: the maximum is %d.", len(s.tags), maxTags)
	}
	for key, value := range s.tags {
		if len(key) > maxTag || len(value) > maxTag {
			return refuse(http.StatusBadRequest, "BadParameter", "A tag is longer than %d.", maxTag)
		}
	}
	return nil
}

// get returns the latest or the given version of a secret.
func (v *vault) get(name, version string) (*secret, *refusal) {
	found := v.live[strings.ToLower(name)]
	if found == nil || version != "" && version != found.version {
		return nil, notFound(name)
	}
	return found, nil
}

// remove soft-deletes a secret: it can be recovered, and its name is reserved until it is purged.
func (v *vault) remove(name string) (*secret, *refusal) {
	found, err := v.get(name, "")
	if err != nil {
		return nil, err
	}
	found.deletedAt = time.Now().UTC().Truncate(time.Second)
	delete(v.live, strings.ToLower(name))
	v.deleted[strings.ToLower(name)] = found
	return found, nil
}

// takeDeleted removes a secret from the deleted ones, and returns it.
func (v *vault) takeDeleted(name string) (*secret, *refusal) {
	found := v.deleted[strings.ToLower(name)]
	if found == nil {
		return nil, notFound(name)
	}
	delete(v.deleted, strings.ToLower(name))
	return found, nil
}
