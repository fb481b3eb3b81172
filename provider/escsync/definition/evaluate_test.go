package definition

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"github.com/stretchr/testify/require"
)

// imported is the environment that tests import as my-project/my-imported-env.
const imported = `
values:
  my-imported-env-foo: foo-value
  my-imported-env-bar: bar-value
  my-imported-env-password: {fn::secret: 'p@ss"w''ord'}
  db: {user: bob, "dotted.key": dot, size: 10}
  hosts: [a, b]
  block: {value: {k: v}}
`

// crypter encrypts like the service, so that stored definitions contain no secret in plain text.
type crypter struct{ cipher.AEAD }

func newCrypter(t testingT) crypter {
	block, err := aes.NewCipher(make([]byte, 32))
	require.NoError(t, err)
	aead, err := cipher.NewGCM(block)
	require.NoError(t, err)
	return crypter{aead}
}

func (c crypter) Encrypt(_ context.Context, plaintext []byte) ([]byte, error) {
	nonce := make([]byte, c.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return c.Seal(nonce, nonce, plaintext, nil), nil
}

func (c crypter) Decrypt(_ context.Context, ciphertext []byte) ([]byte, error) {
	return c.Open(nil, ciphertext[:c.NonceSize()], ciphertext[c.NonceSize():], nil)
}

type environments map[string]string

func (e environments) LoadEnvironment(_ context.Context, name string) ([]byte, string, eval.Decrypter, error) {
	source, ok := e[name]
	if !ok {
		return nil, "", nil, fmt.Errorf("there is no environment %s", name)
	}
	return []byte(source), name, nil, nil
}

func (e environments) AuthorizeImport(context.Context, string, string, bool) error { return nil }

// testingT is the common part of testing.T and rapid.T.
type testingT interface {
	require.TestingT
	Helper()
}

// evaluate opens a definition with ESC's own evaluator.
func evaluate(t testingT, source string) *esc.Environment {
	t.Helper()
	return evaluateWith(t, source, environments{"my-project/my-imported-env@stable": imported})
}

func evaluateWith(t testingT, source string, others environments) *esc.Environment {
	t.Helper()
	ctx := context.Background()
	decl, diags, err := eval.LoadYAMLBytes("test", []byte(source))
	require.NoError(t, err)
	require.Empty(t, diags, "loading")
	exec, err := esc.NewExecContext(map[string]esc.Value{})
	require.NoError(t, err)
	env, diags := eval.EvalEnvironment(ctx, "test", decl, newCrypter(t), nil,
		others, exec, eval.EvalOptions{})
	require.Empty(t, diags, "evaluating %s", source)
	return env
}

// encrypt returns a definition as the service stores it.
func encrypt(t testingT, source string) string {
	t.Helper()
	stored, err := eval.EncryptSecrets(context.Background(), "test", []byte(source), newCrypter(t))
	require.NoError(t, err)
	return string(stored)
}

// decrypt returns a stored definition as the service shows it to users who may open it.
func decrypt(t testingT, stored string) string {
	t.Helper()
	source, err := eval.DecryptSecrets(context.Background(), "test", []byte(stored), newCrypter(t))
	require.NoError(t, err)
	return string(source)
}

// openPayload returns what the target program receives.
func openPayload(t testingT, env *esc.Environment) map[string]any {
	t.Helper()
	config, ok := env.Properties["pulumiConfig"].Value.(map[string]esc.Value)
	require.True(t, ok, "pulumiConfig")
	payload := config[PayloadKey]
	require.True(t, payload.Secret, "the payload is not secret")
	raw, err := base64.StdEncoding.DecodeString(payload.Value.(string))
	require.NoError(t, err)
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var object map[string]any
	require.NoError(t, decoder.Decode(&object))
	return object
}

var _ testingT = (*testing.T)(nil)

func decode(t testingT, encoded string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(encoded)
	require.NoError(t, err)
	return string(raw)
}

// handedOverText returns the content of the file that the command for a custom program writes.
func handedOverText(t testingT, env *esc.Environment) string {
	t.Helper()
	handed := env.Properties["escsync"].Value.(map[string]esc.Value)
	file := decode(t, handed["file"].Value.(string))
	if text, ok := handed["text"].Value.(string); ok && strings.HasPrefix(file, `"`) {
		return decode(t, text)
	}
	return file
}
