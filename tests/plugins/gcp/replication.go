package gcp

import (
	"fmt"
	"regexp"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// replication is where a global secret is stored: everywhere, or in the regions of replicas.
type replication struct {
	Auto *struct {
		Encryption *encryption `json:"customerManagedEncryption"`
	} `json:"auto,omitempty"`
	UserManaged *struct {
		Replicas []struct {
			Encryption *encryption `json:"customerManagedEncryption"`
			Location   string      `json:"location"`
		} `json:"replicas"`
	} `json:"userManaged,omitempty"`
}

type encryption struct {
	KMSKeyName string `json:"kmsKeyName"`
}

func (e *encryption) render() *pb.CustomerManagedEncryption {
	if e == nil {
		return nil
	}
	return &pb.CustomerManagedEncryption{KmsKeyName: e.KMSKeyName}
}

// render returns nil for a regional secret.
func (r *replication) render() *pb.Replication {
	switch {
	case r == nil:
		return nil
	case r.UserManaged != nil:
		managed := &pb.Replication_UserManaged{}
		for _, replica := range r.UserManaged.Replicas {
			managed.Replicas = append(managed.Replicas, &pb.Replication_UserManaged_Replica{
				Location: replica.Location, CustomerManagedEncryption: replica.Encryption.render(),
			})
		}
		return &pb.Replication{Replication: &pb.Replication_UserManaged_{UserManaged: managed}}
	case r.Auto != nil:
		return &pb.Replication{Replication: &pb.Replication_Automatic_{Automatic: &pb.Replication_Automatic{
			CustomerManagedEncryption: r.Auto.Encryption.render(),
		}}}
	}
	return nil
}

// replicationOf returns the input for a replication that the service returned.
func replicationOf(r *pb.Replication) property.Value {
	managed := r.GetUserManaged()
	if managed == nil {
		auto := encryptionOf(property.Map{}, r.GetAutomatic().GetCustomerManagedEncryption())
		return property.New(map[string]property.Value{"auto": auto})
	}
	var replicas []property.Value
	for _, replica := range managed.Replicas {
		location := property.NewMap(map[string]property.Value{"location": property.New(replica.Location)})
		replicas = append(replicas, encryptionOf(location, replica.CustomerManagedEncryption))
	}
	return property.New(map[string]property.Value{
		"userManaged": property.New(map[string]property.Value{"replicas": property.New(replicas)}),
	})
}

// encryptionOf adds the user's own key, if there is one.
func encryptionOf(m property.Map, e *pb.CustomerManagedEncryption) property.Value {
	if e != nil {
		m = m.Set("customerManagedEncryption", property.New(map[string]property.Value{
			"kmsKeyName": property.New(e.KmsKeyName),
		}))
	}
	return property.New(m)
}

// replicationResult returns the result of a function: lists, while the resource's input has objects.
func replicationResult(r *pb.Replication) property.Value {
	kind, listed := "autos", replicationOf(r).AsMap().Get("auto")
	if r.GetUserManaged() != nil {
		kind, listed = "userManageds", replicationOf(r).AsMap().Get("userManaged")
	}
	return property.New(map[string]property.Value{kind: property.New([]property.Value{listed})})
}

var secretName = regexp.MustCompile(`^projects/([^/]+)/(?:locations/([^/]+)/)?secrets/([^/]+)$`)

// parseSecret reads the name of a secret. Only a regional secret has a location.
func parseSecret(name string) (project, location, secretID string, err error) {
	found := secretName.FindStringSubmatch(name)
	if found == nil {
		return "", "", "", fmt.Errorf("invalid secret %q, expected projects/<project>/secrets/<secret>", name)
	}
	return found[1], found[2], found[3], nil
}
