package github

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// call is one request whose location was found. It holds the server's lock.
type call struct {
	s *Server
	w http.ResponseWriter
	r *http.Request
	p *location
}

// handler serves the API at the root, and at /api/v3, which clients add for GitHub Enterprise Server.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, application := range applications {
		s.serveSecrets(mux, "/orgs/{owner}/"+application+"/secrets", application)
		s.serveSelection(mux, "/orgs/{owner}/"+application+"/secrets/{name}/repositories", application)
		s.serveSecrets(mux, "/repos/{owner}/{repository}/"+application+"/secrets", application)
	}
	s.serveSecrets(mux, "/repos/{owner}/{repository}/environments/{environment}/secrets", actions)
	// The older address of environments, by the repository's ID. Official clients still use it.
	s.serveSecrets(mux, "/repositories/{id}/environments/{environment}/secrets", actions)
	s.serveVariables(mux, "/orgs/{owner}/actions/variables")
	s.serve(mux, "GET /orgs/{owner}/actions/variables/{name}/repositories", actions, call.listVariableRepositories)
	s.serveVariables(mux, "/repos/{owner}/{repository}/actions/variables")
	s.serveVariables(mux, "/repos/{owner}/{repository}/environments/{environment}/variables")
	s.serveVariables(mux, "/repositories/{id}/environments/{environment}/variables")
	s.serveRepositories(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fail(w, http.StatusNotFound, "Not Found") })
	return authenticate(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/v3/") {
			http.StripPrefix("/api/v3", mux).ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	}))
}

func authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		switch {
		case token != Token && token != ReadToken:
			fail(w, http.StatusUnauthorized, "Bad credentials")
		case token == ReadToken && r.Method != http.MethodGet:
			refuseToken(w)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// refuseToken answers a request that the token may not make.
func refuseToken(w http.ResponseWriter) {
	fail(w, http.StatusForbidden, "Resource not accessible by personal access token")
}

func (s *Server) serveSecrets(mux *http.ServeMux, path, application string) {
	s.serve(mux, "GET "+path, application, call.list)
	s.serve(mux, "GET "+path+"/public-key", application, call.publicKey)
	s.serve(mux, "GET "+path+"/{name}", application, call.get)
	s.serve(mux, "PUT "+path+"/{name}", application, call.put)
	s.serve(mux, "DELETE "+path+"/{name}", application, call.delete)
}

func (s *Server) serveSelection(mux *http.ServeMux, path, application string) {
	s.serve(mux, "GET "+path, application, call.listSelected)
	s.serve(mux, "PUT "+path, application, call.setSelected)
	s.serve(mux, "PUT "+path+"/{id}", application, call.addSelected)
	s.serve(mux, "DELETE "+path+"/{id}", application, call.removeSelected)
}

// serve finds the location that a request's path names. If there is none, it answers 404, as GitHub does for missing
// and hidden ones.
func (s *Server) serve(mux *http.ServeMux, pattern, application string, answer func(call)) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		p := s.find(r, application, strings.Contains(pattern, "/repositories/{id}/"))
		if p == nil {
			fail(w, http.StatusNotFound, "Not Found")
			return
		}
		answer(call{s: s, w: w, r: r, p: p})
	})
}

// find returns the location of a request, or nil. The caller holds the lock.
func (s *Server) find(r *http.Request, application string, byID bool) *location {
	path := application
	switch {
	case byID:
		id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
		found := s.repositoryByID(id)
		if found == nil {
			return nil
		}
		path += "/" + found.name
	case !strings.EqualFold(r.PathValue("owner"), s.organization):
		return nil
	case r.PathValue("repository") != "":
		found := s.repository(r.PathValue("repository"))
		if found == nil {
			return nil
		}
		path += "/" + found.name
	}
	if environment := r.PathValue("environment"); environment != "" {
		path += "/" + environment
	}
	return s.locations[path]
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, message string) {
	reply(w, status, map[string]string{
		"message": message, "documentation_url": "https://docs.github.com/rest", "status": strconv.Itoa(status),
	})
}
