package target

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// KeySettings is embedded in every destination. It configures how many secrets the value becomes, and its keys.
type KeySettings struct {
	Mapping *SecretMapping `pulumi:"mapping,optional"`
	Keys    *KeyMapping    `pulumi:"keys,optional"`
}

// DescribeKeys documents the key settings for a platform with this separator. defaults documents the default mapping;
// it is DefaultByName, DefaultByPath, or the platform's own text.
func (k *KeySettings) DescribeKeys(a infer.Annotator, defaults, separator string) {
	a.Describe(&k.Mapping, "How the value becomes secrets: `json`, `perKey` or `single`. "+defaults)
	a.Describe(&k.Keys, "Which keys are pushed, and under which names. Default separator: `"+separator+"`.")
}

// The default mapping. It depends on the program's inputs, not on the value that they evaluate to, so a value that
// changes its kind renames nothing.
const (
	// DefaultByName documents the default for a platform without paths.
	DefaultByName = "Default: with `name` one secret of that name, which is `single` for a string, number or boolean " +
		"and `json` for an object or a list; without it `perKey`. For a `definition` it is `json`."
	// DefaultByPath documents the default for a platform with paths.
	DefaultByPath = "Default: `perKey` with `path`; with `name` one secret of that name, which is `single` for a " +
		"string, number or boolean and `json` for an object or a list; without either `perKey`. For a `definition` " +
		"without `path` it is `json`."
)

// PathText documents the setting path. The example is a path in the platform's syntax.
func PathText(example string) string {
	return "With `perKey`: the path that comes before every key, such as `" + example + "`, which makes `" + example +
		"/user` of the key `user`. The value must be an object then. Not together with `name`. Default: nothing comes " +
		"before a key."
}

// KeyMapping configures which keys are pushed, and under which names.
type KeyMapping struct {
	Template  pulumi.StringPtrInput         `pulumi:"template,optional"`
	Separator pulumi.StringPtrInput         `pulumi:"separator,optional"`
	Include   []pulumi.StringInput          `pulumi:"include,optional"`
	Exclude   []pulumi.StringInput          `pulumi:"exclude,optional"`
	Nested    *Nesting                      `pulumi:"nested,optional"`
	Rename    map[string]pulumi.StringInput `pulumi:"rename,optional"`
	Binary    []pulumi.StringInput          `pulumi:"binary,optional"`
}

var _ infer.Annotated = (*KeyMapping)(nil)

// Annotate documents the type and its properties.
func (k *KeyMapping) Annotate(a infer.Annotator) {
	a.Describe(&k, "Which keys of the value are pushed, and under which names.")
	a.Describe(&k.Template, "With `perKey`: the name made of a key. `{key}` stands for the key; `{key:upper}`, "+
		"`{key:lower}`, `{key:snake}` and `{key:kebab}` change its letters, and the last two also rejoin words and levels. "+
		"`shop-{key}` puts text before every key. Default: `{key}`.")
	a.Describe(&k.Separator, "With `perKey`: what joins the keys of nested objects. The default is the platform's.")
	a.Describe(&k.Include, "Push only keys that match one of these patterns. A key is the path of a leaf, such as "+
		"`pool.size`; `*` stands for any characters, `?` for one, and a pattern that matches `pool` matches everything "+
		"below it. Not with `single`. Default: every key.")
	a.Describe(&k.Exclude, "Do not push keys that match one of these patterns, even if `include` matches. "+
		"Not with `single`.")
	a.Describe(&k.Nested, "With `perKey`: how a nested object is pushed. `flatten` makes a secret of every leaf, named "+
		"after all keys that lead to it; `json` makes a secret of every top-level key and writes objects as JSON. A list is "+
		"always written as JSON. Default: `flatten`.")
	a.Describe(&k.Rename, "With `perKey`: the exact names of single keys, by their path in the value: "+
		"`{\"db.password\": \"DB_PASS\"}`. A part with a dot or another special character is quoted: "+
		"`[\"tls.crt\"].sum`. `path`, `template` and `separator` do not apply to these names, and their spelling is not "+
		"adapted to the platform, so they must be valid there. If one object contains all keys, the name is the key in "+
		"that object. If `json` makes a field of every top-level key, it is the field.")
	a.Describe(&k.Binary, "With `perKey`: the keys to push as bytes, such as a keystore. Their text must be base64. "+
		"Patterns as in `include`, such as `*.jks`. For platforms that store bytes: AWS Secrets Manager, GCP Secret "+
		"Manager and Kubernetes, and `resource` with `{value:base64}`. Default: every key is pushed as text.")
}

// SecretMapping configures how a value becomes secrets.
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
		{Name: "Json", Value: MappingJSON, Description: "One secret with the value as compact JSON, keys sorted."},
		{Name: "PerKey", Value: MappingPerKey, Description: "One secret for every key."},
		{Name: "Single", Value: MappingSingle, Description: "One secret with a string, number or boolean as it is."},
	}
}

// Nesting configures what the mapping perKey does with nested objects.
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
