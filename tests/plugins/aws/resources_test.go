package aws

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

// testResources finds the parameters with an ownership tag, on more than one page, and imports one by its name.
func testResources(t *testing.T, driver *standintest.Driver) {
	wanted := []string{}
	for i := range 60 {
		inputs := props{
			"name": fmt.Sprintf("/marked/%02d", i), "type": "SecureString", "value": "v", "tags": props{"mark": "me"},
		}
		wanted = append(wanted, standin.Text(driver.MustCreate(t, parameterToken, inputs).State, "arn"))
	}
	driver.MustCreate(t, parameterToken, props{
		"name": "/marked/other", "type": "String", "value": "v", "tags": props{"mark": "you"},
	})
	driver.MustCreate(t, parameterToken, props{"name": "/unmarked", "type": "String", "value": "v"})
	driver.MustCreate(t, secretToken, props{"name": "marked", "tags": props{"mark": "me"}})

	assert.Equal(t, "us-west-2", standin.Text(driver.MustInvoke(t, "aws:index/getRegion:getRegion", props{}), "name"))
	whose := driver.MustInvoke(t, "aws:index/getCallerIdentity:getCallerIdentity", props{})
	assert.Equal(t, "123456789012", standin.Text(whose, "accountId"))

	found := driver.MustInvoke(t, "aws:resourcegroupstaggingapi/getResources:getResources", props{
		"resourceTypeFilters": []string{"ssm:parameter"},
		"tagFilters":          []props{{"key": "mark", "values": []string{"me"}}},
	})
	arns := []string{}
	for _, item := range found.Get("resourceTagMappingLists").AsArray().All {
		arns = append(arns, standin.Text(item.AsMap(), "resourceArn"))
	}
	slices.Sort(arns)
	assert.Equal(t, wanted, arns)

	imported := driver.Import(t, parameterToken, "/marked/00")
	require.Equal(t, "/marked/00", imported.ID)
	assert.Empty(t, driver.Diff(t, imported, props{
		"name": "/marked/00", "type": "SecureString", "value": "v", "tags": props{"mark": "me"}, "tier": "Standard",
	}).DetailedDiff)
}
