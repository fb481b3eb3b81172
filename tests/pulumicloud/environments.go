package pulumicloud

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
)

const (
	// revisionHeader contains the revision of a definition. Clients fail without it.
	revisionHeader = "Pulumi-ESC-Revision"
	etagHeader     = "ETag"
)

// environmentNamePattern is the service's rule for names of projects and environments.
var environmentNamePattern = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)

// envName identifies an environment.
type envName struct{ org, project, name string }

func (n envName) String() string { return n.org + "/" + n.project + "/" + n.name }

// short is the name in imports.
func (n envName) short() string { return n.project + "/" + n.name }

// environment is an ESC environment.
type environment struct {
	name              envName
	id                string
	revisions         []*revision // number i+1 at index i
	tags              map[string]*versionTag
	labels            map[string]*label
	hooks             []*hook
	deletionProtected bool
	gated             []string // the actions for which a ruleset requires approval
}

// revision is a stored definition, with secrets as ciphertext.
type revision struct {
	number int
	source []byte
	// imports are the references that source imports.
	imports []string
	created time.Time
	author  string
}

func (e *environment) latest() *revision { return e.revisions[len(e.revisions)-1] }

func (r *revision) etag() string { return strconv.Quote(strconv.Itoa(r.number)) }

// environmentOf returns the environment in the URL.
func (s *Server) environmentOf(c *call) (*environment, error) {
	name := envName{c.vars["org"], c.vars["project"], c.vars["env"]}
	env, ok := s.cloud.envs[name]
	if !ok {
		return nil, notFound("Environment '%s' not found", name)
	}
	if !s.mayOpen(c.who, env) {
		return nil, forbidden("this token may not open environment '%s'", name)
	}
	return env, nil
}

func (s *Server) createEnvironment(c *call) (any, error) {
	org, err := s.requireOrg(c)
	if err != nil {
		return nil, err
	}
	if err := c.who.requireUser("create environments"); err != nil {
		return nil, err
	}
	var req cloudtype.CreateEnvironmentRequest
	if err := c.decodeStrictly(&req); err != nil {
		return nil, err
	}
	if req.Project == "" {
		req.Project = "default"
	}
	if !environmentNamePattern.MatchString(req.Project) || !environmentNamePattern.MatchString(req.Name) {
		return nil, badRequest(
			"environment and project names may only contain alphanumerics, hyphens, underscores and periods",
		)
	}
	name := envName{org, req.Project, req.Name}
	if _, ok := s.cloud.envs[name]; ok {
		return nil, conflict("Environment '%s' already exists", name)
	}
	env := &environment{
		name: name, id: uuid.NewString(), tags: map[string]*versionTag{}, labels: map[string]*label{},
	}
	env.revisions = []*revision{{number: 1, created: s.cloud.now, author: c.who.login()}}
	s.cloud.envs[name] = env
	s.publishEnvironment(env, "environment_created", "environment", object{"action": "created"})
	return reply{status: http.StatusOK}, nil
}

func (s *Server) listEnvironments(c *call) (any, error) {
	list := []object{}
	for name, env := range s.cloud.envs {
		if c.vars["org"] == "" || c.vars["org"] == name.org {
			list = append(list, env.listed())
		}
	}
	sort.Slice(list, func(i, j int) bool {
		return fmt.Sprint(list[i]["project"], "/", list[i]["name"]) < fmt.Sprint(list[j]["project"], "/", list[j]["name"])
	})
	return object{"environments": list, "nextToken": ""}, nil
}

// listed is an environment in a list.
func (e *environment) listed() object {
	tags := map[string]string{}
	for name, l := range e.labels {
		tags[name] = l.value
	}
	return object{
		"id": e.id, "organization": e.name.org, "project": e.name.project, "name": e.name.name,
		"created": timestamp(e.revisions[0].created), "modified": timestamp(e.latest().created),
		"ownedBy": requester(userLogin), "tags": tags, "links": object{},
		"settings":         object{"deletionProtected": e.deletionProtected},
		"referrerMetadata": cloudtype.EnvironmentReferrerMetadata{},
	}
}

// readEnvironment serves GET and HEAD of a definition or one of its versions.
func (s *Server) readEnvironment(c *call) (any, error) {
	rev, _, err := s.revisionOf(c)
	if err != nil {
		return nil, err
	}
	return s.definition(c, rev, rev.source), nil
}

