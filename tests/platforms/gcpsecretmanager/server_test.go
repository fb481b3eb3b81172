package gcpsecretmanager

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	secretmanager "cloud.google.com/go/secretmanager/apiv1"
	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/iterator"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
)

const parent = "projects/escsync-test"

func start(t *testing.T) (*Server, *secretmanager.Client) {
	t.Helper()
	s, err := Start(t.Context(), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	client, err := NewClient(t.Context(), s.Endpoint())
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	return s, client
}

func automatic() *pb.Replication {
	return &pb.Replication{Replication: &pb.Replication_Automatic_{Automatic: &pb.Replication_Automatic{}}}
}

func regions(locations ...string) *pb.Replication {
	policy := &pb.Replication_UserManaged{}
	for _, location := range locations {
		policy.Replicas = append(policy.Replicas, &pb.Replication_UserManaged_Replica{Location: location})
	}
	return &pb.Replication{Replication: &pb.Replication_UserManaged_{UserManaged: policy}}
}

// create creates the secret db.
func create(t *testing.T, c *secretmanager.Client, secret *pb.Secret) *pb.Secret {
	t.Helper()
	if secret.Replication == nil {
		secret.Replication = automatic()
	}
	created, err := c.CreateSecret(t.Context(), &pb.CreateSecretRequest{Parent: parent, SecretId: "db", Secret: secret})
	require.NoError(t, err)
	return created
}

// add adds a version to the secret db.
func add(t *testing.T, c *secretmanager.Client, value string) *pb.SecretVersion {
	t.Helper()
	sum := checksum([]byte(value))
	added, err := c.AddSecretVersion(t.Context(), &pb.AddSecretVersionRequest{
		Parent: parent + "/secrets/db", Payload: &pb.SecretPayload{Data: []byte(value), DataCrc32C: &sum},
	})
	require.NoError(t, err)
	return added
}

func access(t *testing.T, c *secretmanager.Client, version string) (string, error) {
	t.Helper()
	answer, err := c.AccessSecretVersion(t.Context(), &pb.AccessSecretVersionRequest{
		Name: parent + "/secrets/db/versions/" + version,
	})
	if err != nil {
		return "", err
	}
	assert.Equal(t, checksum(answer.GetPayload().GetData()), answer.GetPayload().GetDataCrc32C())
	return string(answer.GetPayload().GetData()), nil
}

func assertCode(t *testing.T, code codes.Code, err error) {
	t.Helper()
	assert.Equal(t, code, status.Code(err), "%v", err)
}

func TestASecretLives(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	created := create(t, c, &pb.Secret{Labels: map[string]string{"team": "a"}})
	assert.Equal(t, "projects/"+projectNumber+"/secrets/db", created.GetName(), "the number, as on Google Cloud")
	first := add(t, c, "first")
	assert.True(t, first.GetClientSpecifiedPayloadChecksum())
	add(t, c, "sécond")

	value, err := access(t, c, latest)
	require.NoError(t, err)
	assert.Equal(t, "sécond", value)
	value, err = access(t, c, "1")
	require.NoError(t, err)
	assert.Equal(t, "first", value)
	_, err = access(t, c, "3")
	assertCode(t, codes.NotFound, err)

	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"gcpSecretManager/escsync-test/db": "sécond"}, values)
	assert.Equal(t, 3, s.Writes())

	require.NoError(t, c.DeleteSecret(t.Context(), &pb.DeleteSecretRequest{Name: created.GetName()}))
	_, err = c.GetSecret(t.Context(), &pb.GetSecretRequest{Name: created.GetName()})
	assertCode(t, codes.NotFound, err)
	create(t, c, &pb.Secret{})
}

func TestVersionsHaveStates(t *testing.T) {
	t.Parallel()
	_, c := start(t)
	create(t, c, &pb.Secret{})
	version := add(t, c, "value")
	disabled, err := c.DisableSecretVersion(t.Context(), &pb.DisableSecretVersionRequest{Name: version.GetName()})
	require.NoError(t, err)
	assert.Equal(t, pb.SecretVersion_DISABLED, disabled.GetState())
	_, err = access(t, c, latest)
	assertCode(t, codes.FailedPrecondition, err)
	_, err = c.EnableSecretVersion(t.Context(), &pb.EnableSecretVersionRequest{Name: version.GetName()})
	require.NoError(t, err)
	_, err = access(t, c, latest)
	require.NoError(t, err)

	_, err = c.DestroySecretVersion(t.Context(), &pb.DestroySecretVersionRequest{Name: version.GetName(), Etag: `"old"`})
	assertCode(t, codes.FailedPrecondition, err)
	destroyed, err := c.DestroySecretVersion(t.Context(), &pb.DestroySecretVersionRequest{Name: version.GetName()})
	require.NoError(t, err)
	assert.Equal(t, pb.SecretVersion_DESTROYED, destroyed.GetState())
	_, err = c.EnableSecretVersion(t.Context(), &pb.EnableSecretVersionRequest{Name: version.GetName()})
	assertCode(t, codes.FailedPrecondition, err)
	_, err = access(t, c, latest)
	assertCode(t, codes.FailedPrecondition, err)
}

