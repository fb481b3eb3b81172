package pulumicloud

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// hookBody returns a valid body for a hook of an environment, with changes.
func hookBody(changes map[string]any) map[string]any {
	body := map[string]any{
		"organizationName": "acme", "projectName": "p", "envName": "e", "displayName": "d",
		"payloadUrl": "proj/dev", "format": formatDeployments, "active": true, "secret": "hush",
		"filters": []string{"environment_revision_created", "imported_environment_changed"},
	}
	maps.Copy(body, changes)
	return body
}

func TestHookLife(t *testing.T) {
	c := startCloud(t, Options{})
	c.newEnv("e", "")
	base := envsURL + "/p/e/hooks"
	got := c.do("POST", base, hookBody(nil))
	require.Equal(t, 201, got.status)
	require.NotContains(t, string(got.body), "hush")
	hook := c.list(base)[0]
	name := hook["name"].(string)
	require.NotEmpty(t, name)
	require.LessOrEqual(t, len(name), 32)
	require.Equal(t, true, hook["hasSecret"])
	require.NotEmpty(t, hook["secretCiphertext"])
	require.Equal(t, "e", hook["envName"])
	require.NotContains(t, hook, "stackName")

	// An update replaces everything except the secret and the format, which it retains if they are not given.
	updated := c.ok("PATCH", base+"/"+name, map[string]any{
		"organizationName": "acme", "name": name, "displayName": "new", "payloadUrl": "proj/prod", "active": false,
	})
	require.Equal(t, formatDeployments, updated["format"])
	require.Equal(t, hook["secretCiphertext"], updated["secretCiphertext"])
	require.Empty(t, updated["filters"])
	updated = c.ok("PATCH", base+"/"+name, hookBody(map[string]any{"name": name, "secret": removeSecret}))
	require.Equal(t, false, updated["hasSecret"])

	require.Equal(t, 204, c.do("DELETE", base+"/"+name, nil).status)
	c.refused(404, "GET", base+"/"+name, nil)
	require.Empty(t, c.list(base))
}

func TestHooksAreChecked(t *testing.T) {
	c := startCloud(t, Options{})
	c.newStack()
	c.newEnv("e", "")
	base := envsURL + "/p/e/hooks"
	for name, changes := range map[string]map[string]any{
		"organization":        {"organizationName": "other"},
		"project":             {"projectName": "q"},
		"environment":         {"envName": "f"},
		"stack":               {"stackName": "dev"},
		"target":              {"payloadUrl": "acme/proj/dev"},
		"raw without URL":     {"format": formatRaw},
		"unknown format":      {"format": "carrier-pigeon"},
		"unknown filter":      {"filters": []string{"nothing_happened"}},
		"unknown group":       {"groups": []string{"things"}},
		"missing title":       {"displayName": ""},
		"name too long":       {"name": strings.Repeat("x", 33)},
		"name with a slash":   {"name": "a/b"},
		"slack elsewhere":     {"format": formatSlack, "payloadUrl": "https://chat.example.com/x"},
		"path as environment": {"envName": "p/e"},
	} {
		t.Run(name, func(*testing.T) { c.refused(400, "POST", base, hookBody(changes)) })
	}
	require.Empty(t, c.list(base))

	c.ok("POST", base, hookBody(map[string]any{"name": "mine"}))
	c.refused(409, "POST", base, hookBody(map[string]any{"name": "mine"}))
	c.refused(404, "POST", envsURL+"/p/p/e/hooks", hookBody(nil)) // environmentName "p/e" results in this path

	for filter, group := range map[string]string{
		"import_failed": "policies", "policy_violation_mandatory": "change_requests", "change_request_applied": "stacks",
	} {
		c.ok("POST", base, hookBody(map[string]any{
			"format": formatSlack, "payloadUrl": slackReceivers + "services/x",
			"filters": []string{filter}, "groups": []string{group},
		}))
	}

	org := hookBody(map[string]any{"projectName": "", "envName": ""})
	c.refused(400, "POST", orgURL+"/hooks", org)
	org["format"], org["payloadUrl"] = formatRaw, "https://example.com/x"
	require.Equal(t, 201, c.do("POST", orgURL+"/hooks", org).status)

	stack := hookBody(map[string]any{"projectName": "proj", "stackName": "dev", "envName": ""})
	require.Equal(t, 201, c.do("POST", stackURL+"/hooks", stack).status)
	c.refused(404, "POST", stackURL+"x/hooks", stack)
}
