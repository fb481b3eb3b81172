package standin

import (
	"context"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// server answers the engine's calls.
type server struct {
	plugin Plugin
	spec   schema.PackageSpec
}

func (s *server) resource(u urn.URN) (Resource, schema.ResourceSpec, error) {
	token := string(u.Type())
	resource, ok := s.plugin.Resources[token]
	if !ok {
		return Resource{}, schema.ResourceSpec{}, fmt.Errorf(
			"the stand-in for %s has no resource %s", s.plugin.Name, token)
	}
	return resource, s.spec.Resources[token], nil
}

// checkConfig omits defaults, like published plugins, so that a token from the environment is not stored in the state.
func (s *server) checkConfig(_ context.Context, req p.CheckRequest) (p.CheckResponse, error) {
	checker := checker{types: s.spec.Types, config: true, noDefaults: true}
	inputs := checker.object(req.Inputs, s.spec.Provider.InputProperties, nil)
	return p.CheckResponse{Inputs: inputs, Failures: checker.failures}, nil
}

func (s *server) configure(ctx context.Context, req p.ConfigureRequest) error {
	if s.plugin.Configure == nil {
		return nil
	}
	checker := checker{types: s.spec.Types, config: true}
	return s.plugin.Configure(ctx, checker.object(req.Args, s.spec.Provider.InputProperties, nil))
}

func (s *server) invoke(ctx context.Context, req p.InvokeRequest) (p.InvokeResponse, error) {
	function, ok := s.plugin.Functions[string(req.Token)]
	if !ok {
		return p.InvokeResponse{}, fmt.Errorf("the stand-in for %s has no function %s", s.plugin.Name, req.Token)
	}
	spec := s.spec.Functions[string(req.Token)]
	checker := checker{types: s.spec.Types}
	args := req.Args
	if spec.Inputs != nil {
		args = checker.object(args, spec.Inputs.Properties, spec.Inputs.Required)
	}
	if len(checker.failures) > 0 {
		return p.InvokeResponse{Failures: checker.failures}, nil
	}
	results, err := function(ctx, args)
	if err != nil {
		return p.InvokeResponse{}, fmt.Errorf("invoking %s: %w", req.Token, err)
	}
	if spec.ReturnType != nil && spec.ReturnType.ObjectTypeSpec != nil {
		results = wrapSecrets(results, spec.ReturnType.ObjectTypeSpec.Properties)
	}
	return p.InvokeResponse{Return: results}, nil
}

func (s *server) check(ctx context.Context, req p.CheckRequest) (p.CheckResponse, error) {
	resource, spec, err := s.resource(req.Urn)
	if err != nil {
		return p.CheckResponse{}, err
	}
	checker := checker{types: s.spec.Types, noDefaults: resource.NoDefaults}
	inputs := checker.object(req.Inputs, spec.InputProperties, spec.RequiredInputs)
	failures := checker.failures
	if resource.Check != nil {
		req.Inputs = inputs
		changed, own, err := resource.Check(ctx, req)
		if err != nil {
			return p.CheckResponse{}, err
		}
		inputs, failures = changed, append(failures, own...)
	}
	return p.CheckResponse{Inputs: inputs, Failures: failures}, nil
}

func (s *server) diff(_ context.Context, req p.DiffRequest) (p.DiffResponse, error) {
	resource, spec, err := s.resource(req.Urn)
	if err != nil {
		return p.DiffResponse{}, err
	}
	set := replacements(resource, spec)
	rule := func(path string) (bool, bool) { return set[root(path)], resource.DeleteBeforeReplace }
	if resource.ReplacesWhen != nil {
		rule = func(path string) (bool, bool) { return resource.ReplacesWhen(req.OldInputs, req.Inputs, path) }
	}
	response := diffInputs(req.OldInputs, req.Inputs, rule)
	if resource.Drifted == nil {
		return response, nil
	}
	if path := resource.Drifted(req.State); path != "" {
		response.HasChanges = true
		if response.DetailedDiff == nil {
			response.DetailedDiff = map[string]p.PropertyDiff{}
		}
		response.DetailedDiff[path] = p.PropertyDiff{Kind: p.Update}
	}
	return response, nil
}

func (s *server) create(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	resource, spec, err := s.resource(req.Urn)
	if err != nil {
		return p.CreateResponse{}, err
	}
	if req.DryRun {
		return p.CreateResponse{Properties: previewCreate(req.Properties, spec)}, nil
	}
	inputs := req.Properties
	response, err := resource.Create(ctx, req)
	if err != nil {
		return p.CreateResponse{}, err
	}
	response.Properties = s.finish(resource, spec.Properties, inputs, response.Properties)
	return response, nil
}

func (s *server) read(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	resource, spec, err := s.resource(req.Urn)
	if err != nil {
		return p.ReadResponse{}, err
	}
	if resource.Read == nil {
		return p.ReadResponse{ID: req.ID, Properties: req.Properties, Inputs: req.Inputs}, nil
	}
	response, err := resource.Read(ctx, req)
	if err != nil || response.ID == "" {
		return p.ReadResponse{}, err
	}
	response.Inputs = s.finish(resource, spec.InputProperties, req.Inputs, response.Inputs)
	response.Properties = s.finish(resource, spec.Properties, response.Inputs, response.Properties)
	return response, nil
}

func (s *server) update(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	resource, spec, err := s.resource(req.Urn)
	if err != nil {
		return p.UpdateResponse{}, err
	}
	if resource.Update == nil {
		return p.UpdateResponse{}, fmt.Errorf("%s cannot be updated in place", req.Urn.Type())
	}
	if req.DryRun {
		return p.UpdateResponse{Properties: previewUpdate(req.State, req.Inputs, spec, resource.Volatile)}, nil
	}
	inputs := req.Inputs
	response, err := resource.Update(ctx, req)
	if err != nil {
		return p.UpdateResponse{}, err
	}
	response.Properties = s.finish(resource, spec.Properties, inputs, response.Properties)
	return response, nil
}

func (s *server) delete(ctx context.Context, req p.DeleteRequest) error {
	resource, _, err := s.resource(req.Urn)
	if err != nil || resource.Delete == nil {
		return err
	}
	return resource.Delete(ctx, req)
}

// finish marks what is secret in a state, or in inputs that were read back.
func (s *server) finish(
	resource Resource, specs map[string]schema.PropertySpec, inputs, state property.Map,
) property.Map {
	if !resource.ExactState {
		state = carrySecrets(inputs, state)
	}
	return wrapSecrets(state, specs)
}
