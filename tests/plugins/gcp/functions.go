package gcp

import (
	"context"
	"fmt"
	"strings"
	"time"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// getSecret fails if there is no such secret, like the published provider. It returns all labels and annotations,
// whoever set them.
func (g *project) getSecret(ctx context.Context, args property.Map) (property.Map, error) {
	state := secretState{Project: standin.Text(args, "project"), SecretID: standin.Text(args, "secretId")}
	if state.Project == "" {
		state.Project = g.name
	}
	id := state.parent() + "/secrets/" + state.SecretID
	client, err := g.client(ctx, "")
	if err != nil {
		return property.Map{}, err
	}
	defer client.Close()
	found, err := client.GetSecret(ctx, &pb.GetSecretRequest{Name: id})
	if status.Code(err) == codes.NotFound {
		return property.Map{}, fmt.Errorf("%s not found", id)
	}
	if err != nil {
		return property.Map{}, fmt.Errorf("error when reading or editing Secret %q: %w", id, err)
	}
	return secretResults(state, id, found), nil
}

// getSecrets lists the secrets of a project. Like the published provider, it returns the requested project for the
// list, and for each secret the project in its name, which on Google is a number.
func (g *project) getSecrets(ctx context.Context, args property.Map) (property.Map, error) {
	name := standin.Text(args, "project")
	if name == "" {
		name = g.name
	}
	client, err := g.client(ctx, "")
	if err != nil {
		return property.Map{}, err
	}
	defer client.Close()
	filter, secrets := standin.Text(args, "filter"), []property.Value{}
	for found, err := range client.ListSecrets(ctx, &pb.ListSecretsRequest{
		Parent: "projects/" + name, Filter: filter,
	}).All() {
		if err != nil {
			return property.Map{}, fmt.Errorf("error reading SecretManagerSecrets: %w", err)
		}
		parts := strings.Split(found.Name, "/")
		secrets = append(secrets, property.New(secretResults(
			secretState{Project: parts[1], SecretID: parts[3]}, found.Name, found).Delete("id")))
	}
	return args.Set("id", property.New("projects/"+name+"/secrets/filter="+filter)).
		Set("project", property.New(name)).Set("secrets", property.New(secrets)), nil
}

func secretResults(state secretState, id string, found *pb.Secret) property.Map {
	results := map[string]property.Value{
		"id": property.New(id), "project": property.New(state.Project), "secretId": property.New(state.SecretID),
		"annotations": textMap(found.Annotations), "labels": textMap(found.Labels), "tags": textMap(nil),
		"replications": property.New([]property.Value{replicationResult(found.Replication)}),
		"ttl":          property.New(""), "versionDestroyTtl": property.New(""),
		"expireTime":     property.New(stamp(found.GetExpireTime())),
		"deletionPolicy": property.New(""), "deletionProtection": property.New(false),
		"rotations": property.New([]property.Value{}), "topics": property.New([]property.Value{}),
	}
	if ttl := found.VersionDestroyTtl; ttl != nil {
		results["versionDestroyTtl"] = property.New(fmt.Sprintf("%.0fs", ttl.AsDuration().Truncate(time.Second).Seconds()))
	}
	aliases := map[string]string{}
	for alias, number := range found.VersionAliases {
		aliases[alias] = fmt.Sprint(number)
	}
	results["versionAliases"] = textMap(aliases)
	return outputs(property.NewMap(results), found)
}