func TestDestructionCanBeDelayed(t *testing.T) {
	t.Parallel()
	_, c := start(t)
	create(t, c, &pb.Secret{VersionDestroyTtl: durationpb.New(24 * 3600 * 1e9)})
	version := add(t, c, "value")
	destroyed, err := c.DestroySecretVersion(t.Context(), &pb.DestroySecretVersionRequest{Name: version.GetName()})
	require.NoError(t, err)
	assert.Equal(t, pb.SecretVersion_DISABLED, destroyed.GetState())
	assert.NotNil(t, destroyed.GetScheduledDestroyTime())
}

func TestUpdatesAreMasked(t *testing.T) {
	t.Parallel()
	_, c := start(t)
	created := create(t, c, &pb.Secret{Labels: map[string]string{"team": "a"}, Annotations: map[string]string{"k": "v"}})
	add(t, c, "value")
	update := func(secret *pb.Secret, paths ...string) (*pb.Secret, error) {
		secret.Name = created.GetName()
		return c.UpdateSecret(t.Context(), &pb.UpdateSecretRequest{
			Secret: secret, UpdateMask: &fieldmaskpb.FieldMask{Paths: paths},
		})
	}
	changed, err := update(&pb.Secret{Labels: map[string]string{"team": "b"}, Etag: created.GetEtag()}, "labels")
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"team": "b"}, changed.GetLabels())
	assert.Equal(t, map[string]string{"k": "v"}, changed.GetAnnotations())
	assert.NotEqual(t, created.GetEtag(), changed.GetEtag())

	_, err = update(&pb.Secret{Etag: created.GetEtag()}, "labels")
	assertCode(t, codes.FailedPrecondition, err)
	_, err = update(&pb.Secret{Replication: regions("europe-west1")}, "replication")
	assertCode(t, codes.InvalidArgument, err)
	_, err = update(&pb.Secret{})
	assertCode(t, codes.InvalidArgument, err)
	_, err = update(&pb.Secret{VersionAliases: map[string]int64{"prod": 1}}, "version_aliases")
	require.NoError(t, err)
	value, err := access(t, c, "prod")
	require.NoError(t, err)
	assert.Equal(t, "value", value)
	_, err = update(&pb.Secret{VersionAliases: map[string]int64{"prod": 2}}, "version_aliases")
	assertCode(t, codes.InvalidArgument, err)
}

func TestListsHavePages(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	for i := range 7 {
		require.NoError(t, s.Put(t.Context(), fmt.Sprintf("gcpSecretManager/escsync-test/s%d", i), "v"))
		require.NoError(t, s.Put(t.Context(), "gcpSecretManager/escsync-test/s0", "v"))
	}
	var names []string
	secrets := c.ListSecrets(t.Context(), &pb.ListSecretsRequest{Parent: parent, PageSize: 3})
	for {
		secret, err := secrets.Next()
		if errors.Is(err, iterator.Done) {
			break
		}
		require.NoError(t, err)
		names = append(names, secret.GetName())
	}
	assert.Len(t, names, 7)
	versions := c.ListSecretVersions(
		t.Context(),
		&pb.ListSecretVersionsRequest{Parent: parent + "/secrets/s0", PageSize: 3},
	)
	first, err := versions.Next()
	require.NoError(t, err)
	assert.True(t, strings.HasSuffix(first.GetName(), "/versions/8"), first.GetName())
	assert.Zero(t, s.Writes(), "edits behind the program's back do not count")
}

