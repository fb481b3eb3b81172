package gcpsecretmanager

import (
	"context"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "gcpSecretManager", Server: &platforms.Server{
		About: "GCP Secret Manager is a stand-in server of this repository",
		Proof: "own stand-in server",
		Start: func(ctx context.Context) (platforms.Platform, error) { return Start(ctx, Options{}) },
	},
	Rows: []platforms.Row{
		{
			Name:        "gcpSecretManager",
			Destination: "{gcpSecretManager: {keys: {template: 'shop_{key}'}}}",
			Binary:      "{gcpSecretManager: {keys: {template: 'shop_{key}', binary: ['key*']}}}",
			Denial:      "Permission 'secretmanager.",
			Elsewhere:   platforms.Named("GOOGLE_PROJECT", "elsewhere"),
			Identity:    platforms.Below("gcpSecretManager/escsync-test/shop_"),
			Limits:      platforms.Limits{EditsUnseen: true},
			Edited:      "a new version is not detected until the value changes; a deletion is repaired",
			Pattern: platforms.Pattern{
				Platform: "gcpSecretManager", Name: "shop-database", Identity: "gcpSecretManager/escsync-test/shop-database",
			},
		},
	},
	Pushes: map[string]platforms.Push{
		"gcpSecretManager-json": {
			Destination: `{"mapping": "json", "name": "ALL"}`,
			Identity:    "gcpSecretManager/escsync-test/ALL",
		},
		"gcpSecretManager-single": {
			Destination: `{"mapping": "single", "name": "ONE"}`, Key: "user",
			Identity: "gcpSecretManager/escsync-test/ONE",
		},
	},
	Demo: platforms.Demo{
		Settings: "{name: prod-shop}",
		Secret:   "gcpSecretManager/escsync-test/prod-shop",
	},
	Beyond: "looking up shop-database on the platform",
	Docs: platforms.Docs{
		Example:     "gcp-secret-manager",
		Default:     "one secret for each key, `db_password`",
		Checked:     "name 255, letters, digits, `_` and `-`; value 65 536 bytes, not empty",
		Credentials: "OIDC or GCP login",
		Section:     "GCP Secret Manager",
		Limit:       "a version added manually is not detected; `regions` cannot be changed",
	},
}
