package pulumicloud

import (
	"time"

	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
)

// label is a tag of an environment, not of a version.
type label struct {
	name, value       string
	created, modified time.Time
	author            string
}

func (l *label) answer() object {
	return object{
		"name": l.name, "value": l.value, "created": l.created, "modified": l.modified,
		"editorLogin": l.author, "editorName": l.author,
	}
}

func (s *Server) getEnvironmentSettings(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	return object{"deletionProtected": env.deletionProtected}, nil
}

func (s *Server) patchEnvironmentSettings(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	var req cloudtype.PatchEnvironmentSettingsRequest
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if req.DeletionProtected != nil {
		env.deletionProtected = *req.DeletionProtected
	}
	return noContent()
}

func (s *Server) listEnvironmentTags(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	tags := map[string]object{}
	for name, l := range env.labels {
		tags[name] = l.answer()
	}
	return object{"tags": tags, "nextToken": ""}, nil
}

func (s *Server) createEnvironmentTag(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	var req cloudtype.CreateEnvironmentTagRequest
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if req.Name == "" {
		return nil, badRequest("a tag needs a name")
	}
	if _, ok := env.labels[req.Name]; ok {
		return nil, conflict("tag '%s' already exists", req.Name)
	}
	l := &label{
		name: req.Name, value: req.Value,
		created: s.cloud.now, modified: s.cloud.now, author: c.who.login(),
	}
	env.labels[l.name] = l
	s.publishLabel(env, "created", l)
	return l.answer(), nil
}

// labelOf returns the environment and its tag in the URL.
func (s *Server) labelOf(c *call) (*environment, *label, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, nil, err
	}
	l, ok := env.labels[c.vars["tag"]]
	if !ok {
		return nil, nil, notFound("tag '%s' not found", c.vars["tag"])
	}
	return env, l, nil
}

func (s *Server) getEnvironmentTag(c *call) (any, error) {
	_, l, err := s.labelOf(c)
	if err != nil {
		return nil, err
	}
	return l.answer(), nil
}

func (s *Server) updateEnvironmentTag(c *call) (any, error) {
	env, l, err := s.labelOf(c)
	if err != nil {
		return nil, err
	}
	var req cloudtype.UpdateEnvironmentTagRequest
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if req.CurrentTag.Value != l.value {
		return nil, conflict("tag '%s' was changed in the meantime", l.name)
	}
	delete(env.labels, l.name)
	if req.NewTag.Name != "" {
		l.name = req.NewTag.Name
	}
	l.value, l.modified, l.author = req.NewTag.Value, s.cloud.now, c.who.login()
	env.labels[l.name] = l
	s.publishLabel(env, "updated", l)
	return l.answer(), nil
}

func (s *Server) deleteEnvironmentTag(c *call) (any, error) {
	env, l, err := s.labelOf(c)
	if err != nil {
		return nil, err
	}
	delete(env.labels, l.name)
	s.publishLabel(env, "deleted", l)
	return noContent()
}

func (s *Server) publishLabel(env *environment, action string, l *label) {
	s.publishEnvironment(env, "environment_tag_"+action, "environment_tag", object{"action": action, "tag": l.answer()})
}