func TestWhatGoogleRefusesIsRefused(t *testing.T) {
	t.Parallel()
	_, c := start(t)
	create(t, c, &pb.Secret{Replication: regions("europe-west1", "europe-west3")})
	many := map[string]string{}
	for i := range maxLabels + 1 {
		many[fmt.Sprintf("k%d", i)] = "v"
	}
	for name, request := range map[string]*pb.CreateSecretRequest{
		"an id with a slash": {Parent: parent, SecretId: "a/b", Secret: &pb.Secret{Replication: automatic()}},
		"an id with a dot":   {Parent: parent, SecretId: "a.b", Secret: &pb.Secret{Replication: automatic()}},
		"a long id": {Parent: parent, SecretId: strings.Repeat("a", 256),
			Secret: &pb.Secret{Replication: automatic()}},
		"no replication":  {Parent: parent, SecretId: "a", Secret: &pb.Secret{}},
		"no replica":      {Parent: parent, SecretId: "a", Secret: &pb.Secret{Replication: regions()}},
		"a replica twice": {Parent: parent, SecretId: "a", Secret: &pb.Secret{Replication: regions("a", "a")}},
		"an upper case label": {Parent: parent, SecretId: "a",
			Secret: &pb.Secret{Replication: automatic(), Labels: map[string]string{"Team": "a"}}},
		"many labels": {Parent: parent, SecretId: "a", Secret: &pb.Secret{Replication: automatic(), Labels: many}},
		"large annotations": {Parent: parent, SecretId: "a", Secret: &pb.Secret{
			Replication: automatic(), Annotations: map[string]string{"a": strings.Repeat("x", maxAnnotationBytes)}}},
		"an annotation with a slash": {Parent: parent, SecretId: "a",
			Secret: &pb.Secret{Replication: automatic(), Annotations: map[string]string{"a/b": "v"}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.CreateSecret(t.Context(), request)
			assertCode(t, codes.InvalidArgument, err)
		})
	}
	_, err := c.CreateSecret(t.Context(), &pb.CreateSecretRequest{
		Parent: parent, SecretId: "db", Secret: &pb.Secret{Replication: automatic()}})
	assertCode(t, codes.AlreadyExists, err)
	_, err = c.GetSecret(t.Context(), &pb.GetSecretRequest{Name: "projects/other/secrets/db"})
	assertCode(t, codes.PermissionDenied, err)

	wrong := int64(1)
	for name, payload := range map[string]*pb.SecretPayload{
		"empty":    {},
		"large":    {Data: make([]byte, maxPayload+1)},
		"checksum": {Data: []byte("value"), DataCrc32C: &wrong},
	} {
		_, err := c.AddSecretVersion(
			t.Context(),
			&pb.AddSecretVersionRequest{Parent: parent + "/secrets/db", Payload: payload},
		)
		assertCode(t, codes.InvalidArgument, err)
		assert.Contains(t, err.Error(), "ayload", name)
	}
	add(t, c, strings.Repeat("x", maxPayload))
}

func TestPermissionsCanBeRevoked(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	create(t, c, &pb.Secret{})
	s.Deny("secretmanager.versions.add")
	_, err := c.AddSecretVersion(t.Context(), &pb.AddSecretVersionRequest{
		Parent: parent + "/secrets/db", Payload: &pb.SecretPayload{Data: []byte("v")}})
	assertCode(t, codes.PermissionDenied, err)
	assert.Equal(t, 2, s.Writes(), "a refused write counts")
	require.NoError(t, s.Put(t.Context(), "gcpSecretManager/escsync-test/db", "v"), "the tests' own edits are not refused")
	s.Deny()
	add(t, c, "v")
	require.NoError(t, s.Restrict(t.Context(), true))
	_, err = c.CreateSecret(t.Context(), &pb.CreateSecretRequest{Parent: parent, SecretId: "more", Secret: &pb.Secret{}})
	assertCode(t, codes.PermissionDenied, err)
	_, err = c.GetSecret(t.Context(), &pb.GetSecretRequest{Name: parent + "/secrets/db"})
	require.NoError(t, err)
	require.NoError(t, s.Restrict(t.Context(), false))
	add(t, c, "w")
}

func TestEditsNameTheirSecret(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	require.Error(t, s.Put(t.Context(), "gcpSecretManager/other/db", "v"))
	require.Error(t, s.Delete(t.Context(), "gcpSecretManager/escsync-test/absent"))
	require.NoError(t, s.Put(t.Context(), "gcpSecretManager/escsync-test/db", "v"))
	require.NoError(t, s.Delete(t.Context(), "gcpSecretManager/escsync-test/db"))
	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Empty(t, values)
}
