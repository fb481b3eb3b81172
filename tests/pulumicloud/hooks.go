package pulumicloud

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
)

const (
	formatRaw         = "raw"
	formatSlack       = "slack"
	formatTeams       = "ms_teams"
	formatDeployments = "pulumi_deployments"

	// slackReceivers is the only address that hooks of the slack format may have.
	slackReceivers = "https://hooks.slack.com/"

	// removeSecret is sent to remove the secret of a hook. An empty secret leaves it.
	removeSecret = "__remove-secret"
)

// hookName is the service's rule for the name of a hook.
var hookName = regexp.MustCompile(`^[a-zA-Z0-9-_.]{1,32}$`)

// deploymentTarget is the form of the URL of a pulumi_deployments hook: project/stack.
var deploymentTarget = regexp.MustCompile(`^[^\s/]+/[^\s/]+$`)

// hook is a webhook of the organization, a stack or an environment.
type hook struct {
	stack *stack       // set for a hook of a stack
	env   *environment // set for a hook of an environment

	name, displayName, payloadURL string
	format                        string
	active                        bool
	filters, groups               []string
	secret, secretCiphertext      string
	deliveries                    []*delivery // oldest first
}

// hookScope is the owner of hooks in a URL.
type hookScope struct {
	org   string
	stack *stack
	env   *environment
	hooks *[]*hook
}

func (s *Server) hookScopeOf(c *call) (hookScope, error) {
	switch {
	case c.vars["env"] != "":
		env, err := s.environmentOf(c)
		if err != nil {
			return hookScope{}, err
		}
		return hookScope{org: env.name.org, env: env, hooks: &env.hooks}, nil
	case c.vars["stack"] != "":
		st, err := s.stackOf(c)
		if err != nil {
			return hookScope{}, err
		}
		return hookScope{org: st.name.org, stack: st, hooks: &st.hooks}, nil
	default:
		org, err := s.requireOrg(c)
		if err != nil {
			return hookScope{}, err
		}
		return hookScope{org: org, hooks: &s.cloud.hooks}, c.who.requireUser("manage the organization's webhooks")
	}
}

// matches refuses a body that names another owner than the URL.
func (o hookScope) matches(req cloudtype.Webhook) error {
	project, stack, env := "", "", ""
	if o.stack != nil {
		project, stack = o.stack.name.project, o.stack.name.stack
	}
	if o.env != nil {
		project, env = o.env.name.project, o.env.name.name
	}
	switch {
	case req.OrganizationName != o.org:
		return badRequest("Organization name from request body doesn't match URL")
	case differs(req.ProjectName, project):
		return badRequest("Project name from request body doesn't match URL")
	case differs(req.StackName, stack):
		return badRequest("Stack name from request body doesn't match URL")
	case differs(req.EnvName, env):
		return badRequest("Environment name from request body doesn't match URL")
	}
	return nil
}

func differs(sent *string, name string) bool { return sent != nil && *sent != "" && *sent != name }

func (o hookScope) answer(h *hook) object {
	answer := object{
		"organizationName": o.org, "name": h.name, "displayName": h.displayName, "payloadUrl": h.payloadURL,
		"active": h.active, "format": h.format, "filters": h.filters, "groups": h.groups,
		"hasSecret": h.secret != "", "secretCiphertext": h.secretCiphertext,
	}
	if o.stack != nil {
		answer["projectName"], answer["stackName"] = o.stack.name.project, o.stack.name.stack
	}
	if o.env != nil {
		answer["projectName"], answer["envName"] = o.env.name.project, o.env.name.name
	}
	return answer
}

