package inputs

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// names sets organization, project, environment and stack.
func (c *completer) names() {
	c.organization()
	c.name(keyEnvironmentProject, property.New(DefaultProject))

	base := property.New(naming.Default(c.origin.Project, c.origin.Stack, c.origin.Resource))
	if _, _, given := text(c.in, keyName); given {
		c.name(keyName, base)
		base = c.out[keyName]
		delete(c.out, keyName)
	}
	_, _, environment := text(c.in, keyEnvironmentName)
	_, _, stack := text(c.in, keyStackName)
	if !c.in.Get(keyName).IsNull() && environment && stack {
		c.fail(problem.At(keyName), "has no effect: it is the default of environmentName and stackName, and both are "+
			"given. Leave out name, or one of them")
	}
	c.name(keyEnvironmentName, base)
	c.name(keyStackName, base)
}

func (c *completer) organization() {
	_, _, given := text(c.in, keyOrganization)
	if !given && (c.origin.Organization == "" || c.origin.Organization == diyOrganization) {
		c.fail(problem.At(keyOrganization), "must be given: this program's backend has no organizations, and the "+
			"environment, stack and deployments of a sync belong to one of Pulumi Cloud")
		return
	}
	c.name(keyOrganization, property.New(c.origin.Organization))
}

// name sets the output key to the given name, or to fallback. It checks a given name if it is known.
func (c *completer) name(key string, fallback property.Value) {
	c.out[key] = c.checkedName(c.in, problem.At(key), key, fallback)
}

func (c *completer) checkedName(in property.Map, at problem.Path, key string, fallback property.Value) property.Value {
	value, known, given := text(in, key)
	if !given {
		return fallback
	}
	if known {
		if err := naming.Check(value); err != nil {
			c.fail(at, "%s", err)
		}
	}
	return in.Get(key)
}
