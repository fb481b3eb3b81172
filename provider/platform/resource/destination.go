package resource

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination pushes each secret as one resource of a Pulumi provider.
type Destination struct {
	Type              pulumi.StringInput    `pulumi:"type"`
	Version           pulumi.StringPtrInput `pulumi:"version,optional"`
	PluginDownloadURL pulumi.StringPtrInput `pulumi:"pluginDownloadURL,optional"`
	TerraformProvider *TerraformProvider    `pulumi:"terraformProvider,optional"`
	Properties        map[string]any        `pulumi:"properties"`
	target.KeySettings
	Name                    *Naming               `pulumi:"name,optional"`
	MaxBytes                pulumi.IntPtrInput    `pulumi:"maxBytes,optional"`
	Place                   pulumi.StringPtrInput `pulumi:"place,optional"`
	ImportID                pulumi.StringPtrInput `pulumi:"importId,optional"`
	Ownership               *Ownership            `pulumi:"ownership,optional"`
	ReplaceOnChanges        []pulumi.StringInput  `pulumi:"replaceOnChanges,optional"`
	DeleteBeforeReplace     pulumi.BoolPtrInput   `pulumi:"deleteBeforeReplace,optional"`
	IgnoreChanges           []pulumi.StringInput  `pulumi:"ignoreChanges,optional"`
	AdditionalSecretOutputs []pulumi.StringInput  `pulumi:"additionalSecretOutputs,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "ResourceDestination")
	a.Describe(&d, "Pushes each secret through a resource of any Pulumi provider. The provider is configured as usual: "+
		"by environment variables, or by `pulumiConfig` in an environment.")
	a.Describe(&d.Type, "The type of the resource in the provider's schema, such as "+
		"`gitlab:index/projectVariable:ProjectVariable`.")
	a.Describe(&d.Version, "The version of the provider's plugin, such as `8.11.0`. Default: the newest version, so a "+
		"release of the provider can change what a run does.")
	a.Describe(&d.PluginDownloadURL, "The address that the plugin is downloaded from, if Pulumi does not publish the "+
		"provider, such as `github://api.github.com/acme`: the `pluginDownloadURL` of its schema.")
	a.Describe(&d.TerraformProvider, "The Terraform provider of the resource, if Pulumi has no plugin for it. The "+
		"plugin `terraform-provider` runs it, and `version` is then that plugin's version.")
	a.Describe(&d.Properties, "The inputs of the resource, of any depth. Texts and keys of maps may contain "+
		"placeholders. `{name}` is the secret's name, and `{key}` its key as written in `keys.rename`. `{keys...}` are "+
		"the keys that lead to it, joined with slashes; an item of a list that is only `{keys...}` becomes one item for "+
		"each key. `{value}` is the value; if the whole text is `{value}`, a number or boolean keeps its type, and "+
		"`{value:text}` makes it text. `{value:json}` is the value as JSON, with quotes around a text. `{value:base64}` "+
		"is its base64, also for keys in `keys.binary`. `{{name}}` is the text `{name}`, and `{{{name}}}` is the name in "+
		"braces. Whatever contains a value is secret. `{name}` is required, because only names are checked and kept "+
		"apart.")
	d.DescribeKeys(a, "Default: with `name.exact` one secret of that name, which is `single` for a string, number or "+
		"boolean and `json` for an object or a list; without it `perKey`. For a `definition` it is `json`.", "_")
	a.Describe(&d.Name, "Which names the platform accepts, and the exact name if there is only one secret.")
	a.Describe(&d.MaxBytes, "The maximum size of a value, such as `10000`: in bytes of UTF-8, before "+
		"`{value:base64}` encodes it. Default: no limit.")
	a.Describe(&d.Place, "The location of the secrets, if their names do not contain it, such as "+
		"`gitlab.com/acme/shop`. `{env.GITLAB_BASE_URL}` and `{config.gitlab:baseUrl}` stand for the provider's "+
		"configuration. They must not be secret, because messages show the location. A run is refused if the location has "+
		"changed, or if one of them is not set.")
	a.Describe(&d.ImportID, "The ID with which the provider imports an existing resource, such as "+
		"`acme/shop:{name}:*`. It accepts the placeholders of `properties`, except `{value}`, and those of `place`. "+
		"`{name}` is required. With `importId`, a run first looks up which secrets exist, and follows `adoptionPolicy`. "+
		"Without it, the provider decides what happens to a name that exists: some fail, some overwrite it.")
	a.Describe(&d.Ownership, "How the platform stores the ownership tag. Needs `importId`.")
	a.Describe(&d.ReplaceOnChanges, "Properties whose change replaces the resource, such as `project`. List every "+
		"property that says where the secrets are, even if the provider replaces the resource by itself. Once there are "+
		"secrets, do not add a property, and do not change the part of its value that is the same for all secrets: all "+
		"secrets would move, and `maxDeletions` would not count that.")
	a.Describe(&d.DeleteBeforeReplace, "Whether to delete a resource before its replacement is created. Default: true. "+
		"With false, the provider decides: if it replaces a resource when the value changes, deleting the old one may "+
		"delete the new one too, because both have the same name.")
	a.Describe(&d.IgnoreChanges, "Properties whose changes are ignored, such as those that the platform sets itself. "+
		"They must not contain a placeholder or the ownership tag.")
	a.Describe(&d.AdditionalSecretOutputs, "Outputs of the resource that contain the value under a name that no input "+
		"has, if the provider does not make them secret.")
}

