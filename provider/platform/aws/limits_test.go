package aws_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
)

func TestRegions(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		"us-west-2", "ap-southeast-7", "us-gov-west-1", "cn-north-1", "us-isob-east-1", "eusc-de-east-1", "mx-central-1",
		"eu-isoe-west-1", "il-central-1",
	} {
		require.NoError(t, aws.CheckRegion(good), good)
	}
	for _, bad := range []string{
		"us-west-2a", "US-WEST-2", "us west 2", "Oregon", "us-west", " us-west-2", "us-west-2\n", "",
	} {
		require.ErrorContains(t, aws.CheckRegion(bad), "such as us-west-2", bad)
	}
}
