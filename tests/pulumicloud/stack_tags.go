package pulumicloud

// projectTag is the built-in tag with the project of a stack. It cannot be changed.
const projectTag = "pulumi:project"

func (s *Server) replaceTags(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	tags := map[string]string{}
	if err := c.decode(&tags); err != nil {
		return nil, err
	}
	if project, ok := tags[projectTag]; ok && project != st.name.project {
		return nil, badRequest("the project of a stack cannot be changed by its tags")
	}
	st.tags = tags
	return noContent()
}

// stackTag is the body of the calls for a single tag.
type stackTag struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func (s *Server) createTag(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var tag stackTag
	if err := c.decode(&tag); err != nil {
		return nil, err
	}
	if _, ok := st.tags[tag.Name]; ok || tag.Name == "" {
		return nil, badRequest("Invalid tag name or tag already exists.")
	}
	st.tags[tag.Name] = tag.Value
	return noContent()
}

func (s *Server) updateTag(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var tag stackTag
	if err := c.decode(&tag); err != nil {
		return nil, err
	}
	name := c.vars["tag"]
	if _, ok := st.tags[name]; !ok {
		return nil, notFound("tag '%s' not found", name)
	}
	if name == projectTag {
		return nil, badRequest("built-in tags cannot be updated")
	}
	st.tags[name] = tag.Value
	return noContent()
}

func (s *Server) deleteTag(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	delete(st.tags, c.vars["tag"])
	return noContent()
}

// tagged reports whether a stack has the tag. An empty value matches any value, and an empty name matches any stack.
func (st *stack) tagged(name, value string) bool {
	found, ok := st.tags[name]
	return name == "" || ok && (value == "" || found == value)
}
