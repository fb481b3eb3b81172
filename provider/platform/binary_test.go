package platform_test

import (
	"encoding/base64"
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// keystore starts like a Java keystore, so its bytes are not valid UTF-8.
const keystore = "/u3+7QAAAAI="

// binaryCase is how a platform stores {"key.jks": keystore, "text": "/u3+7Q=="}, where key.jks is binary.
type binaryCase struct {
	name, component string
	destination     object
	// jksKey and textKey are the keys of the two resources, and input is the path of the bytes in their inputs.
	typ, jksKey, textKey, input string
	// jks and text are the expected inputs of the two, by path.
	jks, text object
}

func binaryCases() []binaryCase {
	const gcpVersionType = "gcp:secretmanager/secretVersion:SecretVersion"
	return []binaryCase{
		{
			name: "AWS Secrets Manager", component: "AwsSecretsManagerTarget", destination: object{"path": "prod"},
			typ: awsSecretVersionType, jksKey: `["key.jks"]`, textKey: "text", input: "secretBinary",
			jks: object{"secretBinary": keystore}, text: object{"secretString": "/u3+7Q=="},
		},
		{
			name: "GCP Secret Manager", component: "GcpSecretManagerTarget", destination: object{},
			typ: gcpVersionType, jksKey: `["key.jks"]`, textKey: "text", input: "secretData",
			jks:  object{"secretData": keystore, "isSecretDataBase64": true},
			text: object{"secretData": "/u3+7Q=="},
		},
		{
			name: "a Kubernetes Secret", component: "KubernetesTarget", destination: object{"name": "app"},
			typ: "kubernetes:core/v1:Secret", jksKey: `["key.jks"]`, textKey: "text", input: "data",
			jks:  object{`data["key.jks"]`: keystore},
			text: object{"data.text": base64.StdEncoding.EncodeToString([]byte("/u3+7Q=="))},
		},
	}
}

// with returns the settings of a destination with these key settings.
func with(destination, keys object) object {
	result := maps.Clone(destination)
	result["keys"] = keys
	return result
}

func TestBytesArePushed(t *testing.T) {
	t.Parallel()
	for _, c := range binaryCases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			inputs := map[string]property.Value{
				"destination": props(t, with(c.destination, object{"binary": []any{"*.jks"}})),
				"value":       props(t, object{"key.jks": "/u3+\n7QAAAAI=\n", "text": "/u3+7Q=="}),
			}
			run := construct(t, targettest.Case{Type: c.component, Inputs: inputs})
			require.NoError(t, run.Err)
			jks, text := run.Child(t, c.typ, c.jksKey), run.Child(t, c.typ, c.textKey)
			for path, want := range c.jks {
				assert.Equal(t, props(t, want), at(t, jks.Inputs, path).WithSecret(false).WithDependencies(nil), path)
			}
			assert.True(t, jks.Input(c.input).HasSecrets())
			for path, want := range c.text {
				assert.Equal(t, props(t, want), at(t, text.Inputs, path).WithSecret(false).WithDependencies(nil), path)
			}
			for _, other := range []string{"secretString", "secretBinary", "isSecretDataBase64"} {
				assert.Equal(t, c.jks[other] == nil, jks.Input(other).IsNull(), other)
				assert.Equal(t, c.text[other] == nil, text.Input(other).IsNull(), other)
			}

			inputs["value"] = property.New(map[string]property.Value{"key.jks": property.New(property.Computed)})
			run = construct(t, targettest.Case{Type: c.component, Inputs: inputs, Preview: true})
			require.NoError(t, run.Err)
			jks = run.Child(t, c.typ, c.jksKey)
			assert.True(t, jks.Input(c.input).HasComputed())
			assert.Equal(t, c.jks["isSecretDataBase64"] == nil, jks.Input("isSecretDataBase64").IsNull())
		})
	}
}

