package kubernetes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Destination describes the platform for tests, demo and documentation.
var Destination = platforms.Destination{
	Name: "kubernetes", Server: &platforms.Server{
		About: "Kubernetes is the real kube-apiserver with etcd",
		Proof: "kube-apiserver 1.36.3 with etcd",
		Built: true,
		Start: func(ctx context.Context) (platforms.Platform, error) { return Start(ctx, Options{}) },
	},
	Rows: []platforms.Row{
		{
			Name: "kubernetes Secret", Start: startWithRole,
			Destination: "{kubernetes: {name: database, namespace: shop}}",
			Binary:      "{kubernetes: {name: database, namespace: shop, keys: {binary: ['key*']}}}",
			Identity:    platforms.Below("kubernetes/shop/Secret/database/"),
			Pattern: platforms.Pattern{
				Platform: "kubernetes", Settings: "namespace: shop", Name: "database",
				Identity: "kubernetes/shop/Secret/database/value",
			},
			Edited: edited,
			Denial: `is forbidden: User "limited" cannot patch`, Elsewhere: elsewhere,
			Limits: platforms.Limits{OneObject: true},
		},
		{
			Name: "kubernetes ConfigMap", Start: startWithRole,
			Destination: "{kubernetes: {name: settings, namespace: shop, kind: ConfigMap}}",
			Identity:    platforms.Below("kubernetes/shop/ConfigMap/settings/"),
			Pattern: platforms.Pattern{
				Platform: "kubernetes", Settings: "namespace: shop, kind: ConfigMap", Name: "settings",
				Identity: "kubernetes/shop/ConfigMap/settings/value",
			},
			Edited: edited,
			Denial: `is forbidden: User "limited" cannot patch`, Elsewhere: elsewhere,
			Limits: platforms.Limits{OneObject: true},
		},
		throughResource,
		throughTerraform,
	},
	Pushes: map[string]platforms.Push{
		"kubernetes-json": {
			Destination: `{"name": "database", "namespace": "shop", "mapping": "json"}`,
			Identity:    "kubernetes/shop/Secret/database/value",
		},
		"kubernetes-single": {
			Destination: `{"name": "settings", "namespace": "shop", "kind": "ConfigMap", "mapping": "single", ` +
				`"dataKey": "user"}`,
			Key: "user", Identity: "kubernetes/shop/ConfigMap/settings/user",
		},
	},
	Demo: platforms.Demo{
		Settings: "{name: prod-shop}",
		Keys: []string{
			"kubernetes/default/Secret/prod-shop/myConfigKey",
			"kubernetes/default/Secret/prod-shop/myNestedKey.haha",
			"kubernetes/default/Secret/prod-shop/mySecret",
		},
	},
	Beyond: "unable to load Kubernetes client configuration",
	Docs: platforms.Docs{
		Example:     "kubernetes",
		Default:     "`name` is required: one object, with a key `db.password` for each key",
		Checked:     "name 253; key 253, letters, digits and `-_.`; all values together 1 MiB",
		Credentials: "kubeconfig",
		Section:     "Kubernetes",
		Limit: "one object for all keys, which are not retained one by one; an existing object needs " +
			"`adoptionPolicy: All`",
	},
}

// startWithRole starts a cluster with the documented role.
func startWithRole(ctx context.Context) (platforms.Platform, error) {
	role, err := platforms.Policy("kubernetes-role.yaml")
	if err != nil {
		return nil, err
	}
	return Start(ctx, Options{Role: role})
}

// elsewhere returns a kubeconfig with another address of the same server.
func elsewhere(environment []string) (map[string]string, error) {
	path, ok := strings.CutPrefix(environment[0], "KUBECONFIG=")
	if !ok {
		return nil, errors.New("no kubeconfig")
	}
	text, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, fmt.Errorf("reading the kubeconfig: %w", err)
	}
	path += ".elsewhere"
	text = bytes.ReplaceAll(text, []byte("127.0.0.1"), []byte("localhost"))
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return nil, fmt.Errorf("writing the kubeconfig: %w", err)
	}
	return map[string]string{"KUBECONFIG": path}, nil
}

const edited = "repaired, even if another field manager took the field; keys that somebody else adds stay"
