package pulumicloud

import (
	"errors"
	"net/http"

	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// errNoSettings is the service's message for a stack without deployment settings.
const errNoSettings = "stack does not have deployment settings configured"

func (s *Server) getSettings(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	if st.settings == nil {
		return nil, notFound("Stack '%s' has no deployment settings", st.name)
	}
	return st.settingsAnswer(), nil
}

func (st *stack) settingsAnswer() tree {
	answer := st.settings.clone()
	answer["version"] = st.settingsVersion
	if _, ok := answer["source"]; !ok {
		answer["source"] = string(apitype.DeploymentSettingsSourceAPI)
	}
	return answer
}

// replaceSettings serves PUT. It removes everything that is not in the request.
func (s *Server) replaceSettings(c *call) (any, error) {
	return s.storeSettings(c, func(_, sent tree) tree { return tree{}.merge(sent) })
}

// mergeSettings serves POST. It leaves what is not in the request, and removes what is null.
func (s *Server) mergeSettings(c *call) (any, error) {
	return s.storeSettings(c, func(old, sent tree) tree { return old.merge(sent) })
}

func (s *Server) storeSettings(c *call, combine func(old, sent tree) tree) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var sent tree
	if err := errors.Join(c.decodeStrictly(&cloudtype.DeploymentSettingsRequest{}), c.decode(&sent)); err != nil {
		return nil, err
	}
	sealed, err := sent.seal(s.keys.of(st.id))
	if err != nil {
		return nil, err
	}
	old := st.settings
	if old == nil {
		old = tree{}
	}
	combined := combine(old, sealed)
	delete(combined, "version") // the service assigns it
	delete(combined, "source")
	if c.r.Header.Get("X-Pulumi-Source") == "provider" {
		combined["source"] = string(apitype.DeploymentSettingsSourceProvider)
	}
	if err := s.store(st, combined); err != nil {
		return nil, err
	}
	return st.settingsAnswer(), nil
}

// store checks settings and stores them.
func (s *Server) store(st *stack, settings tree) error {
	for _, check := range []func() error{
		func() error { return s.checkSettings(st, settings) },
		func() error { return s.nameRole(settings) },
		func() error { return s.checkToken(settings) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	st.settings = settings
	st.settingsVersion++
	return nil
}

// checkSettings refuses settings that cannot be parsed, and ciphertext of another owner.
func (s *Server) checkSettings(st *stack, t tree) error {
	settings, err := t.settings()
	if err != nil {
		return badRequest("invalid deployment settings: %v", err)
	}
	if git := sourceOf(settings); git != nil && git.Branch != "" && git.Commit != "" {
		return badRequest("branch and commit are mutually exclusive")
	}
	if git := sourceOf(settings); git != nil && git.Branch != "" && git.Tag != "" {
		return badRequest("branch and tag are mutually exclusive")
	}
	if settings.Operation == nil {
		return nil
	}
	for name, value := range settings.Operation.EnvironmentVariables {
		if _, err := s.keys.of(st.id).reveal(value); err != nil {
			return badRequest("environment variable %s: %v", name, err)
		}
	}
	return nil
}

func sourceOf(settings apitype.DeploymentSettings) *apitype.SourceContextGit {
	if settings.SourceContext == nil {
		return nil
	}
	return settings.SourceContext.Git
}

func (s *Server) deleteSettings(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	if st.settings == nil {
		return nil, notFound("Stack '%s' has no deployment settings", st.name)
	}
	st.settings = nil
	return withStatus(http.StatusOK, true)
}

// encryptSetting serves POST .../settings/encrypt.
func (s *Server) encryptSetting(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var sent tree
	if err := errors.Join(c.decodeStrictly(&cloudtype.SecretValue{}), c.decode(&sent)); err != nil {
		return nil, err
	}
	if plain, _, ok := secretOf(sent); !ok || plain == "" {
		return nil, badRequest("Invalid empty value")
	}
	return sent.seal(s.keys.of(st.id))
}
