package syncplan

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// definition renders the environment's definition, or completes the one that was given.
func (p *planner) definition() {
	at := problem.At(keyDefinition)
	value, given := p.in.Get(keyValue), p.in.Get(keyDefinition)
	switch {
	case value.IsNull() && given.IsNull():
		p.fail(problem.At(keyValue), "must be given: it is what is pushed (or give a whole definition)")
	case !value.IsNull() && !given.IsNull():
		p.fail(at, "cannot be given together with value: the one replaces the other")
	case !given.IsNull() && !p.in.Get(keyImports).IsNull():
		p.fail(problem.At(keyImports), "cannot be given together with definition: list them in the definition")
	}
	if given.IsNull() {
		p.checkValue(value)
	}
	imports := p.imports()
	extra := p.in.Get(keyEnvironmentValues)
	if !given.IsNull() && !extra.IsNull() {
		p.fail(problem.At(keyEnvironmentValues), "cannot be given together with definition: put them there")
	}

	parts := []property.Value{
		value, given, extra, p.in.Get(keyImports), property.New(p.target()), p.settings().Get("name"), p.targetProject(),
	}
	text, ok := p.render(imports, value, given)
	if !ok {
		return
	}
	rendered := property.New(property.Computed)
	if definition.Known(parts...) {
		rendered = property.New(text)
	}
	// Always secret: pulumiservice marks it so anyway, and whether a secret is in it must not show.
	p.out[keyDefinition] = rendered.WithSecret(true).WithDependencies(dependencies(parts...))
}

// render returns the definition's text, and false where there are problems. What a preview does not know is assumed to
// be some text: the rest is checked all the same, and the text that is returned means nothing then.
func (p *planner) render(imports []string, value, given property.Value) (string, bool) {
	if p.platform == "" || given.IsComputed() {
		return "", p.platform != ""
	}
	if value.IsNull() && !given.IsString() || p.settings().Get("syncKey").IsComputed() { // both are told already
		return "", false
	}
	extra := p.in.Get(keyEnvironmentValues)
	spec := definition.Spec{
		Imports:           imports,
		Value:             definition.Assumed(value),
		EnvironmentValues: definition.Assumed(extra),
		Partial:           !definition.Known(extra, p.in.Get(keyImports)),
		Platform:          p.platform,
		Name:              definition.Assumed(p.settings().Get("name")),
		Target:            definition.Assumed(property.New(p.target())).AsMap(),
		PulumiConfig:      definition.Assumed(property.New(p.pulumiConfig())).AsMap(),
		Environment:       p.environment(),
	}
	if project := p.targetProject(); project.IsString() && naming.Check(project.AsString()) == nil {
		spec.Project = project.AsString()
	}
	var result definition.Result
	if given.IsString() {
		result = definition.Complete(given.AsString(), spec)
	} else {
		result = definition.Render(spec)
	}
	p.result.Problems = append(p.result.Problems, result.Problems...)
	p.result.Warnings = append(p.result.Warnings, result.Warnings...)
	return result.Text, len(result.Problems) == 0
}

// targetProject is the project of the target stack: its configuration is named after it.
func (p *planner) targetProject() property.Value {
	if source := p.out[keySource]; source.IsMap() {
		return source.AsMap().Get("project")
	}
	return property.Value{}
}

// environment is the reference of the sync's own environment, or empty while a part of it is unknown.
func (p *planner) environment() string {
	project, name := p.out[keyProject], p.out[keyEnvironmentName]
	if !project.IsString() || !name.IsString() {
		return ""
	}
	return project.AsString() + "/" + name.AsString()
}

// imports checks the references and returns those that are known.
func (p *planner) imports() []string {
	v := p.in.Get(keyImports)
	if !v.IsArray() {
		return nil
	}
	var known []string
	for i, item := range v.AsArray().All {
		if !item.IsString() {
			continue
		}
		if err := naming.CheckImport(item.AsString(), p.environment()); err != nil {
			p.fail(problem.At(keyImports).Index(i), "%s", err)
		}
		known = append(known, item.AsString())
	}
	return known
}

// checkValue refuses a value that would push nothing, or empty a platform.
func (p *planner) checkValue(value property.Value) {
	at := problem.At(keyValue)
	switch {
	case value.IsString() && value.AsString() == "":
		p.fail(at, "must not be empty")
	case value.IsMap() && value.AsMap().Len() == 0, value.IsArray() && value.AsArray().Len() == 0:
		p.fail(at, "must have at least one key")
	}
}
