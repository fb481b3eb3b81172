package github

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/traffic"
)

// Name is the first segment of the identities of secrets: githubSecrets/application[/repository[/environment]]/NAME.
const Name = "githubSecrets"

// The server's tokens.
const (
	// Token may do everything.
	Token = "ghp_standInForTests"
	// ReadToken may read. Its writes are refused.
	ReadToken = "ghp_standInThatMayRead"
)

// Options configure a Server. The zero Options are usable.
type Options struct {
	// Organization is the only organization. Default: acme.
	Organization string
	// Repositories maps the organization's repositories to their environments. Default: app, with the environment
	// production, and web without any.
	Repositories map[string][]string
	// Middleware wraps the API, to record requests or inject faults.
	Middleware func(http.Handler) http.Handler
}

// Server is a running stand-in. Goroutines may call its methods concurrently.
type Server struct {
	organization string
	counter      traffic.Counter
	// public is the address for programs, and private is for the tests' own edits.
	public, private *httptest.Server

	mu        sync.Mutex
	locations map[string]*location
	// repositories are in the order of their IDs, which start at 1.
	repositories []*repository
	clock        time.Time
}

var _ platforms.Platform = (*Server)(nil)

type repository struct {
	id           int64
	name         string
	environments []string
}

// Start starts the server on a free port of 127.0.0.1. The caller must Close it.
func Start(_ context.Context, opts Options) (*Server, error) {
	if opts.Organization == "" {
		opts.Organization = "acme"
	}
	if opts.Repositories == nil {
		opts.Repositories = map[string][]string{"app": {"production"}, "web": nil}
	}
	s := &Server{organization: opts.Organization, locations: map[string]*location{}}
	if err := s.fill(opts.Repositories); err != nil {
		return nil, err
	}
	handler := s.handler()
	s.private = httptest.NewServer(handler)
	s.counter.Refuse = func(w http.ResponseWriter, _ *http.Request) { refuseToken(w) }
	if opts.Middleware != nil {
		handler = opts.Middleware(handler)
	}
	s.public = httptest.NewServer(s.counter.Wrap(handler))
	return s, nil
}

// fill creates the locations of the organization and its repositories.
func (s *Server) fill(repositories map[string][]string) error {
	for _, application := range applications {
		if err := s.addLocation(application, true, maxOrganization); err != nil {
			return err
		}
	}
	names := make([]string, 0, len(repositories))
	for name := range repositories {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		r := &repository{id: int64(len(s.repositories) + 1), name: name}
		s.repositories = append(s.repositories, r)
		for _, application := range applications {
			if err := s.addLocation(application+"/"+name, false, maxRepository); err != nil {
				return err
			}
		}
		for _, environment := range repositories[name] {
			if err := s.addEnvironment(r, environment); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Server) addLocation(path string, organization bool, limit int) error {
	p, err := newLocation(path, organization, limit)
	if err != nil {
		return err
	}
	s.locations[path] = p
	return nil
}

func (s *Server) addEnvironment(r *repository, environment string) error {
	if slices.Contains(r.environments, environment) {
		return nil
	}
	r.environments = append(r.environments, environment)
	return s.addLocation(actions+"/"+r.name+"/"+environment, false, maxEnvironment)
}

// URL returns the address of the API, with a trailing slash.
func (s *Server) URL() string { return s.public.URL + "/" }

// Organization returns the name of the organization.
func (s *Server) Organization() string { return s.organization }

// RepositoryID returns the ID of a repository, or 0 if there is none of that name.
func (s *Server) RepositoryID(name string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.repository(name); r != nil {
		return r.id
	}
	return 0
}

// Environment returns the variables of Pulumi's GitHub provider.
func (s *Server) Environment() []string {
	return []string{"GITHUB_BASE_URL=" + s.URL(), "GITHUB_TOKEN=" + Token, "GITHUB_OWNER=" + s.organization}
}

// Secrets returns the values that the server opened, by identity, and the variables. No client can read secrets,
// because GitHub never returns them.
func (s *Server) Secrets(context.Context) (map[string]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	values := map[string]string{}
	for _, p := range s.locations {
		for name, secret := range p.secrets {
			values[Name+"/"+p.path+"/"+name] = secret.value
		}
		for name, variable := range p.variables {
			values[VariablesName+strings.TrimPrefix(p.path, actions)+"/"+name] = variable.value
		}
	}
	return values, nil
}

// Writes returns the number of requests to change something.
func (s *Server) Writes() int { return s.counter.Writes() }

// Restrict revokes Token's permission to write, or grants it again.
func (s *Server) Restrict(_ context.Context, readOnly bool) error {
	s.counter.Restrict(readOnly)
	return nil
}

// Close ends the server.
func (s *Server) Close() error {
	s.public.Close()
	s.private.Close()
	return nil
}

// repository finds a repository by name, ignoring case. The caller holds the lock.
func (s *Server) repository(name string) *repository {
	for _, r := range s.repositories {
		if strings.EqualFold(r.name, name) {
			return r
		}
	}
	return nil
}

// repositoryByID finds a repository. The caller holds the lock.
func (s *Server) repositoryByID(id int64) *repository {
	if id < 1 || id > int64(len(s.repositories)) {
		return nil
	}
	return s.repositories[id-1]
}

// now returns the current second, or the one after the last write. The caller holds the lock.
func (s *Server) now() time.Time {
	now := time.Now().UTC().Truncate(time.Second)
	if !now.After(s.clock) {
		now = s.clock.Add(time.Second)
	}
	s.clock = now
	return now
}

// check panics on errors that only a mistake in this package can cause.
func check(err error) {
	if err != nil {
		panic(fmt.Sprintf("the stand-in for GitHub: %v", err))
	}
}
