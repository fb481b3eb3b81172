package pulumicloud

import (
	"slices"

	"github.com/google/uuid"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
)

// Role is what a deployment may do that runs as it, besides working with every stack. It stands for a service principal
// with that role as well.
type Role struct {
	Name string
	// Opens are the environments that it may open, as project/name; "*" stands for all.
	Opens []string
	// OpensDefinitions is the scope environment_yaml:open, with which `pulumi up` opens a stack's environments.
	OpensDefinitions bool

	id string
}

// roleNamed finds a role by its name or its id, nil if there is none.
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

// listRoles serves the roles of the organization. What a role permits is not shown.
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

// chosenRole is operationContext.role of settings: an id, or "".
func (t tree) chosenRole() string {
	operation, _ := t["operationContext"].(map[string]any)
	role, _ := operation["role"].(map[string]any)
	id, _ := role["id"].(string)
	return id
}

// nameRole completes the role of settings as the service answers it, with id and name. A team may stand in for a
// role, by its name.
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

// runsAs decides which identity a deployment has, as the documentation of permission modes says: that of the principal
// that the stack chose; else, in a permissive organization, that of the default deployment role; else that of whoever
// asked, or for a run that nobody asked for of the organization's background runner.
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

// backgroundRunner is the organization itself, which may open everything.
var backgroundRunner = &Role{Name: "background-runner", Opens: []string{"*"}, OpensDefinitions: true}

// checkToken refuses an access token in the settings where the runs have a principal, or must have one.
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

// ChooseRole makes a stack's deployments run as a role or a team, by its name, as somebody does in the console; "" is
// the default access. The stack must have deployment settings.
func (s *Server) ChooseRole(stack, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.cloud.find(stack)
	if st == nil || st.settings == nil {
		return notFound("Stack '%s' has no deployment settings", stack)
	}
	var role any // null takes it away
	if found := s.cloud.roleNamed(name); found != nil {
		role = map[string]any{"id": found.id}
	} else if name != "" {
		role = map[string]any{"id": name}
	}
	return s.store(st, st.settings.merge(tree{"operationContext": map[string]any{"role": role}}))
}

// ChosenRole is the name of the role or team that a stack's deployments run as, "" for none.
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
