package gcp

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"

	pb "cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	sdk "github.com/pulumi/pulumi-gcp/sdk/v9/go/gcp/secretmanager"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

type props = standintest.Props

// fakeManager is this test's own Secret Manager on the official interface. It proves that the client's calls are well
// formed, not that Google gives the same answers.
type fakeManager struct {
	pb.UnimplementedSecretManagerServiceServer
	mu       sync.Mutex
	secrets  map[string]*pb.Secret
	versions map[string]*pb.SecretVersion
	values   map[string][]byte
}

func (f *fakeManager) CreateSecret(_ context.Context, r *pb.CreateSecretRequest) (*pb.Secret, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name := r.Parent + "/secrets/" + r.SecretId
	if _, ok := f.secrets[name]; ok {
		return nil, status.Errorf(codes.AlreadyExists, "Secret [%s] already exists.", name)
	}
	r.Secret.Name = name
	f.secrets[name] = r.Secret
	return r.Secret, nil
}

func (f *fakeManager) GetSecret(_ context.Context, r *pb.GetSecretRequest) (*pb.Secret, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if secret, ok := f.secrets[r.Name]; ok {
		return secret, nil
	}
	return nil, status.Error(codes.NotFound, "not found")
}

func (f *fakeManager) UpdateSecret(_ context.Context, r *pb.UpdateSecretRequest) (*pb.Secret, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	secret := f.secrets[r.Secret.Name]
	for _, path := range r.UpdateMask.Paths {
		switch path {
		case "labels":
			secret.Labels = r.Secret.Labels
		case "annotations":
			secret.Annotations = r.Secret.Annotations
		}
	}
	return secret, nil
}

func (f *fakeManager) DeleteSecret(_ context.Context, r *pb.DeleteSecretRequest) (*emptypb.Empty, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.secrets, r.Name)
	return &emptypb.Empty{}, nil
}

func (f *fakeManager) AddSecretVersion(_ context.Context, r *pb.AddSecretVersionRequest) (*pb.SecretVersion, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name := fmt.Sprintf("%s/versions/%d", r.Parent, len(f.versions)+1)
	f.versions[name] = &pb.SecretVersion{Name: name, State: pb.SecretVersion_ENABLED}
	f.values[name] = r.Payload.Data
	return f.versions[name], nil
}

func (f *fakeManager) GetSecretVersion(_ context.Context, r *pb.GetSecretVersionRequest) (*pb.SecretVersion, error) {
	return f.version(r.Name, pb.SecretVersion_STATE_UNSPECIFIED)
}

func (f *fakeManager) EnableSecretVersion(
	_ context.Context,
	r *pb.EnableSecretVersionRequest,
) (*pb.SecretVersion, error) {
	return f.version(r.Name, pb.SecretVersion_ENABLED)
}

func (f *fakeManager) DisableSecretVersion(
	_ context.Context,
	r *pb.DisableSecretVersionRequest,
) (*pb.SecretVersion, error) {
	return f.version(r.Name, pb.SecretVersion_DISABLED)
}

func (f *fakeManager) DestroySecretVersion(
	_ context.Context,
	r *pb.DestroySecretVersionRequest,
) (*pb.SecretVersion, error) {
	return f.version(r.Name, pb.SecretVersion_DESTROYED)
}

func (f *fakeManager) AccessSecretVersion(
	_ context.Context,
	r *pb.AccessSecretVersionRequest,
) (*pb.AccessSecretVersionResponse, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return &pb.AccessSecretVersionResponse{Name: r.Name, Payload: &pb.SecretPayload{Data: f.values[r.Name]}}, nil
}

func (f *fakeManager) version(name string, to pb.SecretVersion_State) (*pb.SecretVersion, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	version, ok := f.versions[name]
	if !ok {
		return nil, status.Error(codes.NotFound, "not found")
	}
	if to != pb.SecretVersion_STATE_UNSPECIFIED {
		version.State = to
	}
	return version, nil
}

