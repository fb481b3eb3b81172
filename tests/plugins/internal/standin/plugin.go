package standin

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"
)

// Plugin describes a stand-in.
type Plugin struct {
	// Name is the package's name, such as "aws".
	Name string
	// Version is the version that the plugin reports: that of the package's SDK in the module.
	Version string
	// Schema is the package's schema as YAML, without a version.
	Schema []byte
	// Configure reads the provider's configuration. It runs once, before any resource.
	Configure func(ctx context.Context, config property.Map) error
	// Resources contains the operations of each resource, by its token in the schema.
	Resources map[string]Resource
	// Functions contains the functions, by their token in the schema. Arguments are already checked against the schema.
	Functions map[string]Function
}

// Resource contains the operations of one resource. Their inputs are checked, have defaults, and are still marked as
// secret. Only Check gets unknown values.
type Resource struct {
	// Check applies rules that a schema cannot express, and may change the inputs. It runs after the check against the
	// schema, and may get secret and unknown values. Optional.
	Check func(ctx context.Context, req p.CheckRequest) (property.Map, []p.CheckFailure, error)
	// Create creates the resource. It returns its ID and its whole state.
	Create func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error)
	// Read returns an empty ID if the resource does not exist.
	Read func(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error)
	// Update returns the whole new state. Without Update every change replaces the resource.
	Update func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error)
	Delete func(ctx context.Context, req p.DeleteRequest) error

	// Replaces lists inputs whose change replaces the resource, in addition to those that the schema marks.
	Replaces []string
	// ReplacesWhen decides about one changed path if its name is not enough: whether the change replaces the resource, and
	// whether the old one is deleted first. Optional.
	ReplacesWhen func(olds, news property.Map, path string) (replace, deleteFirst bool)
	// Drifted returns the output that an update will change, if the last Read found an edit that no input shows, or "".
	// Optional.
	Drifted func(state property.Map) string
	// DeleteBeforeReplace reports whether the provider deletes the old resource first.
	DeleteBeforeReplace bool
	// Volatile lists the outputs that an update may change. They are unknown in its preview.
	Volatile []string
	// NoDefaults reports whether the provider leaves the schema's defaults to the SDKs.
	NoDefaults bool
	// ExactState leaves the secrets of the state as the operations returned them. Otherwise an output is secret if the
	// input of the same name contains a secret.
	ExactState bool
}

// Function returns the results of a call.
type Function func(ctx context.Context, args property.Map) (property.Map, error)

// Main runs the plugin until the engine ends it. With the one argument -version it prints its version, by which the
// Makefile installs it.
func Main(plugin Plugin) {
	if len(os.Args) == 2 && os.Args[1] == "-version" {
		fmt.Println(plugin.Version)
		return
	}
	provider, err := plugin.Provider()
	if err == nil {
		err = provider.Run(context.Background(), plugin.Name, plugin.Version)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "pulumi-resource-%s: %v\n", plugin.Name, err)
		os.Exit(1)
	}
}

// Provider returns the plugin as a provider, for a server of the caller's own.
func (plugin Plugin) Provider() (p.Provider, error) {
	spec, err := plugin.PackageSpec()
	if err != nil {
		return p.Provider{}, err
	}
	text, err := json.Marshal(spec)
	if err != nil {
		return p.Provider{}, fmt.Errorf("writing the schema of %s: %w", plugin.Name, err)
	}
	s := &server{plugin: plugin, spec: spec}
	return p.Provider{
		GetSchema: func(context.Context, p.GetSchemaRequest) (p.GetSchemaResponse, error) {
			return p.GetSchemaResponse{Schema: string(text)}, nil
		},
		CheckConfig: s.checkConfig,
		Configure:   s.configure,
		Invoke:      s.invoke,
		Check:       s.check,
		Diff:        s.diff,
		Create:      s.create,
		Read:        s.read,
		Update:      s.update,
		Delete:      s.delete,
		Cancel:      func(context.Context) error { return nil },
	}, nil
}

// PackageSpec parses the schema and makes sure that it and the operations name the same resources and functions.
func (plugin Plugin) PackageSpec() (schema.PackageSpec, error) {
	var spec schema.PackageSpec
	var tree any
	if err := yaml.Unmarshal(plugin.Schema, &tree); err != nil {
		return spec, fmt.Errorf("reading the schema of %s: %w", plugin.Name, err)
	}
	text, err := json.Marshal(tree)
	if err != nil {
		return spec, fmt.Errorf("reading the schema of %s: %w", plugin.Name, err)
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		return spec, fmt.Errorf("reading the schema of %s: %w", plugin.Name, err)
	}
	spec.Name, spec.Version = plugin.Name, plugin.Version
	for token := range spec.Resources {
		if _, ok := plugin.Resources[token]; !ok {
			return spec, fmt.Errorf("the schema of %s has resource %s, which has no operations", plugin.Name, token)
		}
	}
	for token := range plugin.Resources {
		if _, ok := spec.Resources[token]; !ok {
			return spec, fmt.Errorf("resource %s is not in the schema of %s", token, plugin.Name)
		}
	}
	for token := range spec.Functions {
		if _, ok := plugin.Functions[token]; !ok {
			return spec, fmt.Errorf("the schema of %s has function %s, which is missing", plugin.Name, token)
		}
	}
	return spec, nil
}
