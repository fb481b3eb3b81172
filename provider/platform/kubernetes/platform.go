// Package kubernetes pushes to Kubernetes Secrets and ConfigMaps.
package kubernetes

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:     about,
	Package:   "kubernetes",
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	Account:   cluster,
	// It is an annotation. Its key starts with a DNS name.
	Ownership:    ownership.Tag{Key: "escsync/sync-id", MaxLength: 1024},
	PulumiConfig: pulumiConfig,
	Hints: target.Hints{
		Denied: []string{"is forbidden: user"},
		Exists: []string{`" already exists`},
		Own: []target.Hint{{
			Words: []string{`: namespaces "`},
			Text: "the cluster has no such namespace, and a sync does not create it: create it, or correct " +
				"destination.kubernetes.namespace",
		}, {
			Words: []string{"field is immutable when `immutable` is set"},
			Text:  "the object is immutable: delete it, and the next run creates it again",
		}},
	},
	EnumTexts: map[string]string{"KubernetesKind": "A kind of Kubernetes object that stores values."},
}

var about = target.About{
	Name: "kubernetes", Type: "Kubernetes", Title: "Kubernetes",
	// An EscSync sets these options for its own runs; see pulumiConfig.
	Note: "In your own stack the Kubernetes provider replaces the object when a value changes. To change it in " +
		"place, run `pulumi config set kubernetes:enableSecretMutable true`, or " +
		"`kubernetes:enableConfigMapMutable` for the kind `ConfigMap`. `adoptionPolicy: All` also needs " +
		"`kubernetes:upsertExistingObjects`. An explicit provider has inputs of the same names. An `EscSync` sets " +
		"them for its own runs.",
}

// pulumiConfig configures the provider for the runs of an EscSync.
func pulumiConfig(_ property.Map, adoptionPolicy property.Value) map[string]property.Value {
	// This option decides whether existing objects are adopted, so it follows adoptionPolicy.
	adopts := property.New("false")
	switch {
	case adoptionPolicy.IsComputed():
		adopts = property.New(property.Computed)
	case adoptionPolicy.IsString() && adoptionPolicy.AsString() == string(target.AdoptAll):
		adopts = property.New("true")
	}
	return map[string]property.Value{
		// Otherwise the provider deletes an object before it creates the one with the new values, and pods that mount it
		// fail meanwhile.
		"kubernetes:enableSecretMutable":    property.New("true"),
		"kubernetes:enableConfigMapMutable": property.New("true"),
		"kubernetes:upsertExistingObjects":  adopts,
	}
}
