package gcpsecretmanager

import (
	"fmt"
	"hash/crc32"
	"regexp"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Limits and syntax from https://cloud.google.com/secret-manager/quotas and the interface's documentation.
const (
	maxPayload         = 64 << 10
	maxLabels          = 64
	maxAnnotationBytes = 16 << 10
	maxTopics          = 10
	maxAliases         = 50
)

var (
	idPattern         = regexp.MustCompile(`^[A-Za-z0-9_-]{1,255}$`)
	labelKeyPattern   = regexp.MustCompile(`^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$`)
	labelValuePattern = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$`)
	annotationPattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$`)
	aliasPattern      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,62}$`)
)

func invalid(format string, args ...any) error {
	return status.Errorf(codes.InvalidArgument, format, args...)
}

// checkSecret returns an error if a user may not set these properties of a secret.
func checkSecret(s *pb.Secret) error {
	if len(s.GetLabels()) > maxLabels {
		return invalid("more than %d labels", maxLabels)
	}
	for key, value := range s.GetLabels() {
		if !labelKeyPattern.MatchString(key) || !labelValuePattern.MatchString(value) {
			return invalid("the label %q = %q is not lower case letters, digits, _ and -, at most 63", key, value)
		}
	}
	size := 0
	for key, value := range s.GetAnnotations() {
		if !annotationPattern.MatchString(key) {
			return invalid("the annotation %q is not letters, digits and ._- in between, at most 63", key)
		}
		size += len(key) + len(value)
	}
	if size >= maxAnnotationBytes {
		return invalid("annotations of %d bytes: less than 16 KiB are allowed", size)
	}
	if len(s.GetTopics()) > maxTopics {
		return invalid("more than %d topics", maxTopics)
	}
	if len(s.GetVersionAliases()) > maxAliases {
		return invalid("more than %d version aliases", maxAliases)
	}
	for alias := range s.GetVersionAliases() {
		if !aliasPattern.MatchString(alias) || alias == latest || alias == "NEW" {
			return invalid("the version alias %q", alias)
		}
	}
	return nil
}

// checkReplication returns an error if a replication is refused.
func checkReplication(r *pb.Replication) error {
	switch policy := r.GetReplication().(type) {
	case *pb.Replication_Automatic_:
		return nil
	case *pb.Replication_UserManaged_:
		seen := map[string]bool{}
		for _, replica := range policy.UserManaged.GetReplicas() {
			if replica.GetLocation() == "" || seen[replica.GetLocation()] {
				return invalid("the replica location %q is empty or given twice", replica.GetLocation())
			}
			seen[replica.GetLocation()] = true
		}
		if len(seen) == 0 {
			return invalid("user managed replication without replicas")
		}
		return nil
	default:
		return invalid("Secret.replication is required")
	}
}

// checkPayload returns an error if a payload is refused.
func checkPayload(p *pb.SecretPayload) error {
	switch {
	case len(p.GetData()) == 0:
		return invalid("Secret Payload cannot be empty.")
	case len(p.GetData()) > maxPayload:
		return invalid("The payload has %d bytes: the maximum is %d", len(p.GetData()), maxPayload)
	case p.DataCrc32C != nil && p.GetDataCrc32C() != checksum(p.GetData()):
		return invalid("The checksum does not match the payload")
	default:
		return nil
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(data []byte) int64 { return int64(crc32.Checksum(data, castagnoli)) }

func checkID(id string) error {
	if !idPattern.MatchString(id) {
		return invalid("The secret id %q is not 1 to 255 letters, digits, _ and -", id)
	}
	return nil
}

// checkEtag compares the etag of a request with the stored one. A request without an etag is unconditional.
func checkEtag(request, stored string) error {
	if request != "" && request != stored {
		return status.Error(codes.FailedPrecondition, fmt.Sprintf("The etag %s is not the current one, %s", request, stored))
	}
	return nil
}
