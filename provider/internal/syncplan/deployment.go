package syncplan

import (
	"regexp"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

var environmentVariable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// deployment checks the settings of the deployments.
func (p *planner) deployment() {
	at := problem.At(keyDeployment)
	v := p.in.Get(keyDeployment)
	if v.IsComputed() {
		p.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
		return
	}
	if v.IsMap() {
		p.out[keyDeployment] = leafward(v, false, nil)
		oidc := object(v.AsMap(), "oidc")
		p.checkKnown(at, v.AsMap(), "environmentVariables", "preRunCommands", "oidc")
		p.checkSwitches(at, v.AsMap(), "cache", "skipInstallDependencies")
		p.checkKnown(at.Key("oidc"), oidc, "aws", "azure", "gcp")
		p.checkKnown(at.Key("oidc").Key("aws"), object(oidc, "aws"), "policyArns")
		p.checkDuration(at.Key("oidc").Key("aws"), object(oidc, "aws"), "duration")
		p.checkDuration(at.Key("oidc").Key("gcp"), object(oidc, "gcp"), "tokenLifetime")
		for name, value := range object(v.AsMap(), "environmentVariables").AllStable {
			if value.IsNull() {
				p.fail(at.Key("environmentVariables").Key(name), "must not be null: leave it out, or give an empty text")
			}
			if !environmentVariable.MatchString(name) {
				p.fail(at.Key("environmentVariables").Key(name),
					"must be a name of letters, digits and underscores, not beginning with a digit")
			}
		}
		_, inVariables := object(v.AsMap(), "environmentVariables").GetOk("PULUMI_ACCESS_TOKEN")
		if inVariables && !v.AsMap().Get("accessToken").IsNull() {
			p.fail(at.Key("accessToken"),
				"cannot be given together with the environment variable PULUMI_ACCESS_TOKEN, which it sets")
		}
	}
}

// checkKnown refuses objects and lists that are unknown as a whole: their parts may be unknown.
func (p *planner) checkKnown(at problem.Path, in property.Map, keys ...string) {
	for _, key := range keys {
		if in.Get(key).IsComputed() {
			p.fail(at.Key(key), "must be known at preview: give its parts as outputs, not the whole")
		}
	}
}

// checkSwitches refuses booleans that are unknown: as properties of an object they arrive decoded, thus known.
func (p *planner) checkSwitches(at problem.Path, in property.Map, keys ...string) {
	for _, key := range keys {
		if in.Get(key).IsComputed() {
			p.fail(at.Key(key), "must be known at preview: give a plain boolean, not an output")
		}
	}
}

// checkDuration refuses what is no positive Go duration. The service takes these, and nothing else.
func (p *planner) checkDuration(at problem.Path, in property.Map, key string) {
	if given, known, _ := text(in, key); known {
		if d, err := time.ParseDuration(given); err != nil || d <= 0 {
			p.fail(at.Key(key), "must be a duration such as 90s or 1h30m")
		}
	}
}

// teams checks the teams that get access to the environment.
func (p *planner) teams() {
	v := p.in.Get(keyTeams)
	at := problem.At(keyTeams)
	if v.IsComputed() {
		p.fail(at, "must be known at preview: give each team as an output, not the whole list")
		return
	}
	if !v.IsArray() {
		return
	}
	seen := map[string]bool{}
	for i, team := range v.AsArray().All {
		if team.IsComputed() {
			p.fail(at.Index(i), "must be known at preview: it names a resource")
		}
		if !team.IsString() {
			continue
		}
		if wrong := naming.Check(team.AsString()); wrong != "" {
			p.fail(at.Index(i), "%s", wrong)
		}
		if seen[team.AsString()] {
			p.fail(at.Index(i), "is listed twice")
		}
		seen[team.AsString()] = true
	}
	p.out[keyTeams] = leafward(v, false, nil)
}
