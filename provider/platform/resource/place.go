package resource

import (
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// The placeholders for the provider's configuration, as messages show them.
const (
	envOf    = "env.NAME"
	configOf = "config.package:name"
)

// configured matches a placeholder for one setting of the provider's configuration.
var configured = regexp.MustCompile(`^(env|config)\.([\w-]+|[\w-]+:[\w.-]+)$`)

// checkPlace reports unknown placeholders in place, and those that cannot be filled in.
func (d resource) checkPlace(s *settings.Reader, r target.Request) {
	found := used{}
	found.read(d.place, s.Path("place"), r.Problems, envOf, configOf)
	if len(found) > 0 && r.Caller.Provides(d.pkg()) {
		s.Problem("place", "refers to the configuration of a provider that the program passes, which only the engine "+
			"knows: write the location itself")
	}
}

// locate returns the account that a run pushes to, made from place and the provider's configuration.
func (d resource) locate(r *target.Registration) (string, error) {
	if d.place == "" {
		return "", nil
	}
	place, err := configuration(r).fill(d.place, d.path("place"))
	if err != nil {
		return "", err
	}
	return d.pkg() + " at " + (filling{}).fill(place), nil
}

// configurable fills in the provider's configuration.
type configurable struct {
	account.Source
	secret func(key string) bool
}

func configuration(r *target.Registration) configurable {
	return configurable{account.Source{Config: r.Request.Caller.Config, Getenv: os.Getenv}, r.Ctx.IsConfigSecret}
}

// fill replaces the placeholders for the provider's configuration and leaves all others. It refuses an unset one,
// because the account could not be checked, and a secret one, because the result appears in the state and in
// messages.
func (c configurable) fill(text string, at problem.Path) (string, error) {
	var problems problem.List
	text = placeholder.ReplaceAllStringFunc(text, func(found string) string {
		one := parseBraces(found)
		part := configured.FindStringSubmatch(one.word)
		if !one.filled || part == nil {
			return found
		}
		get, isSecret := c.Getenv, false
		if part[1] == "config" {
			get, isSecret = c.Config, c.secret(part[2])
		}
		value := get(part[2])
		switch {
		case isSecret:
			problems.AddOnce(at, "{%s} is secret, and would be shown in plain text: use something that is not secret to say "+
				"where the secrets are", one.word)
		case value == "":
			problems.AddOnce(at, "{%s} is not set here, so it is unknown where the secrets are. Nothing was changed: "+
				"set it, or write the text itself", one.word)
		}
		return one.before + addressOf(value) + one.after
	})
	return text, target.Refused(problems)
}

// addressOf normalizes a URL and removes credentials from it. It leaves any other text unchanged, except that it
// removes user:password@.
func addressOf(text string) string {
	if parsed, err := url.Parse(text); err == nil && parsed.Host != "" {
		parsed.User, parsed.RawQuery, parsed.Fragment = nil, "", ""
		parsed.Host = strings.ToLower(parsed.Host)
		return strings.TrimRight(parsed.String(), "/")
	}
	if before, after, found := strings.Cut(text, "@"); found && strings.Contains(before, ":") {
		return after
	}
	return text
}
