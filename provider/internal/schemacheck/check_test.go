package schemacheck

import (
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
)

func str() schema.PropertySpec { return schema.PropertySpec{TypeSpec: schema.TypeSpec{Type: "string"}} }

func ref(name string) schema.PropertySpec {
	return schema.PropertySpec{TypeSpec: schema.TypeSpec{Ref: name}}
}

func testSchema() *schema.PackageSpec {
	return &schema.PackageSpec{
		Types: map[string]schema.ComplexTypeSpec{
			"t:index:Place": {ObjectTypeSpec: schema.ObjectTypeSpec{
				Type: "object", Required: []string{"name"},
				Properties: map[string]schema.PropertySpec{"name": str(), "region": str()},
			}},
			"t:index:Mode": {
				ObjectTypeSpec: schema.ObjectTypeSpec{Type: "string"},
				Enum:           []schema.EnumValueSpec{{Value: "json"}, {Value: "perKey"}},
			},
		},
		Resources: map[string]schema.ResourceSpec{"t:index:R": {
			RequiredInputs: []string{"place"},
			InputProperties: map[string]schema.PropertySpec{
				"place":  ref("#/types/t:index:Place"),
				"mode":   ref("#/types/t:index:Mode"),
				"any":    ref("pulumi.json#/Any"),
				"count":  {TypeSpec: schema.TypeSpec{Type: "integer"}},
				"suffix": str(),
				"on":     {TypeSpec: schema.TypeSpec{Type: "boolean"}},
				"names":  {TypeSpec: schema.TypeSpec{Type: "array", Items: &schema.TypeSpec{Type: "string"}}},
				"tags": {TypeSpec: schema.TypeSpec{
					Type: "object", AdditionalProperties: &schema.TypeSpec{Type: "string"},
				}},
			},
		}},
	}
}

func TestInputs(t *testing.T) {
	t.Parallel()
	place := property.New(map[string]property.Value{"name": property.New("n")})
	unknown := property.New(property.Computed)
	with := func(key string, v property.Value) map[string]property.Value {
		return map[string]property.Value{"place": place, key: v}
	}
	for name, test := range map[string]struct {
		inputs map[string]property.Value
		want   string
	}{
		"fits":                {with("any", property.New([]property.Value{place})), ""},
		"unknown fits":        {with("count", unknown), ""},
		"null is absent":      {with("absent", property.Value{}), ""},
		"secret fits":         {with("mode", property.New("json").WithSecret(true)), ""},
		"unknown object fits": {map[string]property.Value{"place": unknown}, ""},
		"missing":             {nil, "place: required, but not given"},
		"null is missing":     {map[string]property.Value{"place": {}}, "place: required, but not given"},
		"misspelled":          {with("coutn", unknown), `coutn: there is no such property; did you mean "count"?`},
		"nested elsewhere":    {with("region", unknown), `region: there is no such property; did you mean "place.region"?`},
		"unheard of": {
			with("wxyzuv", unknown),
			"wxyzuv: there is no such property; there are any, count, mode, names, on, place, suffix, tags",
		},
		"nested misspelled": {
			map[string]property.Value{"place": property.New(map[string]property.Value{"name": place, "regoin": unknown})},
			"place.name: must be a string, not an object\nplace.regoin: there is no such property; did you mean \"region\"?",
		},
		"nested missing": {
			map[string]property.Value{"place": property.New(property.Map{})},
			"place.name: required, but not given",
		},
		"enum":                {with("mode", property.New("hunter2")), "mode: must be one of json, perKey"},
		"whole number":        {with("count", property.New(1.5)), "count: must be a whole number, not a number"},
		"string for a number": {with("count", property.New("1")), "count: must be a whole number, not a string"},
		"boolean":             {with("on", property.New("yes")), "on: must be a boolean, not a string"},
		"list item": {
			with("names", property.New([]property.Value{property.New("a"), property.New(1.0), {}})),
			"names[1]: must be a string, not a number\nnames[2]: must not be null",
		},
		"object for a list": {with("names", place), "names: must be a list, not an object"},
		"dictionary value": {
			with("tags", property.New(map[string]property.Value{"a.b": property.New(true)})),
			`tags["a.b"]: must be a string, not a boolean`,
		},
		"string for an object": {
			map[string]property.Value{"place": property.New("hunter2")},
			"place: must be an object, not a string",
		},
		"list for a dictionary": {with("tags", property.New([]property.Value{})), "tags: must be an object, not a list"},
		"number for an enum":    {with("mode", property.New(1.0)), "mode: must be a string, not a number"},
		"empty, with a default": {
			map[string]property.Value{"place": property.New(map[string]property.Value{
				"name": property.New("n"), "region": property.New(""),
			})},
			"place.region: must not be empty: leave it out to use the default",
		},
		"empty, and required": {
			map[string]property.Value{"place": property.New(map[string]property.Value{
				"name": property.New("").WithSecret(true),
			})},
			"place.name: must not be empty",
		},
		"empty, in a list": {
			with("names", property.New([]property.Value{property.New("a"), property.New("")})), "names[1]: must not be empty",
		},
		"empty, in a dictionary": {with("tags", property.New(map[string]property.Value{"a": property.New("")})), ""},
		"a NUL byte": {
			with("tags", property.New(map[string]property.Value{"a": property.New("hunter2\x00")})),
			"tags.a: must not contain a NUL byte: names, commands and environment variables cannot",
		},
		"empty, and allowed": {with("suffix", property.New("")), ""},
		"everything wrong at once": {
			map[string]property.Value{"on": place, "mode": place},
			"place: required, but not given\nmode: must be a string, not an object\non: must be a boolean, not an object",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Inputs(testSchema(), "t:index:R", property.NewMap(test.inputs), "suffix").Text()
			assert.Equal(t, test.want, got)
			assert.NotContains(t, got, "hunter2")
		})
	}
}

func TestUnknownResource(t *testing.T) {
	t.Parallel()
	assert.Contains(t, Inputs(testSchema(), "t:index:Other", property.Map{}).Text(), "no resource t:index:Other")
}
