package pulumicloud

import (
	"net/http"
	"strings"
)

// userLogin is the login of the only user.
const userLogin = "local-user"

// identity is the caller of a request.
type identity struct {
	kind       identityKind
	stack      *stack      // of stackIdentity
	team       string      // of teamIdentity
	role       *Role       // of roleIdentity
	deployment *deployment // set if the token was created for the run of a deployment
	lease      string      // of leaseIdentity
}

type identityKind int

const (
	// userIdentity may do everything.
	userIdentity identityKind = iota
	// stackIdentity is the token of a deployment that no user requested.
	stackIdentity
	// teamIdentity is the token of a team. It may use every stack, and open the environments that the team was granted.
	teamIdentity
	// roleIdentity is the token of a deployment whose stack or organization selected a role.
	roleIdentity
	// leaseIdentity is the token of one running update.
	leaseIdentity
)

// identify parses the Authorization header.
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

// login is the name shown as the author.
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

// requireUser refuses every caller except a user.
func (i identity) requireUser(what string) error {
	if i.kind != userIdentity {
		return forbidden("this token may not %s", what)
	}
	return nil
}

// requireStack refuses a stack token for another stack.
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

// AddToken creates an access token of a team, and the team if it does not exist. The token may use every stack, and
// open the environments on which the team has the permission open, write or admin. A run needs one if its own token may
// open nothing.
func (s *Server) AddToken(team string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cloud.addTeam(team)
	token := "pul-" + randomHex(20)
	s.cloud.tokens[token] = identity{kind: teamIdentity, team: team}
	return token
}
