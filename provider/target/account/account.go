// Package account reads where on a platform a run pushes to, as far as the configuration of the platform's provider
// says it: the account, the address, the cluster. Names of secrets are only names within one.
package account

import (
	"net/url"
	"strings"
)

// Source is the configuration of a platform's provider.
type Source struct {
	// Config reads the stack's configuration, such as `vault:address`; "" for none.
	Config func(key string) string
	// Getenv reads a variable of the run's environment; "" for none.
	Getenv func(name string) string
}

// First returns the first that is given: the configuration wins over the environment, as it does in every provider.
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

// Join writes an account, after what it is called, without the parts that are not known; "" where none is.
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

// Address writes an address in one form, without credentials that may stand in it.
func Address(text string) string {
	if parsed, err := url.Parse(text); err == nil && parsed.Host != "" {
		parsed.User, parsed.RawQuery, parsed.Fragment = nil, "", ""
		text = parsed.String()
	} else if i := strings.LastIndex(text, "@"); i >= 0 {
		text = text[i+1:]
	}
	return strings.TrimRight(strings.ToLower(text), "/")
}
