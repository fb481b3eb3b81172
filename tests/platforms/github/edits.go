package github

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/go-github/v74/github"
	"golang.org/x/crypto/nacl/box"
)

// Client returns the official Go client, logged in with a token.
func (s *Server) Client(token string) (*github.Client, error) { return client(s.public.URL, token) }

func client(address, token string) (*github.Client, error) {
	c := github.NewClient(nil).WithAuthToken(token)
	base, err := url.Parse(address + "/")
	if err != nil {
		return nil, fmt.Errorf("reading GitHub's address: %w", err)
	}
	c.BaseURL = base
	return c, nil
}

// Seal encrypts a value for a location's public key, as a client must.
func Seal(key *github.PublicKey, value string) (string, error) {
	decoded, err := base64.StdEncoding.DecodeString(key.GetKey())
	if err != nil || len(decoded) != 32 {
		return "", fmt.Errorf("GitHub's public key is not 32 bytes in base64")
	}
	sealed, err := box.SealAnonymous(nil, []byte(value), (*[32]byte)(decoded), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("sealing a value: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}

// Put writes a secret or a variable. An organization's becomes visible to all repositories.
func (s *Server) Put(ctx context.Context, identity, value string) error {
	path, err := s.path(identity)
	if err != nil {
		return err
	}
	if path.variable {
		return s.putVariable(ctx, identity, path, value)
	}
	c, err := client(s.private.URL, Token)
	if err != nil {
		return err
	}
	request, err := c.NewRequest("GET", path.location+"/public-key", nil)
	if err != nil {
		return fmt.Errorf("writing %s: %w", identity, err)
	}
	var key github.PublicKey
	if _, err := c.Do(ctx, request, &key); err != nil {
		return fmt.Errorf("writing %s: %w", identity, err)
	}
	sealed, err := Seal(&key, value)
	if err != nil {
		return err
	}
	body := &github.EncryptedSecret{KeyID: key.GetKeyID(), EncryptedValue: sealed}
	if path.organization {
		body.Visibility = "all"
	}
	return s.send(ctx, "PUT", identity, path, body)
}

// putVariable changes a variable, or creates it.
func (s *Server) putVariable(ctx context.Context, identity string, path secretPath, value string) error {
	body := &github.ActionsVariable{Name: path.name, Value: value}
	err := s.send(ctx, "PATCH", identity, path, body)
	var refused *github.ErrorResponse
	if !errors.As(err, &refused) || refused.Response.StatusCode != http.StatusNotFound {
		return err
	}
	if path.organization {
		all := "all"
		body.Visibility = &all
	}
	path.name = ""
	return s.send(ctx, "POST", identity, path, body)
}

// Delete deletes a secret or a variable.
func (s *Server) Delete(ctx context.Context, identity string) error {
	path, err := s.path(identity)
	if err != nil {
		return err
	}
	return s.send(ctx, "DELETE", identity, path, nil)
}

func (s *Server) send(ctx context.Context, method, identity string, path secretPath, body any) error {
	c, err := client(s.private.URL, Token)
	if err != nil {
		return err
	}
	request, err := c.NewRequest(method, strings.TrimSuffix(path.location+"/"+path.name, "/"), body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, identity, err)
	}
	if _, err := c.Do(ctx, request, nil); err != nil {
		return fmt.Errorf("%s %s: %w", method, identity, err)
	}
	return nil
}

// secretPath is the address of a secret or a variable in the API.
type secretPath struct {
	location, name         string
	organization, variable bool
}

func (s *Server) path(identity string) (secretPath, error) {
	if rest, variable := strings.CutPrefix(identity, VariablesName+"/"); variable {
		path, err := s.path(Name + "/" + actions + "/" + rest)
		path.location, path.variable = strings.TrimSuffix(path.location, "secrets")+"variables", true
		return path, err
	}
	application, repository, environment, name, err := splitIdentity(identity)
	if err != nil {
		return secretPath{}, err
	}
	switch {
	case environment != "":
		return secretPath{name: name, location: fmt.Sprintf("repos/%s/%s/environments/%s/secrets",
			s.organization, repository, url.PathEscape(environment))}, nil
	case repository != "":
		return secretPath{
			name:     name,
			location: fmt.Sprintf("repos/%s/%s/%s/secrets", s.organization, repository, application),
		}, nil
	default:
		return secretPath{name: name, organization: true,
			location: fmt.Sprintf("orgs/%s/%s/secrets", s.organization, application)}, nil
	}
}
