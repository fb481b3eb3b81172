// Package gcpsecretmanager pushes to GCP Secret Manager.
package gcpsecretmanager

import (
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/account"
	"github.com/escsync/pulumi-escsync/provider/target/ownership"
)

// Platform describes the platform to the rest of the provider.
var Platform = target.Platform{
	About:     about,
	Package:   "gcp",
	Component: target.ComponentOf[Destination],
	Plan:      plan,
	// The account is a project.
	Account: func(s account.Source) string {
		return account.Join("GCP project", s.First("gcp:project", "GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT",
			"GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT"))
	},
	// The annotation's key cannot contain a colon.
	Ownership: ownership.Tag{Key: "escsync.sync-id", MaxLength: 1024},
	Hints: target.Hints{
		Denied:          []string{"permissiondenied", "' denied on resource"},
		Unauthenticated: []string{"could not find default credentials"},
		Throttled: []string{
			"quota exceeded for quota metric", // more than "quota exceeded", which also occurs for a disk
			"resource_exhausted", "resourceexhausted",
		},
	},
}

var about = target.About{Name: "gcpSecretManager", Type: "GcpSecretManager", Title: "GCP Secret Manager"}