func start(t *testing.T) (*fakeManager, *standintest.Driver) {
	t.Helper()
	f := &fakeManager{
		secrets: map[string]*pb.Secret{}, versions: map[string]*pb.SecretVersion{}, values: map[string][]byte{},
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := grpc.NewServer()
	pb.RegisterSecretManagerServiceServer(server, f)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	t.Setenv("SECRET_MANAGER_EMULATOR_HOST", listener.Addr().String())
	return f, standintest.New(t, Plugin(), props{"project": "prj"})
}

const (
	secretToken  = "gcp:secretmanager/secret:Secret"
	versionToken = "gcp:secretmanager/secretVersion:SecretVersion"
)

func automatic() props { return props{"auto": props{}} }

func TestSecretLifecycle(t *testing.T) {
	manager, driver := start(t)
	inputs := props{"secretId": "db", "replication": automatic(), "labels": props{"a": "b"}}
	created := driver.MustCreate(t, secretToken, inputs)
	assert.Equal(t, "projects/prj/secrets/db", created.ID)
	assert.NotNil(t, manager.secrets[created.ID].GetReplication().GetAutomatic())
	assert.Equal(t, map[string]string{"a": "b", ownLabel: "true"}, manager.secrets[created.ID].Labels)
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	assert.False(t, driver.Diff(t, driver.Import(t, secretToken, created.ID), inputs).HasChanges)

	_, err := driver.Create(t, secretToken, inputs)
	require.ErrorContains(t, err, "already exists")
	inputs["labels"] = props{"a": "c"}
	updated, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.Equal(t, "c", manager.secrets[created.ID].Labels["a"])
	inputs["replication"] = props{"userManaged": props{"replicas": []props{{"location": "europe-west1"}}}}
	diff := driver.Diff(t, updated, inputs)
	for path, change := range diff.DetailedDiff {
		assert.True(t, strings.HasSuffix(string(change.Kind), "&replace"), path)
	}
	assert.NotEmpty(t, diff.DetailedDiff)

	protected := updated
	protected.State = protected.State.Set("deletionProtection", property.New(true))
	require.ErrorContains(t, driver.Delete(protected), "deletionProtection=false")
	require.NoError(t, driver.Delete(updated))
	assert.Empty(t, driver.Refresh(t, updated).ID)
}

func TestVersionLifecycle(t *testing.T) {
	manager, driver := start(t)
	secret := driver.MustCreate(t, secretToken, props{"secretId": "db", "replication": automatic()})
	inputs := props{"secret": secret.ID, "secretData": "päss"}
	created := driver.MustCreate(t, versionToken, inputs)
	assert.Equal(t, secret.ID+"/versions/1", created.ID)
	assert.Equal(t, "päss", string(manager.values[created.ID]))
	assert.True(t, created.State.Get("secretData").Secret())
	assert.False(t, driver.Diff(t, driver.Refresh(t, created), inputs).HasChanges)
	assert.Equal(t, "päss", standin.Text(driver.Import(t, versionToken, created.ID).Inputs, "secretData"))

	inputs["secretData"] = "new"
	assert.Equal(t, p.UpdateReplace, driver.Diff(t, created, inputs).DetailedDiff["secretData"].Kind)
	inputs["secretData"], inputs["enabled"] = "päss", false
	disabled, err := driver.Update(t, created, inputs)
	require.NoError(t, err)
	assert.Equal(t, pb.SecretVersion_DISABLED, manager.versions[created.ID].State)
	assert.False(t, driver.Diff(t, driver.Refresh(t, disabled), inputs).HasChanges)

	require.NoError(t, driver.Delete(created))
	assert.Equal(t, pb.SecretVersion_DESTROYED, manager.versions[created.ID].State)
	assert.Empty(t, driver.Refresh(t, created).ID)
}

func TestVersionDeletionPolicies(t *testing.T) {
	manager, driver := start(t)
	for policy, want := range map[string]pb.SecretVersion_State{
		"ABANDON": pb.SecretVersion_ENABLED, "DISABLE": pb.SecretVersion_DISABLED, "DELETE": pb.SecretVersion_DESTROYED,
	} {
		secret := driver.MustCreate(t, secretToken, props{"secretId": "s-" + policy, "replication": automatic()})
		version := driver.MustCreate(t, versionToken, props{"secret": secret.ID, "secretData": "v", "deletionPolicy": policy})
		require.NoError(t, driver.Delete(version))
		assert.Equal(t, want, manager.versions[version.ID].State, policy)
	}
}

func TestRegionalSecret(t *testing.T) {
	manager, driver := start(t)
	secret := driver.MustCreate(
		t,
		"gcp:secretmanager/regionalSecret:RegionalSecret",
		props{"secretId": "db", "location": "europe-west1"},
	)
	assert.Equal(t, "projects/prj/locations/europe-west1/secrets/db", secret.ID)
	version := driver.MustCreate(t, "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion", props{
		"secret": secret.ID, "secretData": "AAEC", "isSecretDataBase64": true,
	})
	assert.Equal(t, []byte{0, 1, 2}, manager.values[version.ID])
	assert.Equal(t, "AAEC", standin.Text(driver.Refresh(t, version).Inputs, "secretData"))
}

func TestRefusals(t *testing.T) {
	_, driver := start(t)
	_, failures := driver.Check(t, secretToken, props{"secretId": "a/b", "replication": automatic()})
	require.Len(t, failures, 1)
	assert.Equal(t, "secretId", failures[0].Property)
	for name, data := range map[string]string{"empty": "", "exceeds": strings.Repeat("x", 65537)} {
		_, err := driver.Create(t, versionToken, props{"secret": "projects/prj/secrets/x", "secretData": data})
		require.ErrorContains(t, err, name)
	}
}

func TestSchema(t *testing.T) {
	t.Parallel()
	standintest.Binds(t, Plugin())
	standintest.SameInputs(t, Plugin(), secretToken, sdk.SecretArgs{}, "rotation", "topics")
	standintest.SameInputs(t, Plugin(), versionToken, sdk.SecretVersionArgs{}, "secretDataWo", "secretDataWoVersion")
	standintest.SameInputs(
		t,
		Plugin(),
		"gcp:secretmanager/regionalSecret:RegionalSecret",
		sdk.RegionalSecretArgs{},
		"rotation",
		"topics",
	)
	standintest.SameInputs(
		t,
		Plugin(),
		"gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion",
		sdk.RegionalSecretVersionArgs{},
	)
}
