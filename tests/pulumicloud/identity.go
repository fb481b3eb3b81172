package pulumicloud

import (
	"net/http"
	"strings"
)

// userLogin is the name of the one user.
const userLogin = "local-user"

// identity is who makes a call.
type identity struct {
	kind       identityKind
	stack      *stack      // of stackIdentity
	team       string      // of teamIdentity
	role       *Role       // of roleIdentity
	deployment *deployment // set when the token was made for a deployment's run
	lease      string      // of leaseIdentity
}

type identityKind int

const (
	// userIdentity may do everything.
	userIdentity identityKind = iota
	// stackIdentity is the token that a deployment gets when no user asked for it.
	stackIdentity
	// teamIdentity is a team's token: it may open what the team was granted, and work with every stack.
	teamIdentity
	// roleIdentity is what a deployment runs as whose stack, or organization, selected a role.
	roleIdentity
	// leaseIdentity is the token of one running update.
	leaseIdentity
)

// identify reads the Authorization header.
func (s *Server) identify(c *call) (identity, error) {
	scheme, value, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	switch scheme {
	case "update-token":
		return identity{kind: leaseIdentity, lease: value}, nil
	case "token", "Bearer":
		s.mu.Lock()
		defer s.mu.Unlock()
		if who, ok := s.cloud.tokens[value]; ok {
			return who, nil
		}
	}
	return identity{}, fail(http.StatusUnauthorized, "No credentials provided or are invalid.")
}

// login is the name shown as the author of what the identity does.
func (i identity) login() string {
	switch i.kind {
	case teamIdentity:
		return i.team
	case roleIdentity:
		return i.role.Name
	case stackIdentity:
		return "pulumi-deployments"
	default:
		return userLogin
	}
}

// requireUser refuses everyone but a user.
func (i identity) requireUser(what string) error {
	if i.kind != userIdentity {
		return forbidden("this token may not %s", what)
	}
	return nil
}

// requireStack refuses a stack token of another stack.
func (i identity) requireStack(st *stack) error {
	switch i.kind {
	case userIdentity, teamIdentity, roleIdentity:
		return nil
	case stackIdentity:
		if i.stack == st {
			return nil
		}
	default:
	}
	return forbidden("this token has no access to stack %s", st.name)
}

// mayOpen reports whether the identity may open an environment.
func (s *Server) mayOpen(who identity, env *environment) bool {
	switch who.kind {
	case userIdentity:
		return true
	case teamIdentity:
		return s.cloud.teamMayOpen(who.team, env)
	case roleIdentity:
		return who.role.mayOpen(env)
	default:
		return false
	}
}

// AddToken makes an access token of a team, and the team if there is none of its name. The token may work with every
// stack, and open the environments that the team was granted with permission open, write or admin: what a run needs
// whose own token may open nothing.
func (s *Server) AddToken(team string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cloud.addTeam(team)
	token := "pul-" + randomHex(20)
	s.cloud.tokens[token] = identity{kind: teamIdentity, team: team}
	return token
}
