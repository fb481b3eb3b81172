package syncplan

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// names settles organization, project, environment and stack.
func (p *planner) names() {
	p.organization()
	p.name(keyProject, property.New(DefaultProject))

	base := property.New(naming.Default(p.origin.Project, p.origin.Stack, p.origin.Resource))
	if _, _, given := text(p.in, keyName); given {
		p.name(keyName, base)
		base = p.out[keyName]
		delete(p.out, keyName)
	}
	_, _, environment := text(p.in, keyEnvironmentName)
	_, _, stack := text(p.in, keyStackName)
	if !p.in.Get(keyName).IsNull() && environment && stack {
		p.fail(problem.At(keyName), "has no effect where environmentName and stackName are given, which it is the default "+
			"of: leave out name, or one of them")
	}
	p.name(keyEnvironmentName, base)
	p.name(keyStackName, base)
}

func (p *planner) organization() {
	_, _, given := text(p.in, keyOrganization)
	if !given && (p.origin.Organization == "" || p.origin.Organization == diyOrganization) {
		p.fail(problem.At(keyOrganization), "must be given: this program's backend has no organizations, "+
			"and the environment, stack and deployments of a sync live in one of Pulumi Cloud")
		return
	}
	p.name(keyOrganization, property.New(p.origin.Organization))
}

// name copies the name given under key, or fallback, to the output, and checks it if it is known.
func (p *planner) name(key string, fallback property.Value) {
	p.out[key] = p.checkedName(p.in, problem.At(key), key, fallback)
}

func (p *planner) checkedName(in property.Map, at problem.Path, key string, fallback property.Value) property.Value {
	value, known, given := text(in, key)
	if !given {
		return fallback
	}
	if known {
		if err := naming.Check(value); err != nil {
			p.fail(at, "%s", err)
		}
	}
	return in.Get(key)
}
