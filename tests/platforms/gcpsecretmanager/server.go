package gcpsecretmanager

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/traffic"
)

// Name is the first segment of the identities of secrets: gcpSecretManager/project/name.
const Name = "gcpSecretManager"

// EndpointVariable is the environment variable with the server's host and port, for the stand-in of the Pulumi plugin.
// Google's clients have no such variable for this service.
const EndpointVariable = "SECRET_MANAGER_EMULATOR_HOST"

// projectNumber is the project's number, which names in answers contain.
const projectNumber = "123456789012"

// Options configure a Server. The zero Options are usable.
type Options struct {
	// Project is the ID of the only project. Default: escsync-test.
	Project string
}

// Server is a running stand-in. Goroutines may call its methods concurrently.
type Server struct {
	project string
	counter traffic.Counter
	// public is the address for programs, and private is for the tests' own edits.
	public, private net.Listener
	servers         []*grpc.Server

	mu      sync.Mutex
	denied  map[string]bool
	secrets map[string]*stored
	etags   int
}

var _ platforms.Platform = (*Server)(nil)

// Start starts the server on a free port of 127.0.0.1. The caller must Close it.
func Start(_ context.Context, opts Options) (*Server, error) {
	if opts.Project == "" {
		opts.Project = "escsync-test"
	}
	s := &Server{project: opts.Project, denied: map[string]bool{}, secrets: map[string]*stored{}}
	var err error
	if s.public, err = s.serve(grpc.UnaryInterceptor(s.intercept)); err != nil {
		return nil, err
	}
	if s.private, err = s.serve(); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Server) serve(opts ...grpc.ServerOption) (net.Listener, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting the stand-in for Secret Manager: %w", err)
	}
	server := grpc.NewServer(opts...)
	pb.RegisterSecretManagerServiceServer(server, &service{s: s})
	s.servers = append(s.servers, server)
	go func() { _ = server.Serve(listener) }()
	return listener, nil
}

// permissions maps each method to the permission that a caller needs.
var permissions = map[string]string{
	"ListSecrets":          "secretmanager.secrets.list",
	"CreateSecret":         "secretmanager.secrets.create",
	"AddSecretVersion":     "secretmanager.versions.add",
	"GetSecret":            "secretmanager.secrets.get",
	"UpdateSecret":         "secretmanager.secrets.update",
	"DeleteSecret":         "secretmanager.secrets.delete",
	"ListSecretVersions":   "secretmanager.versions.list",
	"GetSecretVersion":     "secretmanager.versions.get",
	"AccessSecretVersion":  "secretmanager.versions.access",
	"DisableSecretVersion": "secretmanager.versions.disable",
	"EnableSecretVersion":  "secretmanager.versions.enable",
	"DestroySecretVersion": "secretmanager.versions.destroy",
}

// intercept counts writes, and refuses denied methods.
func (s *Server) intercept(
	ctx context.Context, request any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler,
) (any, error) {
	method := info.FullMethod[strings.LastIndex(info.FullMethod, "/")+1:]
	if isWrite(method) {
		s.counter.Count()
	}
	permission := permissions[method]
	s.mu.Lock()
	denied := s.denied[permission]
	s.mu.Unlock()
	if denied {
		return nil, status.Errorf(
			codes.PermissionDenied,
			"Permission '%s' denied on resource (or it may not exist).",
			permission,
		)
	}
	return handler(ctx, request)
}

// Deny revokes permissions, such as secretmanager.versions.add. Without arguments it grants all again.
func (s *Server) Deny(permissions ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied = map[string]bool{}
	for _, permission := range permissions {
		s.denied[permission] = true
	}
}

// DenyAllBut revokes all permissions but those of a role.
func (s *Server) DenyAllBut(role ...string) {
	var denied []string
	for _, permission := range permissions {
		if !slices.Contains(role, permission) {
			denied = append(denied, permission)
		}
	}
	s.Deny(denied...)
}

// Restrict denies all permissions to change something, or grants them again.
func (s *Server) Restrict(_ context.Context, readOnly bool) error {
	var denied []string
	for method, permission := range permissions {
		if readOnly && isWrite(method) {
			denied = append(denied, permission)
		}
	}
	s.Deny(denied...)
	return nil
}

// isWrite reports whether a method changes something.
func isWrite(method string) bool {
	return !strings.HasPrefix(method, "Get") && !strings.HasPrefix(method, "List") && !strings.HasPrefix(method, "Access")
}

// Endpoint returns the server's host and port.
func (s *Server) Endpoint() string { return s.public.Addr().String() }

// Project returns the id of the project.
func (s *Server) Project() string { return s.project }

// Environment returns the project for Pulumi's GCP provider, and EndpointVariable.
func (s *Server) Environment() []string {
	return []string{EndpointVariable + "=" + s.Endpoint(), "GOOGLE_PROJECT=" + s.project}
}

// Writes returns the number of calls to change something.
func (s *Server) Writes() int { return s.counter.Writes() }

// Close ends the server.
func (s *Server) Close() error {
	for _, server := range s.servers {
		server.Stop()
	}
	return nil
}
