package pulumicloud

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
)

// latestTag is the built-in tag of the newest revision.
const latestTag = "latest"

// versionTag is a tag of a revision.
type versionTag struct {
	name              string
	revision          int
	created, modified time.Time
	author            string
}

func (t *versionTag) answer() object {
	return object{
		"name": t.name, "revision": t.revision, "created": t.created, "modified": t.modified,
		"editorLogin": t.author, "editorName": t.author,
	}
}

// envRef is a reference to an environment: [project/]name[@version]. The version is a number or a tag.
type envRef struct {
	name    envName
	version string
}

func parseEnvRef(org, text string) (envRef, bool) {
	path, version, versioned := strings.Cut(text, "@")
	project, name, found := strings.Cut(path, "/")
	if !found {
		project, name = "default", path
	}
	ok := environmentNamePattern.MatchString(project) && environmentNamePattern.MatchString(name) &&
		(!versioned || version != "")
	return envRef{name: envName{org, project, name}, version: version}, ok
}

// resolve returns the environment and the revision that a reference names.
func (c *cloud) resolve(ref envRef) (*environment, *revision, error) {
	env, ok := c.envs[ref.name]
	if !ok {
		return nil, nil, notFound("Environment '%s' not found", ref.name.short())
	}
	rev, err := env.version(ref.version)
	return env, rev, err
}

// version returns a revision by its number or tag, the latest for "".
func (e *environment) version(version string) (*revision, error) {
	number := len(e.revisions)
	if version != "" && version != latestTag {
		if parsed, err := strconv.Atoi(version); err == nil {
			number = parsed
		} else if tag, ok := e.tags[version]; ok {
			number = tag.revision
		} else {
			return nil, notFound("Environment '%s' has no version '%s'", e.name.short(), version)
		}
	}
	if number < 1 || number > len(e.revisions) {
		return nil, notFound("Environment '%s' has no revision %d", e.name.short(), number)
	}
	return e.revisions[number-1], nil
}

// revisionOf returns the revision in the URL and its environment.
func (s *Server) revisionOf(c *call) (*revision, *environment, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, nil, err
	}
	rev, err := env.version(c.vars["version"])
	return rev, env, err
}

func (s *Server) listVersions(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	before, count := c.number("before", len(env.revisions)+1), c.number("count", 100)
	list := []object{}
	for number := min(before-1, len(env.revisions)); number >= 1 && len(list) < count; number-- {
		list = append(list, env.describe(env.revisions[number-1]))
	}
	return list, nil
}

// describe is a revision in a list.
func (e *environment) describe(rev *revision) object {
	tags := []string{}
	for _, tag := range e.tags {
		if tag.revision == rev.number {
			tags = append(tags, tag.name)
		}
	}
	if rev == e.latest() {
		tags = append(tags, latestTag)
	}
	sort.Strings(tags)
	return object{
		"number": rev.number, "created": rev.created, "creatorLogin": rev.author, "creatorName": rev.author, "tags": tags,
	}
}

func (s *Server) listVersionTags(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	list := []object{env.latestTag().answer()}
	for _, tag := range env.tags {
		list = append(list, tag.answer())
	}
	sort.Slice(list, func(i, j int) bool { return fmt.Sprint(list[i]["name"]) < fmt.Sprint(list[j]["name"]) })
	return object{"tags": list, "nextToken": ""}, nil
}

func (e *environment) latestTag() *versionTag {
	rev := e.latest()
	return &versionTag{
		name: latestTag, revision: rev.number, created: e.revisions[0].created, modified: rev.created, author: rev.author,
	}
}

// tagTarget returns the revision for a tag, by default the latest.
func tagTarget(env *environment, revision *int) (int, error) {
	if revision == nil {
		return env.latest().number, nil
	}
	if *revision < 1 || *revision > len(env.revisions) {
		return 0, notFound("Environment '%s' has no revision %d", env.name.short(), *revision)
	}
	return *revision, nil
}

func (s *Server) createVersionTag(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	var req cloudtype.CreateEnvironmentRevisionTagRequest
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	number, err := tagTarget(env, req.Revision)
	if err != nil {
		return nil, err
	}
	_, isNumber := strconv.Atoi(req.Name)
	if !environmentNamePattern.MatchString(req.Name) || isNumber == nil || req.Name == latestTag {
		return nil, badRequest("%q cannot be the name of a tag", req.Name)
	}
	if _, ok := env.tags[req.Name]; ok {
		return nil, conflict("tag '%s' already exists", req.Name)
	}
	tag := &versionTag{
		name: req.Name, revision: number, created: s.cloud.now, modified: s.cloud.now, author: c.who.login(),
	}
	env.tags[tag.name] = tag
	s.publishVersionTag(env, "created", tag)
	return noContent()
}

// versionTagOf returns the environment and the version tag in the URL.
func (s *Server) versionTagOf(c *call) (*environment, *versionTag, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, nil, err
	}
	name := c.vars["tag"]
	if name == latestTag {
		return env, env.latestTag(), nil
	}
	tag, ok := env.tags[name]
	if !ok {
		return nil, nil, notFound("Environment '%s' has no tag '%s'", env.name.short(), name)
	}
	return env, tag, nil
}

func (s *Server) getVersionTag(c *call) (any, error) {
	_, tag, err := s.versionTagOf(c)
	if err != nil {
		return nil, err
	}
	return tag.answer(), nil
}

func (s *Server) updateVersionTag(c *call) (any, error) {
	env, tag, err := s.versionTagOf(c)
	if err != nil {
		return nil, err
	}
	var req cloudtype.UpdateEnvironmentRevisionTagRequest
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if tag.name == latestTag {
		return nil, badRequest("the tag 'latest' cannot be moved")
	}
	number, err := tagTarget(env, req.Revision)
	if err != nil {
		return nil, err
	}
	tag.revision, tag.modified, tag.author = number, s.cloud.now, c.who.login()
	s.publishVersionTag(env, "updated", tag)
	return noContent()
}

func (s *Server) deleteVersionTag(c *call) (any, error) {
	env, tag, err := s.versionTagOf(c)
	if err != nil {
		return nil, err
	}
	if tag.name == latestTag {
		return nil, badRequest("the tag 'latest' cannot be deleted")
	}
	delete(env.tags, tag.name)
	s.publishVersionTag(env, "deleted", tag)
	return noContent()
}

// publishVersionTag publishes a change of a tag. Notifying importers of env@tag is an assumption (see doc.go).
func (s *Server) publishVersionTag(env *environment, action string, tag *versionTag) {
	s.publishEnvironment(env, "environment_revision_tag_"+action, "environment_revision_tag",
		object{"action": action, "revisionTag": tag.name, "revision": tag.revision})
	if action != "deleted" {
		s.publishImporters(env, tag.revision, func(version string) bool { return version == tag.name })
	}
}
