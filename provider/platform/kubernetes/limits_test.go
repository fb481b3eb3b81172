package kubernetes

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, nameLimit, []string{"a", "a-b.c1", strings.Repeat("a", 253)},
		map[string]string{"A": "DNS subdomain", "a_b": "DNS subdomain", "-a": "DNS " +
			"subdomain", "a.": "DNS subdomain"})
	limittest.Names(t, keyLimit, []string{"a", ".dockerconfigjson", "tls.crt", "A_b-c"},
		map[string]string{".": "must not be .", "..a": "begin with ..", "a/b": "not allowed", "": "empty"})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit, 1048576, true)
}

func TestTags(t *testing.T) {
	t.Parallel()
	limittest.Tags(t, labelLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "example.com/A_b.c-1", limittest.Long(63)},
		BadKeys:    []string{"", "a b", "/a", "A.com/a", "a/b/c", "-a", limittest.Long(64)},
		GoodValues: []string{"", "A_b.c-1", limittest.Long(63)},
		BadValues:  []string{"-a", "a b", "a/b", limittest.Long(64)},
	})
	limittest.Tags(t, annotationLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "Example.com/a", limittest.Long(63)},
		BadKeys:    []string{"", "a b", "a/b/c", limittest.Long(64)},
		GoodValues: []string{"", "any\nthing", limittest.Long(1000)},
	})
}

func TestNamespaces(t *testing.T) {
	t.Parallel()
	limittest.Texts(t, checkNamespace,
		[]string{"a", "team-1", strings.Repeat("a", 63)}, []string{"", "A", "a.b", "-a", "a-", strings.Repeat("a", 64)})
}

func TestSecretTypes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		typ  string
		keys []string
		want string
	}{
		{"Opaque", nil, ""},
		{"example.com/own", nil, ""},
		{"kubernetes.io/tls", []string{"tls.crt", "tls.key", "ca.crt"}, ""},
		{"kubernetes.io/tls", []string{"tls.crt"}, "kubernetes.io/tls needs the key tls.key"},
		{"kubernetes.io/tls", nil, "needs the key tls.crt and tls.key"},
		{"kubernetes.io/basic-auth", []string{"password"}, ""},
		{"kubernetes.io/basic-auth", []string{"token"}, "needs the key username or password"},
		{"kubernetes.io/ssh-auth", []string{"key"}, "needs the key ssh-privatekey"},
		{"kubernetes.io/dockerconfigjson", []string{".dockercfg"}, "needs the key .dockerconfigjson"},
		{"kubernetes.io/dockercfg", []string{".dockercfg"}, ""},
	} {
		err := checkSecretType(test.typ, test.keys)
		if test.want == "" {
			require.NoError(t, err, test.typ)
		} else {
			require.ErrorContains(t, err, test.want)
		}
	}
	assert.Equal(t, ".dockerconfigjson",
		splitUp("kubernetes.io/dockerconfigjson", []string{`[".dockerconfigjson"].auths`}))
	assert.Empty(t, splitUp("kubernetes.io/dockerconfigjson", []string{"auths", `[".dockerconfigjson"]`}))
	assert.Empty(t, splitUp("kubernetes.io/tls", []string{`["tls.crt"].a`}))
	require.NoError(t, checkTypedValue("kubernetes.io/dockerconfigjson", ".dockerconfigjson", `{"auths":{}}`))
	require.NoError(t, checkTypedValue("kubernetes.io/dockerconfigjson", "other", "hunter2"))
	require.NoError(t, checkTypedValue("kubernetes.io/tls", "tls.crt", "hunter2"))
	err := checkTypedValue("kubernetes.io/dockerconfigjson", ".dockerconfigjson", "hunter2")
	require.ErrorContains(t, err, "must be JSON, as the type kubernetes.io/dockerconfigjson requires")
	assert.NotContains(t, err.Error(), "hunter2")
}

func TestAllLabelsAndAnnotations(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, annotationLimit.Check(1, 256<<10), "bytes in all")
	require.NoError(t, labelLimit.Check(1000, 1<<20), "Kubernetes limits each value, not the total")
}
