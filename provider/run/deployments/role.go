package deployments

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Role is what the deployments of a stack run as: a role, a team or a service principal. The settings store its ID, and
// the service adds its name.
type Role struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// String returns the name, or the ID if the name is unknown.
func (r Role) String() string {
	if r.Name != "" {
		return r.Name
	}
	return r.ID
}

// settingsRole is the part of the deployment settings that contains the role.
type settingsRole struct {
	OperationContext struct {
		Role Role `json:"role"`
	} `json:"operationContext"`
}

// Role reads the role of the deployments of a stack. It is empty if none is selected, or if the settings or the stack
// do not exist.
func (c *Client) Role(ctx context.Context, stack Stack) (Role, error) {
	var settings settingsRole
	err := c.get(ctx, stack.path("deployments", "settings"), "", &settings)
	if IsNotFound(err) {
		return Role{}, nil
	}
	if err != nil {
		return Role{}, fmt.Errorf("reading the role of the deployments of %s: %w", stack, err)
	}
	return settings.OperationContext.Role, nil
}

// FindRole finds a role of an organization by its name or ID. An ID that is not listed is returned as it is, for the
// service to judge: the list has no teams or service principals, and the caller may not be allowed to read it.
func (c *Client) FindRole(ctx context.Context, organization, text string) (Role, error) {
	var list struct {
		Roles []Role `json:"roles"`
	}
	err := c.get(ctx, apiPath("orgs", organization, "roles"), "uxPurpose=role", &list)
	isID := uuid.Validate(text) == nil
	if isID && (IsNotFound(err) || isForbidden(err)) {
		return Role{ID: text}, nil
	}
	if err != nil {
		return Role{}, fmt.Errorf("looking for the role %q: %w", text, err)
	}
	var known []string
	var named []Role
	for _, role := range list.Roles {
		if role.ID == text {
			return role, nil
		}
		if role.Name == text {
			named = append(named, role)
		}
		known = append(known, role.Name)
	}
	slices.Sort(known)
	switch {
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		return Role{}, fmt.Errorf("%d roles of %s are called %q: give the id of one", len(named), organization, text)
	case isID:
		return Role{ID: text}, nil
	}
	if len(known) == 0 {
		known = []string{"none"}
	}
	return Role{}, fmt.Errorf("%s has no role %q: there are %s", organization, text, strings.Join(known, ", "))
}

// ChooseRole makes the deployments of a stack run as a role. It leaves all other settings alone.
func (c *Client) ChooseRole(ctx context.Context, stack Stack, role Role) error {
	body := map[string]any{"operationContext": map[string]any{"role": map[string]any{"id": role.ID}}}
	r := request{
		method: http.MethodPost, path: stack.path("deployments", "settings"), body: body,
		// The pulumiservice provider wrote the settings and sends the same. Otherwise the service would treat them as
		// set by hand.
		header: http.Header{"X-Pulumi-Source": {"provider"}},
	}
	var answer settingsRole
	// Writing the same settings twice does no harm.
	err := c.repeat(ctx, func() error { return c.once(ctx, r, &answer) }, IsTransient)
	if err == nil && answer.OperationContext.Role.ID != role.ID {
		err = errors.New("Pulumi Cloud accepted the settings but ignored the role") //nolint:staticcheck // a name
	}
	if err != nil {
		return fmt.Errorf("making the deployments of %s run as %s: %w", stack, role, err)
	}
	return nil
}

func isForbidden(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.Status == http.StatusForbidden
}