// setHook validates a request and applies it.
func (s *Server) setHook(o hookScope, h *hook, req cloudtype.Webhook) error {
	format := h.format
	if req.Format != nil && *req.Format != "" {
		format = *req.Format
	}
	switch format {
	case formatDeployments:
		if o.stack == nil && o.env == nil {
			return badRequest("format %s is only for webhooks of stacks and environments", formatDeployments)
		}
		if !deploymentTarget.MatchString(req.PayloadURL) {
			return badRequest("payloadUrl must be of the form project/stack")
		}
	case formatRaw, formatSlack, formatTeams:
		address, err := url.Parse(req.PayloadURL)
		if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
			return badRequest("payloadUrl must be an absolute URL")
		}
		if format == formatSlack && !strings.HasPrefix(req.PayloadURL, slackReceivers) {
			return badRequest("payloadUrl of a slack webhook must start with %s", slackReceivers)
		}
	default:
		return badRequest("unknown webhook format %q", format)
	}
	if req.DisplayName == "" {
		return badRequest("a webhook needs a display name")
	}
	for _, filter := range req.Filters {
		if !isEvent(filter) {
			return badRequest("unknown webhook filter %q", filter)
		}
	}
	for _, group := range req.Groups {
		if _, ok := eventGroups[group]; !ok {
			return badRequest("unknown webhook group %q", group)
		}
	}
	h.format, h.displayName, h.payloadURL, h.active = format, req.DisplayName, req.PayloadURL, req.Active
	h.filters, h.groups = orEmptyList(req.Filters), orEmptyList(req.Groups)
	return s.setHookSecret(h, req.Secret)
}

func (s *Server) setHookSecret(h *hook, secret string) error {
	switch secret {
	case "":
	case removeSecret:
		h.secret, h.secretCiphertext = "", ""
	default:
		ciphertext, err := s.keys.of("hook").Encrypt(context.Background(), []byte(secret))
		if err != nil {
			return err
		}
		h.secret, h.secretCiphertext = secret, base64.StdEncoding.EncodeToString(ciphertext)
	}
	return nil
}

func orEmptyList(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (s *Server) createHook(c *call) (any, error) {
	scope, err := s.hookScopeOf(c)
	if err != nil {
		return nil, err
	}
	var req cloudtype.Webhook
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if err := scope.matches(req); err != nil {
		return nil, err
	}
	h := &hook{stack: scope.stack, env: scope.env, name: req.Name, format: formatRaw}
	if h.name == "" {
		h.name = randomHex(4)
	}
	if !hookName.MatchString(h.name) {
		return nil, badRequest("a webhook's name has up to 32 letters, digits, hyphens, underscores and periods")
	}
	for _, other := range *scope.hooks {
		if other.name == h.name {
			return nil, conflict("Webhook with name %s already exists.", h.name)
		}
	}
	if err := s.setHook(scope, h, req); err != nil {
		return nil, err
	}
	*scope.hooks = append(*scope.hooks, h)
	return created(scope.answer(h))
}

func (s *Server) listHooks(c *call) (any, error) {
	scope, err := s.hookScopeOf(c)
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, h := range *scope.hooks {
		list = append(list, scope.answer(h))
	}
	return list, nil
}

// hookOf returns the hook in the URL.
func (s *Server) hookOf(c *call) (hookScope, *hook, error) {
	scope, err := s.hookScopeOf(c)
	if err != nil {
		return scope, nil, err
	}
	for _, h := range *scope.hooks {
		if h.name == c.vars["hook"] {
			return scope, h, nil
		}
	}
	return scope, nil, notFound("Webhook '%s' not found", c.vars["hook"])
}

func (s *Server) getHook(c *call) (any, error) {
	scope, h, err := s.hookOf(c)
	if err != nil {
		return nil, err
	}
	return scope.answer(h), nil
}

func (s *Server) updateHook(c *call) (any, error) {
	scope, h, err := s.hookOf(c)
	if err != nil {
		return nil, err
	}
	var req cloudtype.Webhook
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if req.OrganizationName == "" {
		req.OrganizationName = scope.org // the CLI's update does not send it
	}
	if err := scope.matches(req); err != nil {
		return nil, err
	}
	if err := s.setHook(scope, h, req); err != nil {
		return nil, err
	}
	return scope.answer(h), nil
}

func (s *Server) deleteHook(c *call) (any, error) {
	scope, h, err := s.hookOf(c)
	if err != nil {
		return nil, err
	}
	*scope.hooks = slices.DeleteFunc(*scope.hooks, func(other *hook) bool { return other == h })
	return reply{status: http.StatusNoContent}, nil
}
