package docs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

// secretValues are the values that an example passes from an imported login to its platform's provider.
var secretValues = map[string][]string{
	"fan-out/github":            {"environmentVariables.GITHUB_TOKEN"},
	"fan-out/kubernetes":        {"pulumiConfig.kubernetes:kubeconfig"},
	"github-secrets/actions":    {"environmentVariables.GITHUB_TOKEN"},
	"github-variables/settings": {"environmentVariables.GITHUB_TOKEN"},
	"golden-path/sync": {"environmentVariables.AWS_ACCESS_KEY_ID", "environmentVariables.AWS_SECRET_ACCESS_KEY",
		"environmentVariables.AWS_SESSION_TOKEN"},
	"kubernetes/secret":   {"pulumiConfig.kubernetes:kubeconfig"},
	"kubernetes/settings": {"pulumiConfig.kubernetes:kubeconfig"},
	"resource/group":      {"environmentVariables.GITLAB_TOKEN"},
	"resource/project":    {"environmentVariables.GITLAB_TOKEN"},

	"resource-platforms/azureAppConfiguration": {"environmentVariables.ARM_CLIENT_SECRET"},
	"resource-platforms/circleci":              {"pulumiConfig.circleci:apiToken"},
	"resource-platforms/cloudflare":            {"environmentVariables.CLOUDFLARE_API_TOKEN"},
	"resource-platforms/consul":                {"environmentVariables.CONSUL_HTTP_TOKEN"},
	"resource-platforms/databricks":            {"environmentVariables.DATABRICKS_TOKEN"},
	"resource-platforms/snowflake":             {"environmentVariables.SNOWFLAKE_PASSWORD"},
	"resource-platforms/terraformCloud":        {"environmentVariables.TFE_TOKEN"},
	"resource-platforms/vercel":                {"environmentVariables.VERCEL_API_TOKEN"},

	"vault/database": {"environmentVariables.VAULT_TOKEN"},
}

// Everything that an example uses of an imported login is in examples/logins: ESC's own evaluator finds it there, and
// it is secret. Nobody is signed in: the login providers are stand-ins with the inputs and outputs of Pulumi's
// documentation.
func TestExamplesFindTheirLogins(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob(filepath.Join(repository, "examples", "*", "Pulumi.yaml"))
	require.NoError(t, err)
	var importing []string
	for _, file := range found {
		for name, sync := range syncs(t, file) {
			if !slices.ContainsFunc(sync.Imports, isLogin) {
				continue
			}
			importing = append(importing, name)
			environment := open(t, map[string]any{
				"imports": slices.DeleteFunc(sync.Imports, func(name string) bool { return !isLogin(name) }),
				"values":  sync.EnvironmentValues,
			})
			for _, path := range secretValues[name] {
				block, key, _ := strings.Cut(path, ".")
				values, ok := environment.Properties[block].Value.(map[string]esc.Value)
				require.True(t, ok, "%s: %s", name, block)
				assert.True(t, values[key].Secret, "%s: %s", name, path)
				assert.NotEmpty(t, values[key].Value, "%s: %s", name, path)
			}
		}
	}
	for _, name := range importing {
		assert.NotEmpty(t, secretValues[name], "%s imports a login: say what it takes", name)
	}
	assert.Len(t, importing, len(secretValues))
}

// The evaluator must notice a wrong name in a definition of examples/logins.
func TestEvaluatorMissesWhatALoginDoesNotHave(t *testing.T) {
	t.Parallel()
	_, err := evaluate(t.Context(), "imports: [logins/vault]\nvalues: {token: '${vault.tokn}'}\n")
	require.ErrorContains(t, err, `unknown property "tokn"`)
	_, err = evaluate(t.Context(), "values: {vault: {fn::open::vault-login: {url: 'https://127.0.0.1'}}}\n")
	require.ErrorContains(t, err, "missing required properties: address")
}

// The definition that examples/login-aws reads contains its login.
func TestLoginInTheDefinition(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(repository, "examples", "login-aws", "environment.yaml"))
	require.NoError(t, err)
	environment, err := evaluate(t.Context(), string(text))
	require.NoError(t, err)
	variables, ok := environment.Properties["environmentVariables"].Value.(map[string]esc.Value)
	require.True(t, ok)
	assert.True(t, variables["AWS_SESSION_TOKEN"].Secret)
}

// sync is the part of an EscSync in a YAML example that imports and passes on values.
type sync struct {
	Imports           []string
	EnvironmentValues map[string]any `yaml:"environmentValues"`
}

func isLogin(environment string) bool { return strings.HasPrefix(environment, "logins/") }

