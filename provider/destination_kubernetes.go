package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// KubernetesDestination is a place in Kubernetes.
type KubernetesDestination struct {
	Name pulumi.StringPtrInput `pulumi:"name,optional"`
	KeyMapping
	Namespace   pulumi.StringPtrInput         `pulumi:"namespace,optional"`
	Kind        *KubernetesKind               `pulumi:"kind,optional"`
	Type        pulumi.StringPtrInput         `pulumi:"type,optional"`
	DataKey     pulumi.StringPtrInput         `pulumi:"dataKey,optional"`
	Labels      map[string]pulumi.StringInput `pulumi:"labels,optional"`
	Annotations map[string]pulumi.StringInput `pulumi:"annotations,optional"`
}

var _ infer.Annotated = (*KubernetesDestination)(nil)

// Annotate documents the type and its properties.
func (d *KubernetesDestination) Annotate(a infer.Annotator) {
	a.Describe(&d, "A Secret or a ConfigMap of Kubernetes. The cluster comes from the Kubernetes provider.")
	a.Describe(&d.Name, "The name of the object, which must be given, here or in a `definition`. With the mapping "+
		"`perKey` every key is a key of its data. Default: that of the `definition`.")
	d.annotate(a, MappingPerKey, ".")
	a.Describe(&d.Namespace, "The namespace, which must exist. Default: `default`.")
	a.Describe(&d.Kind, "`Secret` or `ConfigMap`. Default: `Secret`.")
	a.Describe(&d.Type, "The type of the Secret, which cannot be changed once it exists. Default: `Opaque`.")
	a.Describe(&d.DataKey, "The key of the data, with the mappings `json` and `single`. Default: `value`.")
	a.Describe(&d.Labels, "Labels of the object. Default: none.")
	a.Describe(&d.Annotations, "Annotations of the object, besides the one that marks it as ours. Default: none.")
}

// KubernetesKind is a kind of object in Kubernetes that holds values.
type KubernetesKind string

// The kinds, as Kubernetes names them.
const (
	KubernetesKindSecret    KubernetesKind = "Secret"
	KubernetesKindConfigMap KubernetesKind = "ConfigMap"
)

// Values lists the kinds for the schema.
func (KubernetesKind) Values() []infer.EnumValue[KubernetesKind] {
	return []infer.EnumValue[KubernetesKind]{
		{Name: "Secret", Value: KubernetesKindSecret, Description: "A Secret."},
		{
			Name: "ConfigMap", Value: KubernetesKindConfigMap,
			Description: "A ConfigMap, which everybody reads who may read the namespace.",
		},
	}
}
