package limit_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/limit"
)

func TestTags(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("a", n) }
	tests := []struct {
		platform            string
		rules               limit.Tags
		goodKeys, badKeys   []string
		goodTexts, badTexts []string
		most                int
	}{
		{"AWS Secrets Manager", limit.AwsSecretsManagerTags,
			[]string{"a", "Ä b", "a!", long(128)}, []string{"", "aws:x", "AWS:x", long(129)},
			[]string{"", "a!", strings.Repeat("ü", 256)}, []string{long(257)}, 49},
		{"AWS Parameter Store", limit.AwsParameterStoreTags,
			[]string{"a", "Ä b_.:/=+@-1", long(128)}, []string{"", "aws:x", "a!", "a\nb", long(129)},
			[]string{"", "x y", long(256)}, []string{"a!", "a\tb", long(257)}, 49},
		{"Azure Key Vault", limit.AzureTags,
			[]string{"a", "Ä!", long(512)}, []string{"", long(513)}, []string{"", long(512)}, []string{long(513)}, 14},
		{"GCP labels", limit.GcpLabels,
			[]string{"a", "team-a_1", "é", "名", long(63)},
			[]string{"", "A", "1a", "-a", "a.b", long(64), strings.Repeat("名", 43)},
			[]string{"", "1-a_b", "é", long(63)}, []string{"A", "a b", "a.b", long(64), strings.Repeat("名", 43)}, 64},
		{"GCP annotations", limit.GcpAnnotations,
			[]string{"a", "A1.b_c-d", long(63)}, []string{"", "a/b", ".a", "a-", "a:b", long(64)},
			[]string{"", "any thing", long(1000)}, nil, 0},
		{"Vault", limit.VaultMetadata,
			[]string{"a", "Ä!", long(128)}, []string{"", "a\nb", long(129), strings.Repeat("ü", 65)},
			[]string{"a b", long(512)}, []string{"", "a\tb", long(513)}, 63},
		{"Kubernetes labels", limit.KubernetesLabels,
			[]string{"a", "example.com/A_b.c-1", long(63)}, []string{"", "a b", "/a", "A.com/a", "a/b/c", "-a", long(64)},
			[]string{"", "A_b.c-1", long(63)}, []string{"-a", "a b", "a/b", long(64)}, 0},
		{"Kubernetes annotations", limit.KubernetesAnnotations,
			[]string{"a", "Example.com/a", long(63)}, []string{"", "a b", "a/b/c", long(64)},
			[]string{"", "any\nthing", long(1000)}, nil, 0},
	}
	for _, test := range tests {
		t.Run(test.platform, func(t *testing.T) {
			t.Parallel()
			judge := func(check func(string) error, what string, good, bad []string) {
				for _, text := range good {
					assert.NoError(t, check(text), text)
				}
				for _, text := range bad {
					err := check(text)
					assert.Regexp(t, `^`+what+` .* \(https://[^ ]+\)$`, err.Error(), text)
					if len(text) > 2 {
						assert.NotContains(t, err.Error(), text, "it may be a secret")
					}
				}
			}
			judge(test.rules.CheckKey, "its key", test.goodKeys, test.badKeys)
			judge(test.rules.CheckValue, "its value", test.goodTexts, test.badTexts)
			if test.most > 0 {
				assert.NoError(t, test.rules.Check(test.most, 1<<20))
				assert.ErrorContains(t, test.rules.Check(test.most+1, 0), "at most")
			} else {
				assert.NoError(t, test.rules.Check(1000, test.rules.MaxBytes))
			}
		})
	}
	assert.ErrorContains(t, limit.GcpAnnotations.Check(1, 16<<10), "bytes in all")
	assert.ErrorContains(t, limit.KubernetesAnnotations.Check(1, 256<<10), "bytes in all")
	assert.NoError(t, limit.KubernetesLabels.Check(1000, 1<<20), "Kubernetes limits each, and not all together")
}
