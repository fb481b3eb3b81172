package gcpsecretmanager

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// AddSecretVersion adds a value, which becomes the latest.
func (v *service) AddSecretVersion(_ context.Context, r *pb.AddSecretVersionRequest) (*pb.SecretVersion, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.find(r.GetParent())
	if err != nil {
		return nil, err
	}
	if err := checkPayload(r.GetPayload()); err != nil {
		return nil, err
	}
	added := &version{data: r.GetPayload().GetData(), meta: &pb.SecretVersion{
		Name:                           fmt.Sprintf("%s/versions/%d", found.secret.GetName(), len(found.versions)+1),
		CreateTime:                     timestamppb.Now(),
		State:                          pb.SecretVersion_ENABLED,
		Etag:                           v.s.etag(),
		ClientSpecifiedPayloadChecksum: r.GetPayload().DataCrc32C != nil,
	}}
	found.versions = append(found.versions, added)
	return copied(added.meta), nil
}

// GetSecretVersion returns a version without its value.
func (v *service) GetSecretVersion(_ context.Context, r *pb.GetSecretVersionRequest) (*pb.SecretVersion, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.findVersion(r.GetName())
	if err != nil {
		return nil, err
	}
	return copied(found.meta), nil
}

// ListSecretVersions lists the versions of a secret, the newest first.
func (v *service) ListSecretVersions(
	_ context.Context, r *pb.ListSecretVersionsRequest,
) (*pb.ListSecretVersionsResponse, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.find(r.GetParent())
	if err != nil {
		return nil, err
	}
	if r.GetFilter() != "" {
		return nil, invalid("the stand-in for Secret Manager has no filters")
	}
	all := make([]*pb.SecretVersion, 0, len(found.versions))
	for _, version := range slices.Backward(found.versions) {
		all = append(all, copied(version.meta))
	}
	versions, next, err := page(all, r.GetPageSize(), r.GetPageToken())
	if err != nil {
		return nil, err
	}
	return &pb.ListSecretVersionsResponse{
		Versions: versions, NextPageToken: next, TotalSize: int32(len(all)),
	}, nil
}

// AccessSecretVersion returns the value of a version.
func (v *service) AccessSecretVersion(
	_ context.Context, r *pb.AccessSecretVersionRequest,
) (*pb.AccessSecretVersionResponse, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.findVersion(r.GetName())
	if err != nil {
		return nil, err
	}
	if found.meta.GetState() != pb.SecretVersion_ENABLED {
		return nil, wrongState(found)
	}
	sum := checksum(found.data)
	return &pb.AccessSecretVersionResponse{
		Name: found.meta.GetName(), Payload: &pb.SecretPayload{Data: found.data, DataCrc32C: &sum},
	}, nil
}

// EnableSecretVersion enables a disabled version.
func (v *service) EnableSecretVersion(
	_ context.Context, r *pb.EnableSecretVersionRequest,
) (*pb.SecretVersion, error) {
	return v.change(r.GetName(), r.GetEtag(), func(found *version) {
		found.meta.State, found.meta.ScheduledDestroyTime = pb.SecretVersion_ENABLED, nil
	})
}

// DisableSecretVersion disables a version until it is enabled.
func (v *service) DisableSecretVersion(
	_ context.Context, r *pb.DisableSecretVersionRequest,
) (*pb.SecretVersion, error) {
	return v.change(r.GetName(), r.GetEtag(), func(found *version) { found.meta.State = pb.SecretVersion_DISABLED })
}

// DestroySecretVersion destroys a value. With a version_destroy_ttl it only disables the version, and does not destroy
// it later.
func (v *service) DestroySecretVersion(
	_ context.Context, r *pb.DestroySecretVersionRequest,
) (*pb.SecretVersion, error) {
	return v.change(r.GetName(), r.GetEtag(), func(found *version) {
		var delay time.Duration
		if parent, err := v.s.find(strings.Split(found.meta.GetName(), "/versions/")[0]); err == nil {
			delay = parent.secret.GetVersionDestroyTtl().AsDuration()
		}
		if delay > 0 {
			found.meta.State = pb.SecretVersion_DISABLED
			found.meta.ScheduledDestroyTime = timestamppb.New(time.Now().Add(delay))
			return
		}
		found.meta.State, found.meta.DestroyTime, found.data = pb.SecretVersion_DESTROYED, timestamppb.Now(), nil
	})
}

// change changes the state of a version that is not destroyed.
func (v *service) change(name, etag string, apply func(*version)) (*pb.SecretVersion, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	found, err := v.s.findVersion(name)
	if err != nil {
		return nil, err
	}
	if err := checkEtag(etag, found.meta.GetEtag()); err != nil {
		return nil, err
	}
	if found.meta.GetState() == pb.SecretVersion_DESTROYED {
		return nil, wrongState(found)
	}
	apply(found)
	found.meta.Etag = v.s.etag()
	return copied(found.meta), nil
}

func wrongState(found *version) error {
	return status.Errorf(
		codes.FailedPrecondition,
		"Secret Version [%s] is in %s state.",
		found.meta.GetName(),
		found.meta.GetState(),
	)
}
