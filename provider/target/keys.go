package target

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// KeyMapping is embedded in every destination: which keys are pushed, as how many secrets, and under which names.
type KeyMapping struct {
	Mapping   *SecretMapping        `pulumi:"mapping,optional"`
	Nested    *Nesting              `pulumi:"nested,optional"`
	Separator pulumi.StringPtrInput `pulumi:"separator,optional"`
	Prefix    pulumi.StringPtrInput `pulumi:"prefix,optional"`
	Suffix    pulumi.StringPtrInput `pulumi:"suffix,optional"`
	Template  pulumi.StringPtrInput `pulumi:"template,optional"`
	Include   []pulumi.StringInput  `pulumi:"include,optional"`
	Exclude   []pulumi.StringInput  `pulumi:"exclude,optional"`
}

// DescribeKeys documents the settings of keys for a platform with this default mapping and separator.
func (k *KeyMapping) DescribeKeys(a infer.Annotator, defaultMapping SecretMapping, separator string) {
	ofDefinition := ""
	if defaultMapping != MappingJSON {
		ofDefinition = "`json` for a `definition`; "
	}
	a.Describe(&k.Mapping, "How the value becomes secrets: `json`, `perKey` or `single`. Default: `single` where the "+
		"value is a string, number or boolean; "+ofDefinition+"else `"+string(defaultMapping)+"`.")
	a.Describe(&k.Nested, "With `perKey`: what becomes of a nested object. `flatten` makes one secret of every leaf, its "+
		"name joined from the keys on the way; `json` makes one secret of every top-level key and writes an object in it "+
		"as JSON. A list is always written as JSON. Default: `flatten`.")
	a.Describe(&k.Separator, "With `perKey`: what joins the keys of nested objects, and `name` and the key. "+
		"Default: `"+separator+"`.")
	a.Describe(&k.Prefix, "With `perKey`: text put before every key.")
	a.Describe(&k.Suffix, "With `perKey`: text put after every key.")
	a.Describe(&k.Template, "With `perKey`: the name made of a key, instead of `prefix` and `suffix`. `{key}` stands "+
		"for the key; `{key:upper}`, `{key:lower}`, `{key:snake}` and `{key:kebab}` change its letters. "+
		"Default: `{key}`.")
	a.Describe(&k.Include, "Push only keys that match one of these patterns. A key is the path of a leaf, such as "+
		"`pool.size`; `*` stands for any characters, `?` for one, and a pattern that matches `pool` takes "+
		"everything below it. Not with `single`. Default: every key.")
	a.Describe(&k.Exclude, "Do not push keys that match one of these patterns, even where `include` matches. "+
		"Not with `single`.")
}

// SecretMapping says how a value becomes secrets.
type SecretMapping string

// The mappings.
const (
	MappingJSON   SecretMapping = "json"
	MappingPerKey SecretMapping = "perKey"
	MappingSingle SecretMapping = "single"
)

// Values lists the mappings for the schema.
func (SecretMapping) Values() []infer.EnumValue[SecretMapping] {
	return []infer.EnumValue[SecretMapping]{
		{Name: "Json", Value: MappingJSON, Description: "One secret that holds the value as compact JSON, keys " +
			"sorted."},
		{Name: "PerKey", Value: MappingPerKey, Description: "One secret for every key."},
		{Name: "Single", Value: MappingSingle, Description: "One secret that holds a string, number or boolean " +
			"as it is."},
	}
}

// Nesting says what the mapping perKey does with nested objects.
type Nesting string

// The nestings.
const (
	NestingFlatten Nesting = "flatten"
	NestingJSON    Nesting = "json"
)

// Values lists the nestings for the schema.
func (Nesting) Values() []infer.EnumValue[Nesting] {
	return []infer.EnumValue[Nesting]{
		{Name: "Flatten", Value: NestingFlatten, Description: "One secret for every leaf, its name joined from " +
			"all its keys."},
		{Name: "Json", Value: NestingJSON, Description: "One secret for every top-level key, objects written as JSON."},
	}
}
