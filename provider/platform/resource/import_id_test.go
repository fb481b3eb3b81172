package resource

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// A name is inserted into the ID verbatim. A separator in it would make the ID name another resource.
func TestNamesThatChangeTheImportID(t *testing.T) {
	t.Parallel()
	const why = " in importId, which could then find another secret: set name.pattern to the names that the " +
		"platform accepts, rename the key, or exclude it"
	rename := object{"rename": object{"a": "prod:*", "b": `x"y`, `["c|d"]`: "c_d"}}
	plainly := object{"rename": object{`["c|d"]`: "c_d"}}
	for name, test := range map[string]struct {
		more object
		want []string
	}{
		"names": {object{"importId": "acme/shop:{name}:*", "keys": rename}, []string{
			`value.a: becomes "prod:*"` + why, `value.b: becomes "x\"y"` + why,
		}},
		"keys": {object{"importId": "{key}|||{name}"}, []string{
			`value["c|d"]: becomes "c|d"` + why, `value["c|d"]: becomes "[\"c|d\"]"` + why,
		}},
		"the keys on the way": {object{"importId": "{name}:{keys...}", "keys": plainly}, []string{
			`value["c|d"]: becomes "c|d"` + why,
		}},
		"a pattern":            {object{"importId": "{name}", "name": object{"pattern": ".*"}, "keys": rename}, nil},
		"no importId":          {object{"keys": rename}, nil},
		"a name of one secret": {object{"importId": "{name}", "mapping": "json", "name": object{"exact": "prod/app"}}, nil},
	} {
		run := construct(t, targettest.Case{Type: "ResourceTarget", Providers: gitlab, Inputs: map[string]property.Value{
			"destination": props(t, variable(test.more)), "value": props(t, object{"a": "1", "b": "2", "c|d": "3"}),
		}})
		if test.want == nil {
			require.NoError(t, run.Err, name)
		} else {
			assert.Equal(t, test.want, run.Problems(t), name)
		}
	}
}
