package e2e

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A rename with an alias and without `name` creates a new target stack with an empty state. Its run recognizes the
// secrets by the ownership tag of the old name, adopts them, and tags them with the new name. Then the alias can be
// removed.
func TestRenameWithAnAliasAndWithoutAName(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	const properties = unwatched + "value: {user: bob, password: hunter2}\n"
	before := manySyncs(map[string]string{
		"secret": properties + "destination: {awsSecretsManager: {path: prod, region: " + region + "}}\n",
		"parameter": properties + "deletionPolicy: Delete\n" +
			"destination: {awsParameterStore: {path: /prod, region: " + region + "}}\n",
	})
	arn, version := "", int64(0)
	holds := func(want, secretOwner, parameterOwner string) {
		t.Helper()
		assert.Equal(t, want, secretValue(t, h, "prod/password"))
		assert.Equal(t, "acme/shop/dev/"+secretOwner, ownerOfSecret(t, h, &arn))
		assert.Equal(t, []string{want, "acme/shop/dev/" + parameterOwner}, parameterAndOwner(t, h, &version))
	}
	up(t, h, write(t, h, before))
	holds("hunter2", "secret", "parameter")

	after := strings.ReplaceAll(before, "hunter2", "hunter3")
	dir := write(t, h, renamed(renamed(after, "secret", "newsecret"), "parameter", "newparameter"))
	up(t, h, dir)
	assert.Equal(t, []string{"acme/escsync-target/shop-dev-newparameter", "acme/escsync-target/shop-dev-newsecret",
		harness.Organization + "/" + stack}, h.Cloud.Stacks())
	holds("hunter3", "newsecret", "newparameter")
	assert.Empty(t, operations(up(t, h, dir), ""), "a second update changes nothing")

	up(t, h, write(t, h, strings.NewReplacer(
		"  secret:\n", "  newsecret:\n", "  parameter:\n", "  newparameter:\n", "hunter3", "hunter4").Replace(after)))
	holds("hunter4", "newsecret", "newparameter")
}

// ownerOfSecret returns the ownership tag of prod/password. It must be the same secret as in the previous call.
func ownerOfSecret(t *testing.T, h *harness.Harness, arn *string) string {
	t.Helper()
	found, err := describe(t, h, region, "prod/password")
	require.NoError(t, err)
	require.Nil(t, found.DeletedDate, "it is scheduled for deletion")
	if *arn != "" {
		require.Equal(t, *arn, *found.ARN, "it was made anew")
	}
	*arn = *found.ARN
	for _, tag := range found.Tags {
		if *tag.Key == "escsync:sync-id" {
			return *tag.Value
		}
	}
	return ""
}

// parameterAndOwner returns the value and the ownership tag of /prod/password. It must be the same parameter as in the
// previous call, in a newer version.
func parameterAndOwner(t *testing.T, h *harness.Harness, version *int64) []string {
	t.Helper()
	client := ssm.NewFromConfig(h.AWS(region))
	name := aws.String("/prod/password")
	found, err := client.GetParameter(t.Context(), &ssm.GetParameterInput{Name: name, WithDecryption: aws.Bool(true)})
	require.NoError(t, err)
	require.Greater(t, found.Parameter.Version, *version, "it was made anew")
	*version = found.Parameter.Version
	tags, err := client.ListTagsForResource(t.Context(), &ssm.ListTagsForResourceInput{
		ResourceType: types.ResourceTypeForTaggingParameter, ResourceId: name,
	})
	require.NoError(t, err)
	for _, tag := range tags.TagList {
		if *tag.Key == "escsync:sync-id" {
			return []string{*found.Parameter.Value, *tag.Value}
		}
	}
	return []string{*found.Parameter.Value, ""}
}
