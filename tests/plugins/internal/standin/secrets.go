package standin

import (
	"slices"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// wrapSecrets makes the properties secret that are secret in the schema.
func wrapSecrets(state property.Map, specs map[string]schema.PropertySpec) property.Map {
	for key, spec := range specs {
		if value, ok := state.GetOk(key); ok && spec.Secret {
			state = state.Set(key, value.WithSecret(true))
		}
	}
	return state
}

// carrySecrets makes a property of the state secret if the input of the same name is, or contains, a secret. It may
// make too much secret, but not too little.
func carrySecrets(inputs, state property.Map) property.Map {
	for key, input := range inputs.All {
		if value, ok := state.GetOk(key); ok && input.HasSecrets() {
			state = state.Set(key, value.WithSecret(true))
		}
	}
	return state
}

// previewCreate returns the state that a creation will return: the inputs, and every other output unknown.
func previewCreate(inputs property.Map, spec schema.ResourceSpec) property.Map {
	state := inputs
	for key := range spec.Properties {
		if _, known := inputs.GetOk(key); known {
			continue
		}
		if _, isInput := spec.InputProperties[key]; isInput && !slices.Contains(spec.Required, key) {
			continue
		}
		state = state.Set(key, property.New(property.Computed))
	}
	return wrapSecrets(state, spec.Properties)
}

// previewUpdate returns the state that an update will return: the new inputs, the volatile outputs unknown, and every
// other output unchanged.
func previewUpdate(old, inputs property.Map, spec schema.ResourceSpec, volatile []string) property.Map {
	state := inputs
	for key, value := range old.All {
		if _, isInput := spec.InputProperties[key]; !isInput {
			state = state.Set(key, value)
		}
	}
	for _, key := range volatile {
		state = state.Set(key, property.New(property.Computed))
	}
	return wrapSecrets(state, spec.Properties)
}
