package pulumicloud

import (
	"slices"

	"github.com/google/uuid"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
)

// Role is a role for deployments, or a service principal with that role. It may use every stack, besides what its
// fields allow.
type Role struct {
	Name string
	// Opens are the environments that it may open, as project/name. "*" means all.
	Opens []string
	// OpensDefinitions is the scope environment_yaml:open, which `pulumi up` needs to open a stack's environments.
	OpensDefinitions bool

	id string
}

// roleNamed returns a role by its name or ID, nil if there is none.
func (c *cloud) roleNamed(text string) *Role {
	at := slices.IndexFunc(c.roles, func(r *Role) bool { return text != "" && (r.Name == text || r.id == text) })
	if at < 0 {
		return nil
	}
	return c.roles[at]
}

func (c *cloud) addRole(role Role) {
	role.id = uuid.NewString()
	c.roles = append(c.roles, &role)
}

func (r *Role) mayOpen(env *environment) bool {
	return slices.Contains(r.Opens, "*") || slices.Contains(r.Opens, env.name.short())
}

// listRoles lists the roles of the organization, without their permissions.
func (s *Server) listRoles(c *call) (any, error) {
	if _, err := s.requireOrg(c); err != nil {
		return nil, err
	}
	if purpose := c.r.URL.Query().Get("uxPurpose"); purpose != "role" {
		return nil, badRequest("there are roles only, no descriptors for %q", purpose)
	}
	list := cloudtype.ListRolesResponse{Roles: []cloudtype.PermissionDescriptorRecord{}}
	for _, role := range s.cloud.roles {
		list.Roles = append(list.Roles, cloudtype.PermissionDescriptorRecord{
			PermissionDescriptorBase: cloudtype.PermissionDescriptorBase{
				Name: role.Name, ResourceType: "organization", UxPurpose: cloudtype.PermissionDescriptorUXPurposeRole,
			},
			ID: role.id, OrgID: s.opts.Organization, Version: 1, Created: s.opts.Now, Modified: s.opts.Now,
		})
	}
	return list, nil
}

// chosenRole returns operationContext.role of the settings: an ID, or "".
func (t tree) chosenRole() string {
	operation, _ := t["operationContext"].(map[string]any)
	role, _ := operation["role"].(map[string]any)
	id, _ := role["id"].(string)
	return id
}

// nameRole replaces the role in the settings with the service's form of ID and name. A team, by name, may replace a
// role.
func (s *Server) nameRole(t tree) error {
	operation, _ := t["operationContext"].(map[string]any)
	sent, given := operation["role"].(map[string]any)
	if !given {
		return nil
	}
	id := t.chosenRole()
	switch role, team := s.cloud.roleNamed(id), s.cloud.teams[id]; {
	case role != nil && role.id == id:
		sent["name"] = role.Name
	case team != nil:
		sent["name"] = team.displayName
	default:
		return badRequest("invalid deployment role %q", id)
	}
	return nil
}

// runsAs returns the identity of a deployment, by the documentation of permission modes: the principal that the stack
// selected; else the default deployment role; else the caller. If no user requested the deployment, the background
// runner replaces the caller with Options.BackgroundRunner. A restricted organization refuses all but the first.
func (s *Server) runsAs(request deploymentRequest, who identity) (identity, error) {
	if id := request.settings.chosenRole(); id != "" {
		if role := s.cloud.roleNamed(id); role != nil {
			return identity{kind: roleIdentity, role: role}, nil
		}
		return identity{kind: teamIdentity, team: id}, nil
	}
	if s.opts.Restricted {
		return identity{}, badRequest("the organization is restricted: its deployments run as a service principal or a " +
			"team that the stack's deployment settings select, and this stack selects none")
	}
	if role := s.cloud.roleNamed(s.opts.DefaultDeploymentRole); role != nil {
		return identity{kind: roleIdentity, role: role}, nil
	}
	if who.kind == stackIdentity && s.opts.BackgroundRunner {
		return identity{kind: roleIdentity, role: backgroundRunner}, nil
	}
	return who, nil
}

// backgroundRunner is the identity of the organization itself. It may open everything.
var backgroundRunner = &Role{Name: "background-runner", Opens: []string{"*"}, OpensDefinitions: true}

// checkToken refuses an access token in the settings if the deployments have a principal or must have one.
func (s *Server) checkToken(t tree) error {
	operation, _ := t["operationContext"].(map[string]any)
	variables, _ := operation["environmentVariables"].(map[string]any)
	if _, given := variables["PULUMI_ACCESS_TOKEN"]; !given {
		return nil
	}
	if s.opts.Restricted {
		return badRequest("PULUMI_ACCESS_TOKEN is not allowed in the deployment settings of a restricted organization")
	}
	if t.chosenRole() != "" {
		return badRequest("PULUMI_ACCESS_TOKEN is not allowed in deployment settings that select a service principal or team")
	}
	return nil
}

// ChooseRole sets the role or team, by name, that a stack's deployments run as, like a user does in the console. ""
// restores the default access. The stack must have deployment settings.
func (s *Server) ChooseRole(stack, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.cloud.find(stack)
	if st == nil || st.settings == nil {
		return notFound("Stack '%s' has no deployment settings", stack)
	}
	var role any // null removes it
	if found := s.cloud.roleNamed(name); found != nil {
		role = map[string]any{"id": found.id}
	} else if name != "" {
		role = map[string]any{"id": name}
	}
	return s.store(st, st.settings.merge(tree{"operationContext": map[string]any{"role": role}}))
}

// ChosenRole returns the name of the role or team of a stack's deployments, "" for none.
func (s *Server) ChosenRole(stack string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.cloud.find(stack)
	if st == nil {
		return ""
	}
	id := st.settings.chosenRole()
	if role := s.cloud.roleNamed(id); role != nil {
		return role.Name
	}
	return id
}

// mayOpenDefinitions reports whether an identity has the scope environment_yaml:open.
func (s *Server) mayOpenDefinitions(who identity) bool {
	switch who.kind {
	case userIdentity:
		return true
	case roleIdentity:
		return who.role.OpensDefinitions
	default:
		return !s.opts.RestrictAnonymousOpens
	}
}
