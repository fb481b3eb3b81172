package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/escsync/pulumi-escsync/provider/internal/usage"
	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// enumTexts describes, by type token, the enums that belong to no platform. The framework only accepts descriptions of
// their values.
//
//nolint:gosec // Type tokens are not credentials.
var enumTexts = map[string]string{
	"escsync:index:AdoptionPolicy": "What happens to a secret that exists on the platform before it is pushed for the " +
		"first time.",
	"escsync:index:DeploymentStatus":   "The status of a deployment, as Pulumi Cloud reports it.",
	"escsync:index:DeletionPolicy":     "What happens to a pushed secret when its key, or the whole sync, is removed.",
	"escsync:index:Nesting":            "What the mapping `perKey` does with nested objects.",
	"escsync:index:NotificationFormat": "The form of a notification.",
	"escsync:index:SecretMapping":      "How a value becomes secrets.",
}

// internal are the resources and functions that only components of this package use. The schema, and so every SDK,
// omits them: the engine needs no schema for what a component registers or calls.
var internal = []string{
	target.InventoryToken, target.ReleaseToken, target.OutcomeToken, run.CaretakerToken,
}

// anything is the schema type of a Go any.
const anything = "pulumi.json#/Any"

// numberOrText is the type of a limit such as 5 or "50%", like Kubernetes' IntOrString.
var numberOrText = schema.TypeSpec{OneOf: []schema.TypeSpec{{Type: "integer"}, {Type: "string"}}}

// documented returns the provider with the published schema. It removes internal resources and adds what the framework
// does not support: descriptions of enums, union types, the notes of all platforms at Target, environment variables of
// the configuration, and examples. It also repeats defaults in the descriptions, because editors and the Registry show
// only those.
func documented(built p.Provider, platforms target.Platforms) p.Provider {
	inner := built.GetSchema
	built.GetSchema = func(ctx context.Context, request p.GetSchemaRequest) (p.GetSchemaResponse, error) {
		response, err := inner(ctx, request)
		if err != nil {
			return response, err
		}
		response.Schema, err = describeAll(response.Schema, platforms)
		return response, err
	}
	return built
}

func describeAll(text string, platforms target.Platforms) (string, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(text), &spec); err != nil {
		return "", fmt.Errorf("reading the schema: %w", err)
	}
	texts := maps.Clone(enumTexts)
	var notes strings.Builder
	for _, platform := range platforms {
		for name, description := range platform.EnumTexts {
			texts["escsync:index:"+name] = description
		}
		if platform.Note != "" {
			notes.WriteString("\n\n" + platform.Note)
		}
	}
	for token, description := range texts {
		enum, found := spec.Types[token]
		if !found {
			return "", fmt.Errorf("the schema has no enum %s: remove its text", token)
		}
		enum.Description = description
		spec.Types[token] = enum
	}
	showEnvironment(spec.Config.Variables)
	for _, token := range internal {
		delete(spec.Resources, token)
		delete(spec.Functions, token)
	}
	for token, resource := range spec.Resources {
		if limit := resource.InputProperties["maxDeletions"]; limit.Ref == anything {
			limit.TypeSpec = numberOrText
			resource.InputProperties["maxDeletions"] = limit
		}
		if token == target.Token {
			resource.Description += notes.String()
		}
		for name, input := range resource.InputProperties {
			if input.Default != nil {
				input.Description += fmt.Sprintf(" Default: `%v`.", input.Default)
				resource.InputProperties[name] = input
			}
		}
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

// showEnvironment adds environment defaults to the variables of the configuration. The inputs of an explicit provider
// get none: an SDK would fill them in, and the token would be stored in the state.
func showEnvironment(variables map[string]schema.PropertySpec) {
	for name, environment := range run.Environment() {
		variable := variables[name]
		variable.DefaultInfo = &schema.DefaultSpec{Environment: environment}
		variables[name] = variable
	}
}

func withExample(description, token string) string {
	if example := usage.Of(token); example != "" {
		return description + "\n\n" + example
	}
	return description
}
