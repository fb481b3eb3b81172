package kubernetes

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination configures a push to Kubernetes.
type Destination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	target.KeySettings
	Namespace   pulumi.StringPtrInput         `pulumi:"namespace,optional"`
	Kind        *Kind                         `pulumi:"kind,optional"`
	Type        pulumi.StringPtrInput         `pulumi:"type,optional"`
	DataKey     pulumi.StringPtrInput         `pulumi:"dataKey,optional"`
	Labels      map[string]pulumi.StringInput `pulumi:"labels,optional"`
	Annotations map[string]pulumi.StringInput `pulumi:"annotations,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// About returns the platform's names.
func (Destination) About() target.About { return about }

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.SetToken("index", "KubernetesDestination")
	a.Describe(&d, "Pushes to one Secret or ConfigMap of Kubernetes, with a key of its data for each key of the "+
		"value. The cluster comes from the Kubernetes provider.")
	a.Describe(&d.Name, "The name of the object, such as `database` ([names]("+pageNames+")). Required, here "+
		"or in a `definition`. Default: the name in the `definition`.")
	d.DescribeKeys(a, "Default: `single` for a string, number or boolean; `json` for a `definition`; else `perKey`.", ".")
	a.Describe(&d.Namespace, "The namespace to push to, such as `shop`, which must exist. Default: `default`.")
	a.Describe(&d.Kind, "What to push to: a `Secret` or a `ConfigMap`. Default: `Secret`.")
	a.Describe(&d.Type, "The type of the Secret, such as `kubernetes.io/tls` ([types]("+pageSecretTypes+")). "+
		"It cannot be changed once the Secret exists. Default: `Opaque`.")
	a.Describe(&d.DataKey, "The key in the data that contains the text, such as `config.json`, with the mappings "+
		"`json` and `single`. Default: `value`.")
	a.Describe(&d.Labels, "Labels of the object, such as `{team: shop}` ([limits]("+pageLabels+")).")
	a.Describe(&d.Annotations, "Annotations of the object, such as `{contact: shop@example.com}`, besides the "+
		"ownership annotation ([limits]("+pageAnnotations+")).")
}

// Kind is a kind of Kubernetes object that stores values.
type Kind string

// The kinds, as Kubernetes names them.
const (
	KindSecret    Kind = "Secret"
	KindConfigMap Kind = "ConfigMap"
)

// Annotate names the enum.
func (e *Kind) Annotate(a infer.Annotator) { a.SetToken("index", "KubernetesKind") }

// Values lists the kinds for the schema.
func (Kind) Values() []infer.EnumValue[Kind] {
	return []infer.EnumValue[Kind]{
		{Name: "Secret", Value: KindSecret, Description: "A Secret."},
		{
			Name: "ConfigMap", Value: KindConfigMap,
			Description: "A ConfigMap, in plain text for everybody who can read the namespace.",
		},
	}
}
