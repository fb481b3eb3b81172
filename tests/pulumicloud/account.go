package pulumicloud

import (
	"net/http"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// object is a JSON response without a type of its own.
type object map[string]any

// requester is a user as responses show one.
func requester(login string) object {
	return object{"name": login, "githubLogin": login, "avatarUrl": ""}
}

func (s *Server) getUser(c *call) (any, error) {
	login := c.who.login()
	organizations := []object{}
	for _, name := range append([]string{s.opts.Organization}, s.opts.OtherOrganizations...) {
		organization := requester(name)
		organization["role"] = "admin"
		organizations = append(organizations, organization)
	}
	answer := object{
		"id":            login,
		"githubLogin":   login,
		"name":          login,
		"email":         login + "@example.com",
		"avatarUrl":     "",
		"organizations": organizations,
		"identities":    []string{},
		"hasMFA":        false, "isOrgManaged": false, "isManagedByMultiOrg": false,
	}
	if c.who.kind != userIdentity {
		answer["tokenInfo"] = object{"name": login, "organization": s.opts.Organization, "team": c.who.team}
	}
	return answer, nil
}

func (s *Server) getDefaultOrganization(*call) (any, error) {
	return object{"GitHubLogin": s.opts.Organization, "Messages": []string{}}, nil
}

// getCapabilities advertises batch encryption. Journals are negotiated when an update starts.
func (s *Server) getCapabilities(*call) (any, error) {
	return apitype.CapabilitiesResponse{Capabilities: []apitype.APICapabilityConfig{
		{Capability: apitype.BatchEncrypt},
	}}, nil
}

// getVersion returns versions for which the CLI never asks for an upgrade.
func (s *Server) getVersion(*call) (any, error) {
	return object{"latestVersion": "3.0.0", "oldestWithoutWarning": "3.0.0", "latestDevVersion": "3.0.0"}, nil
}

// accepted answers calls that only inform the service.
func (s *Server) accepted(*call) (any, error) { return reply{status: http.StatusNoContent}, nil }
