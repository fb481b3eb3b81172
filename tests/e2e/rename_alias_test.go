package e2e

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// A rename with an alias and without `name` makes a new target stack, whose state knows nothing. Its run knows the
// secrets by the mark of the old name, goes on with them, and marks them anew, so that the alias may go.
func TestRenameWithAnAliasAndWithoutAName(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		destination, policy string
		// password is the secret's text and its mark; it fails where the secret was deleted in the meantime.
		password func(*testing.T, *harness.Harness) (text, mark string)
	}{
		"Secrets Manager": {
			"awsSecretsManager: {name: prod, mapping: perKey, region: " + region + "}", "Retain", markedSecret(),
		},
		"Parameter Store": {"awsParameterStore: {name: /prod, region: " + region + "}", "Delete", markedParameter()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := harness.New(t, harness.Options{})
			const properties = "value: {user: bob, password: hunter2}\n"
			before := sync(properties + "deletionPolicy: " + c.policy + "\ndestination: {" + c.destination + "}\n")
			holds := func(want, mark string) {
				t.Helper()
				text, marked := c.password(t, h)
				assert.Equal(t, []string{want, "acme/shop/dev/" + mark}, []string{text, marked})
			}
			up(t, h, write(t, h, before))
			holds("hunter2", "db")

			after := strings.ReplaceAll(strings.Replace(before, "  db:\n", "  credentials:\n", 1), "hunter2", "hunter3")
			dir := write(t, h, after+"    options:\n      aliases:\n        - name: db\n")
			up(t, h, dir)
			assert.Equal(t, []string{harness.Organization + "/escsync-target/shop-dev-credentials",
				harness.Organization + "/" + stack}, h.Cloud.Stacks())
			holds("hunter3", "credentials")
			assert.Empty(t, operations(up(t, h, dir)), "a second update changes nothing")

			up(t, h, write(t, h, strings.ReplaceAll(after, "hunter3", "hunter4")))
			holds("hunter4", "credentials")
		})
	}
}

func markedSecret() func(*testing.T, *harness.Harness) (text, mark string) {
	arn := ""
	return func(t *testing.T, h *harness.Harness) (text, mark string) {
		t.Helper()
		found, err := h.SecretsManager(region).
			DescribeSecret(t.Context(), &secretsmanager.DescribeSecretInput{SecretId: aws.String("prod/password")})
		require.NoError(t, err)
		require.Nil(t, found.DeletedDate, "it is scheduled for deletion")
		if arn != "" {
			require.Equal(t, arn, *found.ARN, "it was made anew")
		}
		arn = *found.ARN
		for _, tag := range found.Tags {
			if *tag.Key == "escsync:sync-id" {
				mark = *tag.Value
			}
		}
		return secretValue(t, h, "prod/password"), mark
	}
}

func markedParameter() func(*testing.T, *harness.Harness) (text, mark string) {
	version := int64(0)
	return func(t *testing.T, h *harness.Harness) (text, mark string) {
		t.Helper()
		client := ssm.NewFromConfig(h.AWS(region))
		name := aws.String("/prod/password")
		found, err := client.GetParameter(t.Context(), &ssm.GetParameterInput{Name: name, WithDecryption: aws.Bool(true)})
		require.NoError(t, err)
		require.Greater(t, found.Parameter.Version, version, "it was made anew")
		version = found.Parameter.Version
		tags, err := client.ListTagsForResource(t.Context(), &ssm.ListTagsForResourceInput{
			ResourceType: types.ResourceTypeForTaggingParameter, ResourceId: name,
		})
		require.NoError(t, err)
		for _, tag := range tags.TagList {
			if *tag.Key == "escsync:sync-id" {
				mark = *tag.Value
			}
		}
		return *found.Parameter.Value, mark
	}
}