// syncs returns the syncs of a YAML program, by the names of example and resource. It turns $${...} into ${...}, as
// Pulumi YAML does.
func syncs(t *testing.T, file string) map[string]sync {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var program struct {
		Resources map[string]struct{ Properties yaml.Node }
	}
	require.NoError(t, yaml.Unmarshal([]byte(strings.ReplaceAll(string(text), "$${", "${")), &program))
	found := map[string]sync{}
	for name, resource := range program.Resources {
		var s sync
		require.NoError(t, resource.Properties.Decode(&s))
		found[filepath.Base(filepath.Dir(file))+"/"+name] = s
	}
	return found
}

// open evaluates a definition, and requires that it has no error.
func open(t *testing.T, definition map[string]any) *esc.Environment {
	t.Helper()
	text, err := yaml.Marshal(definition)
	require.NoError(t, err)
	environment, err := evaluate(t.Context(), string(text))
	require.NoError(t, err, "%s", text)
	return environment
}

func evaluate(ctx context.Context, definition string) (*esc.Environment, error) {
	parsed, found, err := eval.LoadYAMLBytes("test", []byte(definition))
	if err != nil || found.HasErrors() {
		return nil, errors.Join(err, found)
	}
	execution, err := esc.NewExecContext(map[string]esc.Value{})
	if err != nil {
		return nil, err
	}
	environment, found := eval.EvalEnvironment(ctx, "test", parsed, nil, providers{}, logins{}, execution,
		eval.EvalOptions{})
	if found.HasErrors() {
		return nil, found
	}
	return environment, nil
}

// logins loads the environments of examples/logins, and a database.
type logins struct{}

func (logins) LoadEnvironment(_ context.Context, name string) ([]byte, string, eval.Decrypter, error) {
	if name == "shop/database@stable" {
		return []byte("values: {database: {user: bob}}"), name, nil, nil
	}
	if !isLogin(name) {
		return nil, "", nil, fmt.Errorf("there is no environment %s", name)
	}
	text, err := os.ReadFile(filepath.Join(repository, "examples", filepath.FromSlash(name)+".yaml"))
	return text, name, nil, err
}

func (logins) AuthorizeImport(context.Context, string, string, bool) error { return nil }

// providers returns stand-ins for the login providers that the examples use.
type providers struct{}

func (providers) LoadProvider(_ context.Context, name string) (esc.Provider, error) {
	text, attributes := schema.String(), schema.Array().Items(schema.String())
	switch name {
	case "vault-login":
		jwt := schema.Object().Required("role").
			Properties(schema.BuilderMap{"role": text, "mount": text, "subjectAttributes": attributes})
		return login{
			inputs: schema.Object().Required("address").
				Properties(schema.BuilderMap{"address": text, "namespace": text, "jwt": jwt}),
			outputs: []string{"address", "token"},
		}, nil
	case "aws-login":
		oidc := schema.Object().Required("roleArn", "sessionName").Properties(schema.BuilderMap{
			"roleArn": text, "sessionName": text, "duration": text, "subjectAttributes": attributes,
		})
		return login{
			inputs:  schema.Record(schema.BuilderMap{"oidc": oidc}),
			outputs: []string{"accessKeyId", "secretAccessKey", "sessionToken"},
		}, nil
	}
	return nil, fmt.Errorf("unknown provider %q", name)
}

func (providers) LoadRotator(_ context.Context, name string) (esc.Rotator, error) {
	return nil, fmt.Errorf("unknown rotator %q", name)
}

type login struct {
	inputs  *schema.ObjectBuilder
	outputs []string
}

func (l login) Schema() (inputs, outputs *schema.Schema) {
	properties := schema.BuilderMap{}
	for _, name := range l.outputs {
		properties[name] = schema.String()
	}
	return l.inputs.Schema(), schema.Record(properties).Schema()
}

func (l login) Open(context.Context, map[string]esc.Value, esc.EnvExecContext) (esc.Value, error) {
	values := map[string]esc.Value{}
	for _, name := range l.outputs {
		values[name] = esc.NewSecret("of " + name)
	}
	return esc.NewValue(values), nil
}

// The templates' logins are in examples/logins too, and each definition there is imported by something.
func TestEveryLoginIsImported(t *testing.T) {
	t.Parallel()
	defined, err := filepath.Glob(filepath.Join(repository, "examples", "logins", "*.yaml"))
	require.NoError(t, err)
	programs, err := filepath.Glob(filepath.Join(repository, "examples", "*", "*.*"))
	require.NoError(t, err)
	imported := map[string]bool{}
	for _, file := range programs {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if filepath.Base(filepath.Dir(file)) == "policies" || filepath.Base(filepath.Dir(file)) == "logins" {
			continue
		}
		for _, name := range regexp.MustCompile(`logins/[a-z-]+`).FindAllString(string(text), -1) {
			imported[name] = true
			assert.FileExists(t, filepath.Join(repository, "examples", filepath.FromSlash(name)+".yaml"), file)
		}
	}
	assert.Len(t, imported, len(defined))
}
