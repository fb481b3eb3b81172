package inputs

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/naming"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

var environmentVariable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// deployment checks the settings of the deployments.
func (c *completer) deployment() {
	at := problem.At(keyDeployment)
	v := c.in.Get(keyDeployment)
	if v.IsComputed() {
		c.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
		return
	}
	if v.IsMap() {
		c.out[keyDeployment] = pushDown(v)
		c.checkKnown(at, v.AsMap(), "environmentVariables", "preRunCommands", "oidc")
		c.checkSwitches(at, v.AsMap(), "cache", "skipInstallDependencies")
		c.oidc(at.Key("oidc"), v.AsMap().Get("oidc"))
		for name, value := range object(v.AsMap(), "environmentVariables").AllStable {
			if value.IsNull() {
				c.fail(at.Key("environmentVariables").Key(name), "must not be null: leave it out, or give an empty text")
			}
			if !environmentVariable.MatchString(name) {
				c.fail(at.Key("environmentVariables").Key(name),
					"must be a name of letters, digits and underscores, not beginning with a digit")
			}
		}
		c.identity(at, v.AsMap())
	}
}

// identity checks that the deployments have at most one identity.
func (c *completer) identity(at problem.Path, in property.Map) {
	const variable = "PULUMI_ACCESS_TOKEN"
	_, inVariables := object(in, "environmentVariables").GetOk(variable)
	token, role := !in.Get("accessToken").IsNull(), !in.Get("role").IsNull()
	if inVariables && token {
		c.fail(at.Key("accessToken"), "cannot be given together with the environment variable "+variable+", which it sets")
	}
	const both = "cannot be given together with role, which the token would override: keep the role"
	if role && token {
		c.fail(at.Key("accessToken"), both)
	}
	if role && inVariables {
		c.fail(at.Key("environmentVariables").Key(variable), both)
	}
}

// oidc checks the short-lived credentials of the deployments.
func (c *completer) oidc(at problem.Path, v property.Value) {
	if !v.IsMap() {
		return
	}
	clouds := []string{"aws", "azure", "gcp"}
	given := func(cloud string) bool { return !v.AsMap().Get(cloud).IsNull() }
	if !slices.ContainsFunc(clouds, given) {
		c.fail(at, "must have aws, azure or gcp. For no credentials, leave it out")
	}
	c.checkKnown(at, v.AsMap(), clouds...)
	aws := object(v.AsMap(), "aws")
	c.checkKnown(at.Key("aws"), aws, "policyArns")
	c.arn(at.Key("aws").Key("roleArn"), aws.Get("roleArn"), "role")
	// The service fills in templates, such as ${organization.name}.
	if name, known, _ := text(aws, "sessionName"); known && name != "" && !strings.Contains(name, "${") {
		if err := checkSessionName(name); err != nil {
			c.fail(at.Key("aws").Key("sessionName"), "%s", err)
		}
	}
	if arns := aws.Get("policyArns"); arns.IsArray() {
		if arns.AsArray().Len() == 0 {
			c.fail(at.Key("aws").Key("policyArns"), "must have at least one policy. For a session without limits of its own, "+
				"leave it out")
		}
		for i, item := range arns.AsArray().All {
			c.arn(at.Key("aws").Key("policyArns").Index(i), item, "policy")
		}
	}
	c.checkDuration(at.Key("aws"), aws, "duration", awsSession)
	gcp := object(v.AsMap(), "gcp")
	c.checkDuration(at.Key("gcp"), gcp, "tokenLifetime", gcpToken)
	if project, known, _ := text(gcp, "projectId"); known && project != "" {
		if err := checkProjectNumber(project); err != nil {
			c.fail(at.Key("gcp").Key("projectId"), "%s", err)
		}
	}
}

// arn checks the ARN of a role or a policy.
func (c *completer) arn(at problem.Path, v property.Value, kind string) {
	if v.IsString() && v.AsString() != "" { // the schema check reports an empty one
		if err := checkArn(v.AsString(), kind); err != nil {
			c.fail(at, "%s", err)
		}
	}
}

// checkKnown refuses objects and lists that are unknown as a whole. Parts of them may be unknown.
func (c *completer) checkKnown(at problem.Path, in property.Map, keys ...string) {
	for _, key := range keys {
		if in.Get(key).IsComputed() {
			c.fail(at.Key(key), "must be known at preview: give its parts as outputs, not the whole")
		}
	}
}

// checkSwitches refuses unknown booleans. As properties of an object they are decoded, and so must be known.
func (c *completer) checkSwitches(at problem.Path, in property.Map, keys ...string) {
	for _, key := range keys {
		if in.Get(key).IsComputed() {
			c.fail(at.Key(key), "must be known at preview: give a plain boolean, not an output")
		}
	}
}

// The lifetimes of short-lived credentials that the clouds allow.
var (
	awsSession = limit.Duration{
		Least: 15 * time.Minute, Most: 12 * time.Hour,
		Source: pageSessions,
	}
	gcpToken = limit.Duration{
		Least: time.Second, Most: 12 * time.Hour,
		Source: "https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/" +
			"generateAccessToken",
	}
)

// checkDuration refuses anything but a Go duration within the limits, which is the only format that the service
// accepts.
func (c *completer) checkDuration(at problem.Path, in property.Map, key string, limits limit.Duration) {
	if given, known, _ := text(in, key); known {
		if err := limits.Check(given); err != nil {
			c.fail(at.Key(key), "%s", err)
		}
	}
}

// teams checks the teams that get access to the environment.
func (c *completer) teams() {
	v := c.in.Get(keyTeams)
	at := problem.At(keyTeams)
	if v.IsComputed() {
		c.fail(at, "must be known at preview: each team names a resource. Give plain texts")
		return
	}
	if !v.IsArray() {
		return
	}
	seen := map[string]bool{}
	for i, team := range v.AsArray().All {
		if team.IsComputed() {
			c.fail(at.Index(i), "must be known at preview: it names a resource")
		}
		if !team.IsString() {
			continue
		}
		if err := naming.Check(team.AsString()); err != nil {
			c.fail(at.Index(i), "%s", err)
		}
		if seen[team.AsString()] {
			c.fail(at.Index(i), "is listed twice")
		}
		seen[team.AsString()] = true
	}
	c.out[keyTeams] = pushDown(v)
}