// TerraformProvider is a Terraform provider without a Pulumi plugin.
type TerraformProvider struct {
	Source  pulumi.StringInput `pulumi:"source"`
	Version pulumi.StringInput `pulumi:"version"`
}

var _ infer.Annotated = (*TerraformProvider)(nil)

// Annotate documents the type and its properties.
func (t *TerraformProvider) Annotate(a infer.Annotator) {
	a.SetToken("index", "ResourceTerraformProvider")
	a.Describe(&t, "A Terraform provider, as `pulumi package add terraform-provider` accepts it.")
	a.Describe(&t.Source, "The address of the provider, such as `hashicorp/tfe`.")
	a.Describe(&t.Version, "The version of the provider, such as `0.70.0`.")
}

// Naming describes the names that the platform accepts.
type Naming struct {
	Exact   pulumi.StringPtrInput `pulumi:"exact,optional"`
	Pattern pulumi.StringPtrInput `pulumi:"pattern,optional"`
	Fold    pulumi.BoolPtrInput   `pulumi:"fold,optional"`
}

var _ infer.Annotated = (*Naming)(nil)

// Annotate documents the type and its properties.
func (n *Naming) Annotate(a infer.Annotator) {
	a.SetToken("index", "ResourceNaming")
	a.Describe(&n, "Which names the platform accepts. They are checked before the first write.")
	a.Describe(&n.Exact, "The exact name of the one secret, such as `DATABASE`. Required with `json` and `single`. Not "+
		"with `perKey`: see `keys.template`.")
	a.Describe(&n.Pattern, "A regular expression in Go's syntax that matches every whole name, such as "+
		"`[A-Za-z0-9_]{1,255}`. Default: any name.")
	a.Describe(&n.Fold, "Whether the platform ignores case in names. Default: false.")
}

// Ownership describes how the platform stores the ownership tag.
type Ownership struct {
	Property pulumi.StringInput `pulumi:"property"`
}

var _ infer.Annotated = (*Ownership)(nil)

// Annotate documents the type and its properties.
func (o *Ownership) Annotate(a infer.Annotator) {
	a.SetToken("index", "ResourceOwnership")
	a.Describe(&o, "How the platform stores the ownership tag.")
	a.Describe(&o.Property, "The property that contains the ownership tag, such as `tags.managedBy`: a text that the "+
		"platform stores and the provider reads back. The sync sets it, so leave it out of `properties`.")
}
