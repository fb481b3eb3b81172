package kubernetes

import (
	"fmt"
	"os"

	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

const (
	kindSecret    = string(KindSecret)
	kindConfigMap = string(KindConfigMap)
)

var rules = target.Rules{
	Codec: keyname.Codec{Separator: ".", Allowed: "-_.", Replacement: "_"},
	Name:  keyLimit,
	Value: valueLimit,
}

// push is one Secret or ConfigMap. Its keys are not resources, because a pod mounts the whole object and Kubernetes
// replaces it as a whole.
type push struct {
	fields              []target.Secret
	name, namespace     string
	kind, typ           string
	labels, annotations map[string]document.Node
}

func plan(r target.Request) (target.Plan, bool) {
	s := r.Settings
	to := push{
		name:        r.Required("name", nameLimit.Check),
		namespace:   r.Named("namespace", checkNamespace),
		kind:        s.OneOf("kind", kindSecret, kindSecret, kindConfigMap),
		typ:         s.Known("type"),
		labels:      r.Tags("labels", labelLimit, ""),
		annotations: r.Tags("annotations", annotationLimit, r.Platform.Ownership.Key),
	}
	if to.namespace == "" {
		to.namespace = "default"
	}
	if to.kind == kindConfigMap && to.typ != "" {
		s.Problem("type", "applies only to the kind Secret: leave it out")
	}
	if to.typ == "" {
		to.typ = "Opaque"
	}
	rules := rules
	// A ConfigMap stores bytes and text in two maps. If somebody moved a key to the other map, it could not be moved
	// back, because an apply only removes what it wrote itself, and a key must not be in both.
	rules.Bytes = to.kind == kindSecret
	fields, known := r.Fields(rules, "dataKey", "value")
	to.fields = fields
	checkTotal(r, fields)
	if known && !r.MayGrow {
		checkData(r, to.typ, fields)
	}
	immutable := ""
	if to.kind == kindSecret && to.typ != "Opaque" {
		immutable = "type " + to.typ
	}
	list := target.ItemsOf(fields, to.where(), immutable)
	for i := range list {
		list[i].Object = true
	}
	// There is no Lookup: the provider has no function that reads an object, and reading it as a resource would put its
	// values into the state. The state does not help either, because a refresh updates it only after the program has
	// read it. So the owner of an object is unknown when it is overwritten or deleted; docs/destinations.md describes
	// the consequences.
	return target.Plan{
		Items:    list,
		Locate:   locate,
		Register: to.register,
	}, known
}

// where returns namespace, kind and name of the object.
func (t push) where() string { return t.namespace + "/" + t.kind + "/" + t.name }

func checkTotal(r target.Request, fields []target.Secret) {
	total := 0
	for _, f := range fields {
		total += len(f.Text.Value)
	}
	if total > totalLimit.MaxBytes {
		r.Problems.Add(r.ValuePath, "has %d bytes in total, but one object can have at most %d: exclude keys, or "+
			"use two syncs (%s)",
			total, totalLimit.MaxBytes, totalLimit.Source)
	}
}

// checkData refuses data that the API server would refuse for this type of Secret.
func checkData(r target.Request, typ string, fields []target.Secret) {
	keys, paths := make([]string, len(fields)), make([]string, len(fields))
	for i, f := range fields {
		keys[i], paths[i] = f.Name, f.Key
		if err := checkTypedValue(typ, f.Name, f.Text.Value); err != nil && !f.Text.Unknown {
			r.Problems.Add(f.At, "%s", err)
		}
	}
	if key := splitUp(typ, paths); key != "" {
		r.Problems.Add(r.ValuePath.Key(key), "is an object, so each of its leaves would become a separate key: "+
			"set keys.nested: json to push it as JSON, as the type %s requires", typ)
		return
	}
	if err := checkSecretType(typ, keys); err != nil {
		r.Settings.Problem("type", "%s", err)
	}
}

// locate returns the cluster. It refuses an adoptionPolicy that the provider would not follow, because a provider
// option, which EscSync sets, decides whether existing objects are adopted. For a provider that the caller passed,
// the option is unknown.
func locate(r *target.Registration) (string, error) {
	request := r.Request
	upserts := request.Caller.Config("kubernetes:upsertExistingObjects")
	if upserts == "" {
		upserts = os.Getenv("PULUMI_K8S_UPSERT_EXISTING_OBJECTS")
	}
	all := request.Policy.AdoptionPolicy == target.AdoptAll
	if !request.Caller.Provides("kubernetes") && all != (upserts == "true") {
		return "", fmt.Errorf("adoptionPolicy is %s, but kubernetes:upsertExistingObjects is %q, and that setting "+
			"decides whether the Kubernetes provider adopts an object that exists. Nothing was changed. Set it to "+
			"true for All, and to false otherwise",
			r.Request.Policy.AdoptionPolicy, upserts)
	}
	return r.ConfiguredAccount()
}

// patchForce lets the provider overwrite fields that others have written. Without it, an edit made in the cluster is
// a conflict that fails every later run.
const patchForce = "pulumi.com/patchForce"

// patchFieldManager names the manager of the fields. Without it the provider picks a random name for each state. An
// apply only removes what the same manager applied, so after a sync was recreated, moved or handed over, its old keys
// would stay on the object forever.
const (
	patchFieldManager = "pulumi.com/patchFieldManager"
	fieldManager      = "escsync"
)

func (t push) register(r *target.Registration) error {
	own := r.OwnershipTag()
	own[patchForce] = "true"
	own[patchFieldManager] = fieldManager
	metadata := metav1.ObjectMetaArgs{
		Name:        pulumi.String(t.name),
		Namespace:   pulumi.String(t.namespace),
		Labels:      target.PassedMap(t.labels),
		Annotations: target.PassedStrings(t.annotations, own),
	}
	name := r.LogicalOf(target.Item{Location: t.where(), Object: true})
	data := pulumi.StringMap{}
	var err error
	if t.kind == kindConfigMap {
		for _, f := range t.fields {
			data[f.Name] = target.SecretText(f.Text)
		}
		_, err = corev1.NewConfigMap(r.Ctx, name, &corev1.ConfigMapArgs{Metadata: metadata, Data: data}, r.Options()...)
	} else {
		// Not stringData: the API server never returns it, so an edit made in the cluster would go unnoticed.
		for _, f := range t.fields {
			data[f.Name] = target.SecretBase64(f.Text)
		}
		_, err = corev1.NewSecret(r.Ctx, name, &corev1.SecretArgs{
			Metadata: metadata, Type: pulumi.String(t.typ), Data: data,
		}, r.Options()...)
	}
	if err != nil {
		return fmt.Errorf("registering %s %s/%s: %w", t.kind, t.namespace, t.name, err)
	}
	return nil
}
