package pulumicloud

import (
	"net/http"
	"slices"

	"github.com/google/uuid"
)

// team is a group of users with permissions.
type team struct {
	name, displayName, description string
	members                        []string
	stacks                         []teamStack
	environments                   []teamEnvironment
	tokens                         map[string]teamToken // by id
}

// teamToken is an access token of a team, which is shown once.
type teamToken struct{ value, name, description string }

// teamStack grants a team a permission on a stack: 101 read, 102 edit, 103 admin.
type teamStack struct {
	ProjectName string `json:"projectName"`
	StackName   string `json:"stackName"`
	Permission  int    `json:"permission"`
}

// teamEnvironment grants a team a permission on an environment.
type teamEnvironment struct {
	EnvName         string `json:"envName"`
	ProjectName     string `json:"projectName"`
	Permission      string `json:"permission"`
	MaxOpenDuration string `json:"maxOpenDuration,omitempty"`
}

var environmentPermissions = []string{"none", "read", "open", "write", "admin"}

// team finds or makes a team: permissions may be given before anyone made the team, which keeps tests short.
func (c *cloud) team(name string) *team {
	t, ok := c.teams[name]
	if !ok {
		t = &team{name: name, displayName: name, tokens: map[string]teamToken{}}
		c.teams[name] = t
	}
	return t
}

// teamMayOpen reports whether a team was granted open, or more, on an environment.
func (c *cloud) teamMayOpen(name string, env *environment) bool {
	t, ok := c.teams[name]
	return ok && slices.ContainsFunc(t.environments, func(e teamEnvironment) bool {
		return e.ProjectName == env.name.project && e.EnvName == env.name.name &&
			slices.Contains([]string{"open", "write", "admin"}, e.Permission)
	})
}

func (t *team) answer() object {
	members := []object{}
	for _, login := range t.members {
		members = append(members, object{"name": login, "githubLogin": login, "avatarUrl": "", "role": "member"})
	}
	return object{
		"kind": "pulumi", "name": t.name, "displayName": t.displayName, "description": t.description, "members": members,
		"stacks":       append([]teamStack{}, t.stacks...),
		"environments": append([]teamEnvironment{}, t.environments...),
		"userRole":     "admin",
	}
}

// orgOf checks the organization of the URL, and that a user calls.
func (s *Server) orgOf(c *call) error {
	if _, err := s.requireOrg(c); err != nil {
		return err
	}
	return c.who.requireUser("manage teams")
}

func (s *Server) createTeam(c *call) (any, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	var req struct{ Name, DisplayName, Description string }
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	if req.Name == "" {
		return nil, badRequest("a team needs a name")
	}
	if _, ok := s.cloud.teams[req.Name]; ok {
		return nil, conflict("Team with this name already exists")
	}
	t := s.cloud.team(req.Name)
	t.displayName, t.description = req.DisplayName, req.Description
	return created(t.answer())
}

func (s *Server) getTeam(c *call) (any, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	t, ok := s.cloud.teams[c.vars["team"]]
	if !ok {
		return nil, notFound("Team '%s' not found", c.vars["team"])
	}
	return t.answer(), nil
}

func (s *Server) deleteTeam(c *call) (any, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	t, ok := s.cloud.teams[c.vars["team"]]
	if !ok {
		return nil, notFound("Team '%s' not found", c.vars["team"])
	}
	for _, token := range t.tokens {
		delete(s.cloud.tokens, token.value)
	}
	delete(s.cloud.teams, t.name)
	return noContent()
}

// teamPatch is the body of PATCH: any of these parts.
type teamPatch struct {
	MemberAction              string           `json:"memberAction"`
	Member                    string           `json:"member"`
	NewDisplayName            string           `json:"newDisplayName"`
	NewDescription            string           `json:"newDescription"`
	AddStackPermission        *teamStack       `json:"addStackPermission"`
	EditStackPermission       *teamStack       `json:"editStackPermission"`
	RemoveStack               *teamStack       `json:"removeStack"`
	AddEnvironmentPermission  *teamEnvironment `json:"addEnvironmentPermission"`
	EditEnvironmentPermission *teamEnvironment `json:"editEnvironmentPermission"`
	RemoveEnvironment         *teamEnvironment `json:"removeEnvironment"`
}

func (s *Server) patchTeam(c *call) (any, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	var patch teamPatch
	if err := c.decode(&patch); err != nil {
		return nil, err
	}
	for _, e := range []*teamEnvironment{patch.AddEnvironmentPermission, patch.EditEnvironmentPermission} {
		if e != nil && !slices.Contains(environmentPermissions, e.Permission) {
			return nil, badRequest("unknown permission %q", e.Permission)
		}
	}
	t := s.cloud.team(c.vars["team"])
	if patch.NewDisplayName != "" {
		t.displayName = patch.NewDisplayName
	}
	if patch.NewDescription != "" {
		t.description = patch.NewDescription
	}
	t.patchMembers(patch)
	t.patchStacks(patch)
	t.patchEnvironments(patch)
	return noContent()
}

func (t *team) patchMembers(patch teamPatch) {
	if patch.MemberAction == "" {
		return
	}
	t.members = slices.DeleteFunc(t.members, func(login string) bool { return login == patch.Member })
	if patch.MemberAction != "remove" {
		t.members = append(t.members, patch.Member)
	}
}

func (t *team) patchStacks(patch teamPatch) {
	for _, change := range []*teamStack{patch.AddStackPermission, patch.EditStackPermission, patch.RemoveStack} {
		if change == nil {
			continue
		}
		t.stacks = slices.DeleteFunc(t.stacks, func(s teamStack) bool {
			return s.ProjectName == change.ProjectName && s.StackName == change.StackName
		})
		if change != patch.RemoveStack {
			t.stacks = append(t.stacks, *change)
		}
	}
}

func (t *team) patchEnvironments(patch teamPatch) {
	changes := []*teamEnvironment{
		patch.AddEnvironmentPermission, patch.EditEnvironmentPermission, patch.RemoveEnvironment,
	}
	for _, change := range changes {
		if change == nil {
			continue
		}
		t.environments = slices.DeleteFunc(t.environments, func(e teamEnvironment) bool {
			return e.ProjectName == change.ProjectName && e.EnvName == change.EnvName
		})
		if change != patch.RemoveEnvironment {
			t.environments = append(t.environments, *change)
		}
	}
}

func (s *Server) createTeamToken(c *call) (any, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	var req struct{ Name, Description string }
	if err := c.decode(&req); err != nil {
		return nil, err
	}
	token := teamToken{value: s.addTeamToken(c.vars["team"]), name: req.Name, description: req.Description}
	id := uuid.NewString()
	s.cloud.team(c.vars["team"]).tokens[id] = token
	return object{"id": id, "tokenValue": token.value}, nil
}

func (s *Server) listTeamTokens(c *call) (any, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	list := []object{}
	for id, token := range s.cloud.team(c.vars["team"]).tokens {
		list = append(list, object{"id": id, "name": token.name, "description": token.description})
	}
	return object{"tokens": list}, nil
}

func (s *Server) deleteTeamToken(c *call) (any, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	t := s.cloud.team(c.vars["team"])
	delete(s.cloud.tokens, t.tokens[c.vars["token"]].value)
	delete(t.tokens, c.vars["token"])
	return reply{status: http.StatusNoContent}, nil
}
