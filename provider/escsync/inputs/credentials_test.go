package inputs

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAwsArns(t *testing.T) {
	t.Parallel()
	for good, kind := range map[string]string{
		"arn:aws:iam::123456789012:role/sync":                         "role",
		"arn:aws-us-gov:iam::123456789012:role/path/to/sync+=,.@-_":   "role",
		"arn:aws-cn:iam::123456789012:policy/narrow":                  "policy",
		"arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM":    "policy",
		"arn:aws-eusc:iam::123456789012:policy/division/one/narrower": "policy",
	} {
		require.NoError(t, checkArn(good, kind), good)
	}
	for _, bad := range []string{
		"", "sync", "role/sync", "arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:user/sync",
		"arn:aws:iam::1234:role/sync", "arn:aws:sts::123456789012:assumed-role/sync/session",
		"arn:aws:iam:us-west-2:123456789012:role/sync", "arn:gcp:iam::123456789012:role/sync",
		"arn:aws:iam::123456789012:role/sync\n", "arn:aws:iam::123456789012:policy/sync",
	} {
		require.ErrorContains(t, checkArn(bad, "role"), "must be the ARN of a role, such as ", bad)
	}
}

func TestAwsSessionName(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"escsync", "a1", "A_+=,.@-", strings.Repeat("a", 64)} {
		require.NoError(t, checkSessionName(good), good)
	}
	for _, bad := range []string{"", "a", "a b", "a/b", "ä-b", "ab\n", strings.Repeat("a", 65)} {
		require.ErrorContains(t, checkSessionName(bad), "must have 2 to 64", bad)
	}
}

func TestProjectNumber(t *testing.T) {
	t.Parallel()
	require.NoError(t, checkProjectNumber("123456789012"))
	for _, bad := range []string{"", "my-project", "projects/1"} {
		require.Error(t, checkProjectNumber(bad), bad)
	}
}
