package provider

import (
	"encoding/base64"
	"fmt"
	"os"

	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/keyname"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
	"github.com/escsync/pulumi-escsync/provider/internal/mapping"
	"github.com/escsync/pulumi-escsync/provider/internal/ownership"
	"github.com/escsync/pulumi-escsync/provider/internal/place"
)

const (
	kindSecret    = string(KubernetesKindSecret)
	kindConfigMap = string(KubernetesKindConfigMap)
)

var kubernetesRules = platformRules{
	defaultMapping: mapping.PerKey,
	codec:          keyname.Codec{Separator: ".", Allowed: "-_.", Replacement: "_"},
	name:           limit.KubernetesKey,
	value:          limit.KubernetesValue,
}

// kubernetesObject is one Secret or ConfigMap. Its keys are fields of it, not resources of their own: the object is
// what a pod mounts, and Kubernetes replaces it as a whole.
type kubernetesObject struct {
	fields              []pushedSecret
	name, namespace     string
	kind, typ           string
	labels, annotations map[string]document.Node
}

func planKubernetes(r pushRequest) (pushPlan, bool) {
	s := r.settings
	target := kubernetesObject{
		name:        r.required("name", limit.KubernetesName.Check),
		namespace:   r.named("namespace", limit.KubernetesNamespace),
		kind:        s.OneOf("kind", kindSecret, kindSecret, kindConfigMap),
		typ:         s.Known("type"),
		labels:      r.tags("labels", limit.KubernetesLabels, ""),
		annotations: r.tags("annotations", limit.KubernetesAnnotations, ownership.KubernetesKey),
	}
	if target.namespace == "" {
		target.namespace = "default"
	}
	if target.kind == kindConfigMap && target.typ != "" {
		s.Problem("type", "is for the kind Secret only")
	}
	if target.typ == "" {
		target.typ = "Opaque"
	}
	fields, known := r.fields(kubernetesRules, "dataKey", "value")
	target.fields = fields
	r.checkTotal(fields)
	if known && !r.mayGrow {
		r.checkSecretType(target.typ, fields)
	}
	where := target.namespace + "/" + target.kind + "/" + target.name
	shape := ""
	if target.kind == kindSecret && target.typ != "Opaque" {
		shape = "type " + target.typ
	}
	list := items(fields, where, shape)
	for i := range list {
		list[i].object = true
	}
	return pushPlan{
		items:    list,
		locate:   locateKubernetes,
		register: target.register,
	}, known
}

// fields splits the value into the fields of one object. With the mappings json and single there is one field, whose
// name is a setting.
func (r pushRequest) fields(rules platformRules, nameSetting, fallback string) ([]pushedSecret, bool) {
	k := r.keySettings(rules)
	field := r.settings.Known(nameSetting)
	if field == "" {
		field = fallback
	}
	if len(r.retainKeys) > 0 {
		r.policy.Problem("retainKeys", "is for platforms with one secret for each key: here all keys are in one object, "+
			"which is written as a whole")
	}
	r.refuseUnused(k, rules.codec.Separator, false)
	if !r.running && r.mappingIsKnown() && k.mapping == mapping.PerKey && field != fallback {
		r.settings.Problem(nameSetting, "has no effect with the mapping perKey, where every key has its own name in the "+
			"data: leave it out, or use json or single")
	}
	entries, known := r.entries(k)
	if r.settings.Deferred() || !known {
		return nil, false
	}
	fields := make([]pushedSecret, 0, len(entries))
	for _, entry := range entries {
		name := field
		if k.mapping == mapping.PerKey {
			name = k.naming.Name(entry.Path, rules.codec)
		}
		// A field goes with its key under either policy, and a key of another name that becomes it deletes nothing.
		fields = append(fields, pushedSecret{
			key: keyOf(entry.Path), name: name, at: entry.At, text: entry.Text, retained: true,
		})
	}
	r.check(fields, rules, k, nameSetting)
	return fields, true
}

func (r pushRequest) checkTotal(fields []pushedSecret) {
	total := 0
	for _, f := range fields {
		total += len(f.text.Value)
	}
	if total > limit.KubernetesTotal.MaxBytes {
		r.problems.Add(r.valuePath, "has %d bytes in all, and one object holds at most %d: exclude keys, or use two "+
			"syncs (%s)",
			total, limit.KubernetesTotal.MaxBytes, limit.KubernetesTotal.Source)
	}
}

// checkSecretType refuses what the API server refuses of a Secret with a type that says what it holds.
func (r pushRequest) checkSecretType(typ string, fields []pushedSecret) {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.name
		if err := limit.KubernetesTypedValue(typ, f.name, f.text.Value); err != nil && !f.text.Unknown {
			r.problems.Add(f.at, "%s", err)
		}
	}
	if err := limit.KubernetesSecretType(typ, keys); err != nil {
		r.settings.Problem("type", "%s", err)
	}
}

// locateKubernetes tells the cluster, and refuses an adopt that the provider would not keep to: whether an object that
// exists is taken over is a setting of the provider's. EscSync sets it; of a provider that the caller passed nothing is
// known.
func locateKubernetes(r *registration) (string, error) {
	request := r.plan.request
	takesOver := request.config("kubernetes:upsertExistingObjects")
	if takesOver == "" {
		takesOver = os.Getenv("PULUMI_K8S_UPSERT_EXISTING_OBJECTS")
	}
	if all := r.plan.policy.adopt == AdoptAll; !request.providers("kubernetes") && all != (takesOver == "true") {
		return "", fmt.Errorf("adopt is %s, and kubernetes:upsertExistingObjects is %q: for All it must be true, and else "+
			"not, as it decides whether the Kubernetes provider takes over an object that exists", r.plan.policy.adopt,
			takesOver)
	}
	return configured("kubernetes", place.Source.Kubernetes)(r)
}

// patchForce makes the provider take back a field that somebody else has written. Without it, an edit made in the
// cluster is a conflict that fails every run from then on.
const patchForce = "pulumi.com/patchForce"

func (t kubernetesObject) register(r *registration) error {
	mark := map[string]string{
		ownership.KubernetesKey: ownership.Mark(r.plan.request.syncID).Kubernetes(), patchForce: "true",
	}
	metadata := metav1.ObjectMetaArgs{
		Name:        pulumi.String(t.name),
		Namespace:   pulumi.String(t.namespace),
		Labels:      passedMap(t.labels),
		Annotations: passedStrings(t.annotations, mark),
	}
	data := pulumi.StringMap{}
	var err error
	if t.kind == kindConfigMap {
		for _, f := range t.fields {
			data[f.name] = secretText(f.text)
		}
		_, err = corev1.NewConfigMap(r.ctx, r.name, &corev1.ConfigMapArgs{Metadata: metadata, Data: data}, r.options()...)
	} else {
		// Not stringData, which the API server never gives back: an edit made in the cluster would not be seen.
		for _, f := range t.fields {
			text := f.text
			if !text.Unknown {
				text.Value = base64.StdEncoding.EncodeToString([]byte(text.Value))
			}
			data[f.name] = secretText(text)
		}
		_, err = corev1.NewSecret(r.ctx, r.name, &corev1.SecretArgs{
			Metadata: metadata, Type: pulumi.String(t.typ), Data: data,
		}, r.options()...)
	}
	if err != nil {
		return fmt.Errorf("registering %s %s/%s: %w", t.kind, t.namespace, t.name, err)
	}
	return nil
}
