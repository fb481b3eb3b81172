package inputs

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/escsync/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// definition renders the environment's definition, or completes the given one.
func (c *completer) definition() {
	at := problem.At(keyDefinition)
	value, given := c.in.Get(keyValue), c.in.Get(keyDefinition)
	switch {
	case value.IsNull() && given.IsNull():
		c.fail(problem.At(keyValue), "must be given: it is the value to push (or give a whole definition)")
	case !value.IsNull() && !given.IsNull():
		c.fail(at, "cannot be given together with value, which it replaces")
	case !given.IsNull() && !c.in.Get(keyImports).IsNull():
		c.fail(problem.At(keyImports), "cannot be given together with definition: list them in the definition")
	}
	if given.IsNull() {
		c.checkValue(value)
	}
	imports := c.imports()
	extra := c.in.Get(keyEnvironmentValues)
	if !given.IsNull() && !extra.IsNull() {
		c.fail(problem.At(keyEnvironmentValues), "cannot be given together with definition: put them there")
	}

	parts := []property.Value{
		value, given, extra, c.in.Get(keyImports), property.New(c.target()), c.settings().Get("name"), c.targetProject(),
	}
	text, ok := c.render(imports, value, given)
	if !ok {
		return
	}
	rendered := property.New(property.Computed)
	if definition.Known(parts...) {
		rendered = property.New(text)
	}
	// Always secret: the pulumiservice provider makes it secret anyway, and it must not show whether it contains a secret.
	c.out[keyDefinition] = rendered.WithSecret(true).WithDependencies(dependencies(parts...))
}

// render returns the definition's text, and false if there are problems. It replaces unknown values by some text to
// check the rest. The result is then not a definition.
func (c *completer) render(imports []string, value, given property.Value) (string, bool) {
	if c.platform == "" || given.IsComputed() {
		return "", c.platform != ""
	}
	if value.IsNull() && !given.IsString() || c.settings().Get("syncKey").IsComputed() { // both are reported elsewhere
		return "", false
	}
	extra := c.in.Get(keyEnvironmentValues)
	spec := definition.Spec{
		Imports:           imports,
		Value:             definition.Assumed(value),
		EnvironmentValues: definition.Assumed(extra),
		Partial:           !definition.Known(extra, c.in.Get(keyImports)),
		Platform:          c.platform,
		Name:              definition.Assumed(c.settings().Get("name")),
		Target:            definition.Assumed(property.New(c.target())).AsMap(),
		PulumiConfig:      definition.Assumed(property.New(c.pulumiConfig())).AsMap(),
		Environment:       c.environment(),
	}
	if project := c.targetProject(); project.IsString() && naming.Check(project.AsString()) == nil {
		spec.Project = project.AsString()
	}
	var result definition.Result
	if given.IsString() {
		result = definition.Complete(given.AsString(), spec)
	} else {
		result = definition.Render(spec)
	}
	c.result.Problems = append(c.result.Problems, result.Problems...)
	c.result.Warnings = append(c.result.Warnings, result.Warnings...)
	return result.Text, len(result.Problems) == 0
}

// targetProject returns the project of the target stack, which is the namespace of its configuration.
func (c *completer) targetProject() property.Value {
	if source := c.out[keySource]; source.IsMap() {
		return source.AsMap().Get("project")
	}
	return property.Value{}
}

// environment returns the reference of the sync's own environment, or "" while a part of it is unknown.
func (c *completer) environment() string {
	project, name := c.out[keyEnvironmentProject], c.out[keyEnvironmentName]
	if !project.IsString() || !name.IsString() {
		return ""
	}
	return project.AsString() + "/" + name.AsString()
}

// imports checks the references and returns the known ones.
func (c *completer) imports() []string {
	v := c.in.Get(keyImports)
	if !v.IsArray() {
		return nil
	}
	var known []string
	for i, item := range v.AsArray().All {
		if !item.IsString() {
			continue
		}
		if err := naming.CheckImport(item.AsString(), c.environment()); err != nil {
			c.fail(problem.At(keyImports).Index(i), "%s", err)
		}
		known = append(known, item.AsString())
	}
	return known
}

// checkValue refuses an empty value, which would push nothing or empty the platform.
func (c *completer) checkValue(value property.Value) {
	at := problem.At(keyValue)
	switch {
	case value.IsString() && value.AsString() == "":
		c.fail(at, "must not be empty")
	case value.IsMap() && value.AsMap().Len() == 0, value.IsArray() && value.AsArray().Len() == 0:
		c.fail(at, "must have at least one key")
	}
}
