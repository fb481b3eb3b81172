package gcpsecretmanager

import (
	"context"
	"errors"
	"fmt"
	"strings"

	secretmanager "cloud.google.com/go/secretmanager/apiv1"
	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/api/iterator"
	"google.golang.org/api/option"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

// NewClient returns the official Go client for a server at host:port. The caller must close it.
func NewClient(ctx context.Context, endpoint string) (*secretmanager.Client, error) {
	client, err := secretmanager.NewClient(ctx, option.WithEndpoint(endpoint), option.WithoutAuthentication(),
		option.WithGRPCDialOption(grpc.WithTransportCredentials(insecure.NewCredentials())))
	if err != nil {
		return nil, fmt.Errorf("connecting to the stand-in for Secret Manager: %w", err)
	}
	return client, nil
}

// own returns a client whose calls are not counted.
func (s *Server) own(ctx context.Context) (*secretmanager.Client, error) {
	return NewClient(ctx, s.private.Addr().String())
}

// Secrets returns the latest value of each secret that has one.
func (s *Server) Secrets(ctx context.Context) (map[string]string, error) {
	client, err := s.own(ctx)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	values := map[string]string{}
	secrets := client.ListSecrets(ctx, &pb.ListSecretsRequest{Parent: "projects/" + s.project})
	for {
		secret, err := secrets.Next()
		if errors.Is(err, iterator.Done) {
			return values, nil
		}
		if err != nil {
			return nil, fmt.Errorf("listing the secrets: %w", err)
		}
		answer, err := client.AccessSecretVersion(ctx, &pb.AccessSecretVersionRequest{
			Name: secret.GetName() + "/versions/" + latest,
		})
		switch status.Code(err) {
		case codes.OK:
			id := secret.GetName()[strings.LastIndex(secret.GetName(), "/")+1:]
			values[Name+"/"+s.project+"/"+id] = string(answer.GetPayload().GetData())
		case codes.NotFound, codes.FailedPrecondition:
			// No version, or the latest is disabled or destroyed.
		default:
			return nil, fmt.Errorf("reading %s: %w", secret.GetName(), err)
		}
	}
}

// Put adds a version, and creates the secret if necessary.
func (s *Server) Put(ctx context.Context, identity, value string) error {
	id, err := s.split(identity)
	if err != nil {
		return err
	}
	client, err := s.own(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	_, err = client.CreateSecret(ctx, &pb.CreateSecretRequest{
		Parent: "projects/" + s.project, SecretId: id, Secret: &pb.Secret{Replication: &pb.Replication{
			Replication: &pb.Replication_Automatic_{Automatic: &pb.Replication_Automatic{}},
		}},
	})
	if err != nil && status.Code(err) != codes.AlreadyExists {
		return fmt.Errorf("making %s: %w", identity, err)
	}
	if _, err := client.AddSecretVersion(ctx, &pb.AddSecretVersionRequest{
		Parent: s.name(id), Payload: &pb.SecretPayload{Data: []byte(value)},
	}); err != nil {
		return fmt.Errorf("writing %s: %w", identity, err)
	}
	return nil
}

// Delete deletes a secret with all its versions.
func (s *Server) Delete(ctx context.Context, identity string) error {
	id, err := s.split(identity)
	if err != nil {
		return err
	}
	client, err := s.own(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.DeleteSecret(ctx, &pb.DeleteSecretRequest{Name: s.name(id)}); err != nil {
		return fmt.Errorf("deleting %s: %w", identity, err)
	}
	return nil
}

func (s *Server) name(id string) string { return "projects/" + s.project + "/secrets/" + id }

func (s *Server) split(identity string) (string, error) {
	id, found := strings.CutPrefix(identity, Name+"/"+s.project+"/")
	if !found || strings.Contains(id, "/") {
		return "", fmt.Errorf("%s is not %s/%s/name", identity, Name, s.project)
	}
	return id, nil
}
