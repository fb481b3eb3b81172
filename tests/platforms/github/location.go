package github

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/nacl/box"
)

// The applications that secrets are for.
const (
	actions    = "actions"
	codespaces = "codespaces"
	dependabot = "dependabot"
)

var applications = []string{actions, codespaces, dependabot}

// location contains secrets: an organization, a repository or an environment, each for one application.
type location struct {
	// path is the middle of the identity of its secrets: actions, actions/repository or actions/repository/environment.
	path string
	// organization reports whether it is an organization's, so that its secrets have a visibility.
	organization bool
	limit        int

	keyID           string
	public, private *[32]byte
	secrets         map[string]*secret
	// variables exist for Actions only.
	variables map[string]*variable
}

// secret is the secret stored under one name.
type secret struct {
	value            string
	created, updated time.Time
	visibility       string
	// selected contains the IDs of the selected repositories, sorted.
	selected []int64
}

func newLocation(path string, organization bool, limit int) (*location, error) {
	public, private, err := box.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making the key of %s: %w", path, err)
	}
	// GitHub's key IDs are decimal, but clients must treat them as strings.
	id, err := rand.Int(rand.Reader, big.NewInt(1_000_000_000_000_000_000))
	if err != nil {
		return nil, fmt.Errorf("making the key id of %s: %w", path, err)
	}
	return &location{
		path: path, organization: organization, limit: limit,
		keyID: id.String(), public: public, private: private,
		secrets: map[string]*secret{}, variables: map[string]*variable{},
	}, nil
}

// open opens a sealed box.
func (p *location) open(encoded, keyID string) ([]byte, error) {
	if keyID != p.keyID {
		return nil, fmt.Errorf("key_id is not the id of the public key of this location")
	}
	sealed, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("encrypted_value is not base64")
	}
	value, ok := box.OpenAnonymous(nil, sealed, p.public, p.private)
	if !ok {
		return nil, fmt.Errorf("encrypted_value cannot be opened with the key of this location")
	}
	return value, nil
}

// names returns the names of the secrets, sorted.
func (p *location) names() []string {
	names := make([]string, 0, len(p.secrets))
	for name := range p.secrets {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// splitIdentity splits githubSecrets/application[/repository[/environment]]/NAME.
func splitIdentity(identity string) (application, repository, environment, name string, err error) {
	parts := strings.Split(identity, "/")
	if len(parts) < 3 || parts[0] != Name || !slices.Contains(applications, parts[1]) {
		return "", "", "", "", fmt.Errorf("%s is not %s/application[/repository[/environment]]/NAME", identity, Name)
	}
	application, name = parts[1], parts[len(parts)-1]
	if len(parts) > 3 {
		repository = parts[2]
	}
	if len(parts) > 4 {
		environment = strings.Join(parts[3:len(parts)-1], "/")
	}
	return application, repository, environment, name, nil
}
