package gcpsecretmanager

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// service is the gRPC service. Methods that it does not implement answer UNIMPLEMENTED.
type service struct {
	pb.UnimplementedSecretManagerServiceServer
	s *Server
}

// CreateSecret creates a secret without a version.
func (v *service) CreateSecret(_ context.Context, r *pb.CreateSecretRequest) (*pb.Secret, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if err := v.s.checkParent(r.GetParent()); err != nil {
		return nil, err
	}
	if err := checkID(r.GetSecretId()); err != nil {
		return nil, err
	}
	if err := checkReplication(r.GetSecret().GetReplication()); err != nil {
		return nil, err
	}
	if err := checkSecret(r.GetSecret()); err != nil {
		return nil, err
	}
	if _, exists := v.s.secrets[r.GetSecretId()]; exists {
		return nil, status.Errorf(codes.AlreadyExists, "Secret [%s] already exists.", secretName(r.GetSecretId()))
	}
	secret := copied(r.GetSecret())
	secret.Name, secret.CreateTime, secret.Etag = secretName(r.GetSecretId()), timestamppb.Now(), v.s.etag()
	v.s.secrets[r.GetSecretId()] = &stored{secret: secret}
	return copied(secret), nil
}

// GetSecret returns a secret without its value.
func (v *service) GetSecret(_ context.Context, r *pb.GetSecretRequest) (*pb.Secret, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.find(r.GetName())
	if err != nil {
		return nil, err
	}
	return copied(found.secret), nil
}

// UpdateSecret changes the fields in the mask. The replication cannot be changed.
func (v *service) UpdateSecret(_ context.Context, r *pb.UpdateSecretRequest) (*pb.Secret, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.find(r.GetSecret().GetName())
	if err != nil {
		return nil, err
	}
	if err := checkEtag(r.GetSecret().GetEtag(), found.secret.GetEtag()); err != nil {
		return nil, err
	}
	if err := checkSecret(r.GetSecret()); err != nil {
		return nil, err
	}
	if len(r.GetUpdateMask().GetPaths()) == 0 {
		return nil, invalid("update_mask is required")
	}
	changed, wanted := copied(found.secret), copied(r.GetSecret())
	for _, path := range r.GetUpdateMask().GetPaths() {
		switch path {
		case "labels":
			changed.Labels = wanted.GetLabels()
		case "annotations":
			changed.Annotations = wanted.GetAnnotations()
		case "topics":
			changed.Topics = wanted.GetTopics()
		case "version_aliases":
			changed.VersionAliases = wanted.GetVersionAliases()
		case "version_destroy_ttl":
			changed.VersionDestroyTtl = wanted.GetVersionDestroyTtl()
		case "rotation":
			changed.Rotation = wanted.GetRotation()
		case "ttl", "expire_time", "expiration":
			changed.Expiration = wanted.GetExpiration()
		default:
			return nil, invalid("update_mask holds %s, which cannot be changed", path)
		}
	}
	for alias, number := range changed.GetVersionAliases() {
		if number < 1 || number > int64(len(found.versions)) {
			return nil, invalid("the alias %s is for version %d, which does not exist", alias, number)
		}
	}
	changed.Etag = v.s.etag()
	found.secret = changed
	return copied(changed), nil
}

// DeleteSecret deletes a secret with all its versions, at once.
func (v *service) DeleteSecret(_ context.Context, r *pb.DeleteSecretRequest) (*emptypb.Empty, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.find(r.GetName())
	if err != nil {
		return nil, err
	}
	if err := checkEtag(r.GetEtag(), found.secret.GetEtag()); err != nil {
		return nil, err
	}
	id, err := v.s.id(r.GetName())
	if err != nil {
		return nil, err
	}
	delete(v.s.secrets, id)
	return &emptypb.Empty{}, nil
}

// nameFilter is the only supported filter: secrets whose names contain a text.
var nameFilter = regexp.MustCompile(`^name:"([\w-]+)"$`)

// ListSecrets lists secrets by name.
func (v *service) ListSecrets(_ context.Context, r *pb.ListSecretsRequest) (*pb.ListSecretsResponse, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if err := v.s.checkParent(r.GetParent()); err != nil {
		return nil, err
	}
	all := slices.Sorted(maps.Keys(v.s.secrets))
	if r.GetFilter() != "" {
		match := nameFilter.FindStringSubmatch(r.GetFilter())
		if match == nil {
			return nil, invalid("the stand-in for Secret Manager has no filter but one by name")
		}
		all = slices.DeleteFunc(all, func(id string) bool { return !strings.Contains(id, match[1]) })
	}
	ids, next, err := page(all, r.GetPageSize(), r.GetPageToken())
	if err != nil {
		return nil, err
	}
	response := &pb.ListSecretsResponse{NextPageToken: next, TotalSize: int32(len(all))}
	for _, id := range ids {
		response.Secrets = append(response.Secrets, copied(v.s.secrets[id].secret))
	}
	return response, nil
}

func (s *Server) checkParent(parent string) error {
	project, found := strings.CutPrefix(parent, "projects/")
	if !found || strings.Contains(project, "/") {
		return invalid("The parent %q is not projects/*", parent)
	}
	return s.checkProject(project)
}
