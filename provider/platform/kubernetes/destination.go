package kubernetes

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// Destination says where and how to push to Kubernetes.
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
	a.Describe(&d, "A Secret or a ConfigMap of Kubernetes. The cluster comes from the Kubernetes provider.")
	a.Describe(&d.Name, "The name of the object, which must be given, here or in a `definition`. With the mapping "+
		"`perKey` every key is a key of its data. Default: that of the `definition`.")
	d.DescribeKeys(a, "Default: `single` for a string, number or boolean; `json` for a `definition`; else `perKey`.", ".")
	a.Describe(&d.Namespace, "The namespace, which must exist. Default: `default`.")
	a.Describe(&d.Kind, "`Secret` or `ConfigMap`. Default: `Secret`.")
	a.Describe(&d.Type, "The type of the Secret, which cannot be changed once it exists. Default: `Opaque`.")
	a.Describe(&d.DataKey, "The key of the data, with the mappings `json` and `single`. Default: `value`.")
	a.Describe(&d.Labels, "Labels of the object.")
	a.Describe(&d.Annotations, "Annotations of the object, besides the one that says who owns it.")
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
			Description: "A ConfigMap, which everybody reads who may read the namespace.",
		},
	}
}
