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
	a.Describe(&d, "Any resource of any Pulumi provider, one for each secret. The provider is configured as it always "+
		"is: by environment variables, or by `pulumiConfig` in an environment.")
	a.Describe(&d.Type, "The type of the resource as the provider's schema has it, such as "+
		"`gitlab:index/projectVariable:ProjectVariable`.")
	a.Describe(&d.Version, "The version of the provider's plugin, such as `8.11.0`. Default: the newest one, so that a "+
		"release of the provider can change what a run does.")
	a.Describe(&d.PluginDownloadURL, "Where the plugin is downloaded from, for a provider that is not Pulumi's own: what "+
		"its schema has as `pluginDownloadURL`.")
	a.Describe(&d.TerraformProvider, "The provider of Terraform that the resource is of, where it has no plugin of its "+
		"own in Pulumi: it is run by the plugin `terraform-provider`, whose version `version` is then.")
	a.Describe(&d.Properties, "The inputs of the resource, of any depth. In texts, and in keys of maps, `{name}` stands "+
		"for the secret's name, `{key}` for its key as it is written in `keys.rename`, and `{keys...}` for the keys on the "+
		"way to it: with a slash between two, or, where an item of a list is nothing else, as an item each. `{value}` "+
		"stands for the value; where a text is nothing else, a number or boolean keeps its type, and `{value:text}` is text "+
		"even then. `{value:json}` is the value as JSON, a text in quotes, and `{value:base64}` its base64, also of what "+
		"`keys.binary` names. `{{name}}` is the text `{name}`, and `{{{name}}}` the name in braces. Whatever holds a value "+
		"is secret. With `perKey` `{name}` must be in them, as only names are checked and told apart.")
	d.DescribeKeys(a, "Default: with `name.exact` one secret of that name, which is `single` for a string, number or "+
		"boolean and `json` for an object or a list; without it `perKey`. For a `definition` it is `json`.", "_")
	a.Describe(&d.Name, "Which names the platform takes, and the exact name where there is one secret.")
	a.Describe(&d.MaxBytes, "The size of the largest value that the platform takes, in bytes of UTF-8, before "+
		"`{value:base64}` encodes it. Default: any.")
	a.Describe(&d.Place, "Where the secrets are, as far as their names do not say it, such as "+
		"`gitlab.com/acme/shop`. `{env.GITLAB_BASE_URL}` and `{config.gitlab:baseUrl}` stand for what the provider is "+
		"configured with: nothing secret, as a place is told in plain text. A run is refused that would push to another "+
		"place, or in which one of them is not set.")
	a.Describe(&d.ImportID, "The id by which the provider imports a resource that exists, such as `acme/shop:{name}:*`, "+
		"with the placeholders of `properties` but for `{value}`, and those of `place`; with `perKey` it must hold "+
		"`{name}`. With it a run asks first what exists, and adopts it as `adoptionPolicy` says. Without it, what becomes "+
		"of a name that exists is up to the provider: some fail, some overwrite it.")
	a.Describe(&d.Ownership, "How the platform holds the ownership tag. Needs `importId`.")
	a.Describe(&d.ReplaceOnChanges, "Properties whose change replaces the resource, such as `project`. What "+
		"they hold for all secrets alike must not change, and they must not be added later, once there are secrets: all "+
		"would move, and `maxDeletions` would not count that. So list what says where the secrets are, also where the "+
		"provider replaces for it by itself.")
	a.Describe(&d.DeleteBeforeReplace, "Delete a resource before it is replaced. Default: true. With false, as the "+
		"provider says: one that replaces a resource for another value may then delete the new one with the old, as both "+
		"have one name.")
	a.Describe(&d.IgnoreChanges, "Properties of which changes are ignored, such as what the platform sets itself. None "+
		"of them may hold a placeholder or the ownership tag.")
	a.Describe(&d.AdditionalSecretOutputs, "Outputs of the resource that hold the value under another name than an input "+
		"has, and that the provider does not mark as secret itself.")
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
	a.Describe(&t, "A provider of Terraform, as `pulumi package add terraform-provider` takes it.")
	a.Describe(&t.Source, "Where it is found, such as `hashicorp/tfe`.")
	a.Describe(&t.Version, "Its version, such as `0.70.0`.")
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
	a.Describe(&n, "Which names a platform takes. They are checked before the first write.")
	a.Describe(&n.Exact, "The exact name of the one secret, which `json` and `single` need. Not with `perKey`: see "+
		"`keys.template`.")
	a.Describe(&n.Pattern, "A regular expression in the syntax of Go that matches every whole name, such as "+
		"`[A-Za-z0-9_]{1,255}`. Default: any name.")
	a.Describe(&n.Fold, "Whether names that differ in capitals only are one name on the platform. Default: false.")
}

// Ownership describes how the platform stores the ownership tag.
type Ownership struct {
	Property pulumi.StringInput `pulumi:"property"`
}

var _ infer.Annotated = (*Ownership)(nil)

// Annotate documents the type and its properties.
func (o *Ownership) Annotate(a infer.Annotator) {
	a.SetToken("index", "ResourceOwnership")
	a.Describe(&o, "How a platform holds the ownership tag.")
	a.Describe(&o.Property, "The property that holds the ownership tag, such as `tags.managedBy`: a text that the "+
		"platform keeps and the provider reads back. The sync sets it, so leave it out of `properties`.")
}
