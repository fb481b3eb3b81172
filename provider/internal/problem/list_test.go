package problem

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
)

func TestPath(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `destination.vault.paths[2]["dotted.key"]["say \"hi\""]`,
		At("destination").Key("vault").Key("paths").Index(2).Key("dotted.key").Key(`say "hi"`).String())
	assert.Equal(t, `["fn::x"]`, At("fn::x").String())
	assert.Equal(t, `value["new\nline"]`, At("value").Key("new\nline").String())
	assert.Equal(t, `value["new\\nline"]`, At("value").Key(`new\nline`).String(), "another key, so another path")
	assert.Equal(t, `value["\u2028\x1b"]["ü"]`, At("value").Key("\u2028\x1b").Key("ü").String())
}

func TestErrIsNilForNoProblem(t *testing.T) {
	t.Parallel()
	assert.NoError(t, List(nil).Err("escsync:index:EscSync", property.Map{}))
}

func TestErrCarriesEveryProblem(t *testing.T) {
	t.Parallel()
	var l List
	l.Add(At("schedule"), "must be %s", "a cron expression")
	l.Add(At("value").Key("x"), "must not be empty")
	err := l.Err("escsync:index:EscSync", property.Map{})
	rpc, ok := rpcerror.FromError(err)
	require.True(t, ok)
	assert.Equal(t, codes.InvalidArgument, rpc.Code())
	assert.Equal(t, "escsync:index:EscSync: 2 properties are not valid", rpc.Message())
	require.Len(t, rpc.InputPropertiesErrors(), 2)
	assert.Equal(t, "schedule", rpc.InputPropertiesErrors()[0].PropertyPath)
	assert.Equal(t, "must be a cron expression", rpc.InputPropertiesErrors()[0].Reason)
	assert.Equal(t, "schedule: must be a cron expression\nvalue.x: must not be empty", l.Text())
}

// The engine prints the value at a path that resolves, so none of ours may.
func TestErrGivesNoPathThatResolves(t *testing.T) {
	t.Parallel()
	inputs := property.NewMap(map[string]property.Value{
		"value": property.New(map[string]property.Value{
			"password":  property.New("hunter2").WithSecret(true),
			"password ": property.New("hunter3"),
			"list":      property.New([]property.Value{property.New("hunter4")}),
		}),
	})
	var l List
	for _, path := range []Path{
		At("value"), At("value").Key("password"), At("value").Key("password "), At("value").Key("list").Index(0), At("none"),
	} {
		l.Add(path, "is wrong")
	}
	err := l.Err("t", inputs)
	rpc, ok := rpcerror.FromError(err)
	require.True(t, ok)
	root := resource.NewProperty(resource.ToResourcePropertyMap(inputs))
	for _, detail := range rpc.InputPropertiesErrors() {
		parsed, err := resource.ParsePropertyPath(detail.PropertyPath)
		if err == nil {
			_, resolves := parsed.Get(root)
			assert.False(t, resolves, "%q resolves", detail.PropertyPath)
		}
	}
}

func TestAddMissing(t *testing.T) {
	t.Parallel()
	var l, more List
	l.Add(At("name"), "must not be empty")
	more.Add(At("name"), "must be a name")
	more.Add(At("names"), "must be given")
	more.Add(At("names"), "must be a list")
	l.AddMissing(more)
	assert.Equal(t, "name: must not be empty\nnames: must be given\nnames: must be a list", l.Text())
}