// decryptEnvironment serves GET .../decrypt, the definition with secrets in plain text.
func (s *Server) decryptEnvironment(c *call) (any, error) {
	rev, env, err := s.revisionOf(c)
	if err != nil {
		return nil, err
	}
	if len(rev.source) == 0 {
		return s.definition(c, rev, nil), nil
	}
	source, err := eval.DecryptSecrets(c.r.Context(), env.name.short(), rev.source, s.keys.of(env.id))
	if err != nil {
		return nil, badRequest("%v", err)
	}
	return s.definition(c, rev, source), nil
}

func (s *Server) definition(c *call, rev *revision, source []byte) any {
	c.header.Set(etagHeader, rev.etag())
	c.header.Set(revisionHeader, strconv.Itoa(rev.number))
	return reply{status: http.StatusOK, contentType: "application/x-yaml", body: source}
}

// updateEnvironment stores a new revision. If the definition has errors, it stores nothing.
func (s *Server) updateEnvironment(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	if err := c.who.requireUser("write environments"); err != nil {
		return nil, err
	}
	if err := env.requireUngated(gatedUpdate); err != nil {
		return nil, err
	}
	if tag := c.r.Header.Get(etagHeader); tag != "" && tag != env.latest().etag() {
		return nil, conflict("the environment was changed in the meantime")
	}
	loader := s.loader(env.name.org, c.who)
	loader.draft, loader.draftOf = c.body, env
	if _, err := s.check(c.r.Context(), env.name.short(), c.body, s.keys.of(env.id), loader, false); err != nil {
		return nil, err
	}
	rev, err := s.addRevision(c.r.Context(), env, c.body, c.who)
	if err != nil {
		return nil, err
	}
	c.header.Set(etagHeader, rev.etag())
	c.header.Set(revisionHeader, strconv.Itoa(rev.number))
	return object{}, nil
}

// addRevision encrypts the secrets of a definition, stores it, and notifies all importers.
func (s *Server) addRevision(ctx context.Context, env *environment, source []byte, who identity) (*revision, error) {
	stored := source
	if len(strings.TrimSpace(string(source))) > 0 {
		var err error
		if stored, err = eval.EncryptSecrets(ctx, env.name.short(), source, s.keys.of(env.id)); err != nil {
			return nil, badRequest("encrypting secrets: %v", err)
		}
	}
	rev := &revision{
		number: len(env.revisions) + 1, source: stored, imports: importsOf(stored), created: s.cloud.now, author: who.login(),
	}
	env.revisions = append(env.revisions, rev)
	s.publishEnvironment(env, "environment_revision_created", "environment_revision",
		object{"action": "created", "revision": rev.number})
	s.publishImporters(env, rev.number, func(version string) bool { return version == "" || version == latestTag })
	return rev, nil
}

func (s *Server) deleteEnvironment(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	if err := c.who.requireUser("delete environments"); err != nil {
		return nil, err
	}
	if env.deletionProtected {
		return nil, conflict("environment '%s' is protected from deletion", env.name)
	}
	delete(s.cloud.envs, env.name)
	s.publishEnvironment(env, "environment_deleted", "environment", object{"action": "deleted"})
	return reply{status: http.StatusOK}, nil
}

func (s *Server) environmentMetadata(c *call) (any, error) {
	env, err := s.environmentOf(c)
	if err != nil {
		return nil, err
	}
	metadata := object{"id": env.id, "ownedBy": requester(userLogin)}
	if len(env.gated) > 0 {
		metadata["gatedActions"] = env.gated
	}
	if slices.Contains(env.gated, gatedOpen) {
		metadata["openRequestNeeded"] = true
	}
	if active := s.activeRequest(env); active != nil {
		metadata["activeChangeRequest"] = active.ref()
	}
	return metadata, nil
}

// StoredEnvironment returns the stored latest definition of project/name, with secrets as ciphertext, and its revision.
// Both are zero if the environment does not exist.
func (s *Server) StoredEnvironment(env string) (definition string, revision int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ref, ok := parseEnvRef(s.opts.Organization, strings.TrimPrefix(env, s.opts.Organization+"/"))
	if !ok {
		return "", 0
	}
	_, rev, err := s.cloud.resolve(ref)
	if err != nil {
		return "", 0
	}
	return string(rev.source), rev.number
}
