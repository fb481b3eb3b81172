package aws

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/internal/traffic"
)

// The first segments of identities: awsSecretsManager/region/name and awsParameterStore/region/name. A name keeps its
// leading slash.
const (
	SecretsManager = "awsSecretsManager"
	ParameterStore = "awsParameterStore"
)

// Server is the proxy in front of moto, with its clients. Goroutines may call its methods concurrently once Connect has
// returned.
type Server struct {
	region  string
	counter traffic.Counter
	front   *httptest.Server
	target  atomic.Pointer[http.Handler]
	// permitted contains the actions that policies allow. nil allows all.
	permitted atomic.Pointer[map[string]bool]

	secrets    *secretsmanager.Client
	parameters *ssm.Client
}

var (
	_ platforms.Platform = (*Server)(nil)
	_ platforms.Restorer = (*Server)(nil)
	_ platforms.Emulated = (*Server)(nil)
)

// Start starts the proxy on a free port of 127.0.0.1. The caller must Connect it to moto once the harness runs, because
// moto's address is unknown before, and Close it.
func Start(region string) *Server {
	s := &Server{region: region}
	s.counter.IsWrite, s.counter.Refuse = isWrite, refuse
	s.front = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		target := s.target.Load()
		if target == nil {
			http.Error(w, "the proxy is not connected to moto yet", http.StatusBadGateway)
			return
		}
		if !s.permits(r) {
			refuse(w, r)
			return
		}
		(*target).ServeHTTP(w, r)
	}))
	return s
}

// Connect forwards all requests to moto, and creates the clients with a configuration for moto.
func (s *Server) Connect(moto sdk.Config) error {
	target, err := url.Parse(sdk.ToString(moto.BaseEndpoint))
	if err != nil {
		return fmt.Errorf("reading moto's address: %w", err)
	}
	moto.Region = s.region
	s.secrets, s.parameters = secretsmanager.NewFromConfig(moto), ssm.NewFromConfig(moto)
	handler := s.counter.Proxy(target, http.DefaultTransport)
	s.target.Store(&handler)
	return nil
}

// isWrite checks the operation, which AWS's JSON protocols name in a header. Every request is a POST.
func isWrite(r *http.Request) bool {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	for _, reading := range []string{"Get", "List", "Describe", "BatchGet"} {
		if strings.HasPrefix(operation, reading) {
			return false
		}
	}
	return operation != ""
}

// refuse answers as AWS does if no policy allows an operation.
func refuse(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]string{
		"__type": "AccessDeniedException",
		"message": "User: arn:aws:sts::123456789012:assumed-role/escsync/run is not authorized to perform: " + action(r) +
			" because no identity-based policy allows the " + action(r) + " action",
	})
}

// Restrict lets the proxy refuse writes, or forward them again.
func (s *Server) Restrict(_ context.Context, readOnly bool) error {
	s.counter.Restrict(readOnly)
	return nil
}

// Environment returns the variables of AWS's clients. It overrides those of the harness.
func (s *Server) Environment() []string { return []string{"AWS_ENDPOINT_URL=" + s.front.URL} }

// Writes returns the number of requests to change something.
func (s *Server) Writes() int { return s.counter.Writes() }

// Close ends the proxy.
func (s *Server) Close() error {
	s.front.Close()
	return nil
}

// Secrets returns the current values of the secrets that are not scheduled for deletion, and of all parameters.
func (s *Server) Secrets(ctx context.Context) (map[string]string, error) {
	values := map[string]string{}
	secrets := secretsmanager.NewListSecretsPaginator(s.secrets, &secretsmanager.ListSecretsInput{})
	for secrets.HasMorePages() {
		page, err := secrets.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing the secrets in AWS: %w", err)
		}
		for _, secret := range page.SecretList {
			if secret.DeletedDate != nil {
				continue
			}
			found, err := s.secrets.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{
				SecretId: secret.Name, VersionStage: sdk.String("AWSCURRENT"),
			})
			if err != nil {
				return nil, fmt.Errorf("reading the secret %s: %w", sdk.ToString(secret.Name), err)
			}
			values[s.identity(SecretsManager, sdk.ToString(secret.Name))] =
				sdk.ToString(found.SecretString) + string(found.SecretBinary) // one of the two
		}
	}
	parameters := ssm.NewGetParametersByPathPaginator(s.parameters, &ssm.GetParametersByPathInput{
		Path: sdk.String("/"), Recursive: sdk.Bool(true), WithDecryption: sdk.Bool(true),
	})
	for parameters.HasMorePages() {
		page, err := parameters.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing the parameters in AWS: %w", err)
		}
		for _, parameter := range page.Parameters {
			values[s.identity(ParameterStore, sdk.ToString(parameter.Name))] = sdk.ToString(parameter.Value)
		}
	}
	return values, nil
}

func (s *Server) identity(service, name string) string { return service + "/" + s.region + "/" + name }

// Put writes a secret or a parameter, and creates it if necessary.
func (s *Server) Put(ctx context.Context, identity, value string) error {
	service, name, err := s.split(identity)
	if err != nil {
		return err
	}
	if service == ParameterStore {
		_, err = s.parameters.PutParameter(ctx, &ssm.PutParameterInput{
			Name: &name, Value: &value, Type: "SecureString", Overwrite: sdk.Bool(true),
		})
		return wrap("writing", identity, err)
	}
	_, err = s.secrets.PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{SecretId: &name, SecretString: &value})
	if isMissing(err) {
		_, err = s.secrets.CreateSecret(ctx, &secretsmanager.CreateSecretInput{Name: &name, SecretString: &value})
	}
	return wrap("writing", identity, err)
}

// Delete deletes a secret, without a recovery window, or a parameter.
func (s *Server) Delete(ctx context.Context, identity string) error {
	service, name, err := s.split(identity)
	if err != nil {
		return err
	}
	if service == ParameterStore {
		_, err = s.parameters.DeleteParameter(ctx, &ssm.DeleteParameterInput{Name: &name})
		return wrap("deleting", identity, err)
	}
	_, err = s.secrets.DeleteSecret(ctx, &secretsmanager.DeleteSecretInput{
		SecretId: &name, ForceDeleteWithoutRecovery: sdk.Bool(true),
	})
	return wrap("deleting", identity, err)
}

// Restore ends the recovery window of a deleted secret.
func (s *Server) Restore(ctx context.Context, identity string) error {
	service, name, err := s.split(identity)
	if err != nil {
		return err
	}
	if service == ParameterStore {
		return fmt.Errorf("restoring %s: a deleted parameter is gone", identity)
	}
	_, err = s.secrets.RestoreSecret(ctx, &secretsmanager.RestoreSecretInput{SecretId: &name})
	return wrap("restoring", identity, err)
}

func (s *Server) split(identity string) (service, name string, err error) {
	for _, service := range []string{SecretsManager, ParameterStore} {
		if name, found := strings.CutPrefix(identity, s.identity(service, "")); found && name != "" {
			return service, name, nil
		}
	}
	return "", "", fmt.Errorf("%s is neither %s/%s/name nor %s/%s/name", identity,
		SecretsManager, s.region, ParameterStore, s.region)
}

func isMissing(err error) bool {
	var coded interface{ ErrorCode() string }
	return errors.As(err, &coded) && coded.ErrorCode() == "ResourceNotFoundException"
}

func wrap(doing, identity string, err error) error {
	if err != nil {
		return fmt.Errorf("%s %s: %w", doing, identity, err)
	}
	return nil
}
