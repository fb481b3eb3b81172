package pulumicloud

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// Service-backed configuration: one ESC environment provides the whole configuration of a stack.

func (s *Server) getConfig(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	if st.config == nil {
		return nil, notFound("Stack '%s' has no service-managed configuration", st.name)
	}
	return st.config, nil
}

func (s *Server) putConfig(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var config apitype.StackConfig
	if err := c.decode(&config); err != nil {
		return nil, err
	}
	if err := s.checkConfig(st.name.org, config); err != nil {
		return nil, err
	}
	st.config = &config
	return config, nil
}

// checkConfig refuses an environment or a version that does not exist.
func (s *Server) checkConfig(org string, config apitype.StackConfig) error {
	ref, ok := parseEnvRef(org, config.Environment)
	if !ok || !strings.Contains(config.Environment, "/") {
		return badRequest("invalid environment %q: it must be of the form project/environment[@version]", config.Environment)
	}
	if _, _, err := s.cloud.resolve(ref); err != nil {
		return badRequest("invalid environment: %v", err)
	}
	return nil
}

func (s *Server) deleteConfig(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	if st.config == nil {
		return nil, notFound("Stack '%s' has no service-managed configuration", st.name)
	}
	st.config = nil
	return noContent()
}
