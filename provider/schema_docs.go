package provider

import (
	"context"
	"encoding/json"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/escsync/pulumi-escsync/provider/internal/usage"
)

// enumTexts describes the enums by their type tokens: the framework takes descriptions of their values only.
//
//nolint:gosec // Type tokens are no credentials.
var enumTexts = map[string]string{
	"escsync:index:Adopt": "What happens to a secret that exists on the platform before it is pushed for the first " +
		"time.",
	"escsync:index:AwsParameterStoreTier":   "How large a parameter may be, and what it costs.",
	"escsync:index:AwsParameterStoreType":   "How AWS keeps the value of a parameter.",
	"escsync:index:DeletionPolicy":          "What becomes of a pushed secret when its key, or the whole sync, goes away.",
	"escsync:index:GithubSecretsApp":        "Who reads secrets on GitHub.",
	"escsync:index:GithubSecretsVisibility": "Which repositories see a secret of an organization on GitHub.",
	"escsync:index:KubernetesKind":          "A kind of object in Kubernetes that holds values.",
	"escsync:index:Nesting":                 "What the mapping `perKey` does with nested objects.",
	"escsync:index:NotificationFormat":      "The form of a notification.",
	"escsync:index:SecretMapping":           "How a value becomes secrets.",
}

// documented returns the provider with a schema that also holds what the framework cannot be told: descriptions of
// enums, and the examples.
func documented(built p.Provider) p.Provider {
	inner := built.GetSchema
	built.GetSchema = func(ctx context.Context, request p.GetSchemaRequest) (p.GetSchemaResponse, error) {
		response, err := inner(ctx, request)
		if err != nil {
			return response, err
		}
		response.Schema, err = describeAll(response.Schema)
		return response, err
	}
	return built
}

func describeAll(text string) (string, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(text), &spec); err != nil {
		return "", fmt.Errorf("reading the schema: %w", err)
	}
	for token, description := range enumTexts {
		enum, found := spec.Types[token]
		if !found {
			return "", fmt.Errorf("the schema has no enum %s: remove it from enumTexts", token)
		}
		enum.Description = description
		spec.Types[token] = enum
	}
	for token, resource := range spec.Resources {
		resource.Description = withExample(resource.Description, token)
		spec.Resources[token] = resource
	}
	for token, function := range spec.Functions {
		function.Description = withExample(function.Description, token)
		spec.Functions[token] = function
	}
	whole, err := json.Marshal(spec)
	if err != nil {
		return "", fmt.Errorf("writing the schema: %w", err)
	}
	return string(whole), nil
}

func withExample(description, token string) string {
	if example := usage.Of(token); example != "" {
		return description + "\n\n" + example
	}
	return description
}
