package gcpsecretmanager

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/limit/limittest"
)

func TestNames(t *testing.T) {
	t.Parallel()
	limittest.Names(t, nameLimit, []string{"a_b-C1", strings.Repeat("a", 255)},
		map[string]string{"a.b": "not allowed", "a/b": "not allowed", strings.Repeat("a", 256): "256 characters"})
}

func TestValues(t *testing.T) {
	t.Parallel()
	limittest.Values(t, valueLimit, 65536, false)
}

func TestTags(t *testing.T) {
	t.Parallel()
	limittest.Tags(t, labelLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "team-a_1", "é", "名", limittest.Long(63)},
		BadKeys:    []string{"", "A", "1a", "-a", "a.b", limittest.Long(64), strings.Repeat("名", 43)},
		GoodValues: []string{"", "1-a_b", "é", limittest.Long(63)},
		BadValues:  []string{"A", "a b", "a.b", limittest.Long(64), strings.Repeat("名", 43)},
		Most:       64,
	})
	limittest.Tags(t, annotationLimit, limittest.TagCases{
		GoodKeys:   []string{"a", "A1.b_c-d", limittest.Long(63)},
		BadKeys:    []string{"", "a/b", ".a", "a-", "a:b", limittest.Long(64)},
		GoodValues: []string{"", "any thing", limittest.Long(1000)},
	})
}

func TestProjectsRegionsAndKeys(t *testing.T) {
	t.Parallel()
	limittest.Texts(t, checkRegion,
		[]string{"europe-west1", "us-central1", "northamerica-northeast2", "africa-south1", "europe-west12"},
		[]string{"", "EU", "eu", "us-central1-a", "Europe-West1", "global", "europe-west1 "})
	limittest.Texts(t, checkProject,
		[]string{"my-project", "example.com:my-project", "a23456"},
		[]string{
			"", "123456789012", "My Project", "short", "1project", "project-", "projects/my-project",
			strings.Repeat("a", 31),
		})
}

func TestKmsKey(t *testing.T) {
	t.Parallel()
	key := func(location string) string { return "projects/p/locations/" + location + "/keyRings/r/cryptoKeys/k" }
	require.NoError(t, checkKmsKey(key("global"), nil))
	require.NoError(t, checkKmsKey(key("europe-west1"), []string{"europe-west1"}))
	require.ErrorContains(t, checkKmsKey(key("europe-west1"), nil), "location global")
	require.ErrorContains(t, checkKmsKey(key("global"), []string{"europe-west1"}), "the secret's region")
	for _, bad := range []string{"", "k", key("global") + "/cryptoKeyVersions/1", "/" + key("global")} {
		require.ErrorContains(t, checkKmsKey(bad, nil), "must be projects/<project>/", bad)
	}
}

func TestAllAnnotations(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, annotationLimit.Check(1, 16<<10), "bytes in all")
}
