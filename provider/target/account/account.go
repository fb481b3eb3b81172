// Package account determines the account, address or cluster that a run pushes to, from the configuration of the
// platform's provider. Names of secrets are only unique within an account.
package account

import (
	"net/url"
	"strings"
)

// Source is the configuration of a platform's provider.
type Source struct {
	// Config returns a value of the stack's configuration, such as `vault:address`; "" if it is not set.
	Config func(key string) string
	// Getenv returns a variable of the run's environment; "" if it is not set.
	Getenv func(name string) string
}

// First returns the first value that is set. The configuration takes precedence over the environment, as in every
// provider.
func (s Source) First(key string, variables ...string) string {
	if text := s.Config(key); text != "" {
		return text
	}
	for _, name := range variables {
		if text := s.Getenv(name); text != "" {
			return text
		}
	}
	return ""
}

// Join joins kind and the known parts of an account with spaces. It returns "" if no part is known.
func Join(kind string, parts ...string) string {
	known := []string{kind}
	for _, part := range parts {
		if part != "" {
			known = append(known, part)
		}
	}
	if len(known) == 1 {
		return ""
	}
	return strings.Join(known, " ")
}

// Address normalizes an address and removes credentials from it.
func Address(text string) string {
	if parsed, err := url.Parse(text); err == nil && parsed.Host != "" {
		parsed.User, parsed.RawQuery, parsed.Fragment = nil, "", ""
		text = parsed.String()
	} else if i := strings.LastIndex(text, "@"); i >= 0 {
		text = text[i+1:]
	}
	return strings.TrimRight(strings.ToLower(text), "/")
}
