package gcpsecretmanager

import (
	"fmt"
	"strconv"
	"strings"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// latest is the alias of the version that was added last, whatever its state.
const latest = "latest"

// stored is a secret with its versions, starting with version 1.
type stored struct {
	secret   *pb.Secret
	versions []*version
}

type version struct {
	meta *pb.SecretVersion
	data []byte
}

// etag returns a new etag. The caller holds the lock.
func (s *Server) etag() string {
	s.etags++
	return fmt.Sprintf("%q", strconv.FormatInt(int64(s.etags), 16))
}

// id returns the ID of a secret from its name, in which the project is an ID or a number.
func (s *Server) id(name string) (string, error) {
	parts := strings.Split(name, "/")
	if len(parts) != 4 || parts[0] != "projects" || parts[2] != "secrets" {
		return "", invalid("The name %q is not projects/*/secrets/*", name)
	}
	if err := s.checkProject(parts[1]); err != nil {
		return "", err
	}
	return parts[3], nil
}

func (s *Server) checkProject(project string) error {
	if project != s.project && project != projectNumber {
		return status.Errorf(codes.PermissionDenied, "Permission denied on resource project %s.", project)
	}
	return nil
}

// find returns a secret by name. The caller holds the lock.
func (s *Server) find(name string) (*stored, error) {
	id, err := s.id(name)
	if err != nil {
		return nil, err
	}
	found, ok := s.secrets[id]
	if !ok {
		return nil, status.Errorf(codes.NotFound, "Secret [%s] not found.", secretName(id))
	}
	return found, nil
}

// findVersion returns a version by name: a number, latest or an alias. The caller holds the lock.
func (s *Server) findVersion(name string) (*version, error) {
	secret, versionID, found := strings.Cut(name, "/versions/")
	if !found {
		return nil, invalid("The name %q is not projects/*/secrets/*/versions/*", name)
	}
	parent, err := s.find(secret)
	if err != nil {
		return nil, err
	}
	number := int64(len(parent.versions))
	if versionID != latest {
		var isAlias bool
		if number, isAlias = parent.secret.GetVersionAliases()[versionID]; !isAlias {
			number, _ = strconv.ParseInt(versionID, 10, 64)
		}
	}
	if number < 1 || number > int64(len(parent.versions)) {
		return nil, status.Errorf(codes.NotFound, "Secret Version [%s/versions/%s] not found.",
			parent.secret.GetName(), versionID)
	}
	return parent.versions[number-1], nil
}

func secretName(id string) string { return "projects/" + projectNumber + "/secrets/" + id }

// copied returns a copy, because gRPC reads an answer after the lock is released.
func copied[M proto.Message](message M) M { return proto.Clone(message).(M) } // Clone keeps the type

// page returns the page of a list at a request's token, which is the end of the previous page.
func page[T any](all []T, size int32, token string) (items []T, next string, err error) {
	start := 0
	if token != "" {
		if start, err = strconv.Atoi(token); err != nil || start < 0 || start > len(all) {
			return nil, "", invalid("The page token %q", token)
		}
	}
	if size < 0 {
		return nil, "", invalid("The page size %d", size)
	}
	if size == 0 || size > 25000 {
		size = 25000
	}
	end := min(start+int(size), len(all))
	if end < len(all) {
		next = strconv.Itoa(end)
	}
	return all[start:end], next, nil
}
