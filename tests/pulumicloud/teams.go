package pulumicloud

import (
	"slices"

	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
)

// team is a group of users with permissions.
type team struct {
	name, displayName, description string
	members                        []string
	stacks                         []cloudtype.TeamStackPermission
	environments                   []cloudtype.TeamEnvironmentSettings
}

// addTeam returns the team with this name, and creates it if necessary.
func (c *cloud) addTeam(name string) *team {
	t, ok := c.teams[name]
	if !ok {
		t = &team{name: name, displayName: name}
		c.teams[name] = t
	}
	return t
}

// teamMayOpen reports whether a team has the permission open, or more, on an environment.
func (c *cloud) teamMayOpen(name string, env *environment) bool {
	t, ok := c.teams[name]
	return ok && slices.ContainsFunc(t.environments, func(e cloudtype.TeamEnvironmentSettings) bool {
		return e.ProjectName == env.name.project && e.EnvName == env.name.name &&
			e.Permission != cloudtype.EnvironmentPermissionRead
	})
}

func (t *team) answer() object {
	members := []object{}
	for _, login := range t.members {
		member := requester(login)
		member["role"] = "member"
		members = append(members, member)
	}
	return object{
		"kind": "pulumi", "name": t.name, "displayName": t.displayName, "description": t.description, "members": members,
		"stacks":       append([]cloudtype.TeamStackPermission{}, t.stacks...),
		"environments": append([]cloudtype.TeamEnvironmentSettings{}, t.environments...),
		"userRole":     "admin",
	}
}

// orgOf validates the organization in the URL and refuses callers other than a user.
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
	var req cloudtype.CreatePulumiTeamRequest
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if req.Name == "" {
		return nil, badRequest("a team needs a name")
	}
	if _, ok := s.cloud.teams[req.Name]; ok {
		return nil, conflict("Team with this name already exists")
	}
	t := s.cloud.addTeam(req.Name)
	t.displayName, t.description = req.DisplayName, req.Description
	return created(t.answer())
}

// teamOf returns the team in the URL.
func (s *Server) teamOf(c *call) (*team, error) {
	if err := s.orgOf(c); err != nil {
		return nil, err
	}
	t, ok := s.cloud.teams[c.vars["team"]]
	if !ok {
		return nil, notFound("Team '%s' not found", c.vars["team"])
	}
	return t, nil
}

func (s *Server) getTeam(c *call) (any, error) {
	t, err := s.teamOf(c)
	if err != nil {
		return nil, err
	}
	return t.answer(), nil
}

func (s *Server) deleteTeam(c *call) (any, error) {
	t, err := s.teamOf(c)
	if err != nil {
		return nil, err
	}
	for token, who := range s.cloud.tokens {
		if who.kind == teamIdentity && who.team == t.name {
			delete(s.cloud.tokens, token)
		}
	}
	delete(s.cloud.teams, t.name)
	return noContent()
}

func (s *Server) patchTeam(c *call) (any, error) {
	t, err := s.teamOf(c)
	if err != nil {
		return nil, err
	}
	var patch cloudtype.UpdateTeamRequest
	if err := c.decodeStrictly(&patch); err != nil {
		return nil, err
	}
	if err := s.checkGrants(c.vars["org"], patch); err != nil {
		return nil, err
	}
	if patch.NewDisplayName != nil {
		t.displayName = *patch.NewDisplayName
	}
	if patch.NewDescription != nil {
		t.description = *patch.NewDescription
	}
	t.patchMembers(patch)
	t.patchStacks(patch)
	t.patchEnvironments(patch)
	return noContent()
}

// checkGrants refuses unknown permissions, and permissions on environments or stacks that do not exist.
func (s *Server) checkGrants(org string, patch cloudtype.UpdateTeamRequest) error {
	for _, e := range []*cloudtype.TeamEnvironmentSettings{
		patch.AddEnvironmentPermission, patch.EditEnvironmentPermission,
	} {
		if e == nil {
			continue
		}
		if !e.Permission.IsValid() {
			return badRequest("unknown permission %q", e.Permission)
		}
		if name := (envName{org, e.ProjectName, e.EnvName}); s.cloud.envs[name] == nil {
			return notFound("Environment '%s' not found", name)
		}
	}
	for _, st := range []*cloudtype.TeamStackPermission{patch.AddStackPermission, patch.EditStackPermission} {
		if st == nil {
			continue
		}
		if name := (stackName{org, st.ProjectName, st.StackName}); s.cloud.stacks[name] == nil {
			return notFound("Stack '%s' not found", name)
		}
	}
	return nil
}

func (t *team) patchMembers(patch cloudtype.UpdateTeamRequest) {
	if patch.MemberAction == nil || patch.Member == nil {
		return
	}
	t.members = slices.DeleteFunc(t.members, func(login string) bool { return login == *patch.Member })
	if *patch.MemberAction != cloudtype.MemberActionRemove {
		t.members = append(t.members, *patch.Member)
	}
}

// patchStacks grants and revokes permissions on stacks. Adding "none" does nothing. Changing a permission to "none"
// revokes it.
func (t *team) patchStacks(patch cloudtype.UpdateTeamRequest) {
	remove := func(project, stack string) {
		t.stacks = slices.DeleteFunc(t.stacks, func(s cloudtype.TeamStackPermission) bool {
			return s.ProjectName == project && s.StackName == stack
		})
	}
	none := cloudtype.StackPermissionNone
	if add := patch.AddStackPermission; add != nil && add.Permission != none {
		remove(add.ProjectName, add.StackName)
		t.stacks = append(t.stacks, *add)
	}
	if edit := patch.EditStackPermission; edit != nil {
		remove(edit.ProjectName, edit.StackName)
		if edit.Permission != none {
			t.stacks = append(t.stacks, *edit)
		}
	}
	if gone := patch.RemoveStack; gone != nil {
		remove(gone.ProjectName, gone.StackName)
	}
}

// patchEnvironments does the same for environments.
func (t *team) patchEnvironments(patch cloudtype.UpdateTeamRequest) {
	remove := func(project, env string) {
		t.environments = slices.DeleteFunc(t.environments, func(e cloudtype.TeamEnvironmentSettings) bool {
			return e.ProjectName == project && e.EnvName == env
		})
	}
	none := cloudtype.EnvironmentPermissionNone
	if add := patch.AddEnvironmentPermission; add != nil && add.Permission != none {
		remove(add.ProjectName, add.EnvName)
		t.environments = append(t.environments, *add)
	}
	if edit := patch.EditEnvironmentPermission; edit != nil {
		remove(edit.ProjectName, edit.EnvName)
		if edit.Permission != none {
			t.environments = append(t.environments, *edit)
		}
	}
	if gone := patch.RemoveEnvironment; gone != nil {
		remove(gone.ProjectName, gone.EnvName)
	}
}