// A platform that only stores text refuses bytes, in a run too, because it would receive different bytes.
func TestBytesAreRefusedByTextOnlyPlatforms(t *testing.T) {
	t.Parallel()
	const why = "keys.binary: pushes bytes, but the destination stores text: leave it out to push the base64 text, and " +
		"decode that where it is read"
	configMap := platformCase{
		platform: "kubernetes", component: "KubernetesTarget", destination: object{"name": "app", "kind": "ConfigMap"},
	}
	for _, c := range append(platformCases(), configMap) {
		if c.platform == "awsSecretsManager" || c.platform == "gcpSecretManager" {
			continue
		}
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			destination := with(c.destination, object{"binary": []any{"*.jks"}})
			run := construct(t, targettest.Case{Type: c.component, Preview: true, Inputs: map[string]property.Value{
				"destination": props(t, destination), "value": property.New(property.Computed),
			}})
			assert.Equal(t, []string{"destination." + why}, run.Problems(t))
			run = construct(t, targettest.Case{Type: "Target", Inputs: map[string]property.Value{
				"payload": payloadText(t, object{
					"sync":   object{c.platform: object{"value": object{"key.jks": keystore}}},
					"target": object{"platform": c.platform, "settings": destination},
				}),
			}})
			assert.Equal(t, []string{"payload.target.settings." + why}, run.Problems(t))
			assert.Empty(t, run.Children)
		})
	}
}

func TestInvalidBinaryKeys(t *testing.T) {
	t.Parallel()
	binary := object{"binary": []any{"*.jks"}}
	for _, test := range []struct {
		name, typ   string
		destination object
		value       any
		want        []string
	}{
		{"no base64", "GcpSecretManagerTarget", with(object{}, binary), object{"a.jks": "hunter2", "b": "c"}, []string{
			`value["a.jks"]: is not base64: it must have the standard alphabet with + and /, padding and no spaces; ` +
				"or leave it out of keys.binary"}},
		{"json", "AwsSecretsManagerTarget", with(object{"name": "n"}, binary), object{"a.jks": keystore}, []string{
			"destination.keys.binary: needs the mapping perKey: with json keys are not pushed separately. Use perKey, " +
				"or leave it out to push the base64 text"}},
		{"single", "KubernetesTarget", with(object{"name": "n"}, binary), keystore, []string{
			"destination.keys.binary: needs the mapping perKey: with single keys are not pushed separately. Use perKey, " +
				"or give the value as an object with one key"}},
		{"too many", "GcpSecretManagerTarget", with(object{}, binary),
			object{"a.jks": base64.StdEncoding.EncodeToString(make([]byte, 65537))}, []string{
				"value[\"a.jks\"]: has 65537 bytes, and the platform accepts at most 65536 " +
					"(https://cloud.google.com/secret-manager/quotas)"}},
		{"base64 twice", "AwsSecretsManagerTarget", with(object{"path": "p"}, binary),
			object{"a.jks": base64.StdEncoding.EncodeToString([]byte(keystore))}, []string{
				"value[\"a.jks\"]: decodes to text that is base64 itself, which the AWS provider would write again " +
					"on every run: push that inner text as it is, without keys.binary"}},
		{"none", "AwsSecretsManagerTarget", with(object{"path": "p"}, binary), object{"a.jks": ""}, []string{
			"value[\"a.jks\"]: is empty, which the platform does not accept: give it a value or exclude the key " +
				"(https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			run := construct(t, targettest.Case{Type: test.typ, Preview: true, Inputs: map[string]property.Value{
				"destination": props(t, test.destination), "value": props(t, test.value),
			}})
			assert.Equal(t, test.want, run.Problems(t))
			assert.Empty(t, run.Children)
		})
	}
}

// The limit applies to the bytes. Their base64 text is a third longer.
func TestSizeLimitsCountBytes(t *testing.T) {
	t.Parallel()
	most := base64.StdEncoding.EncodeToString(append(make([]byte, 65535), 0xfe))
	run := construct(t, targettest.Case{Type: "AwsSecretsManagerTarget", Inputs: map[string]property.Value{
		"destination": props(t, with(object{"path": "p"}, object{"binary": []any{"a"}})),
		"value":       props(t, object{"a": most}),
	}})
	require.NoError(t, run.Err)
}
