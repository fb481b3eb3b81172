package githubvariables

import (
	"github.com/escsync/pulumi-escsync/provider/platform/github"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

const pageVariables = "https://docs.github.com/actions/reference/workflows-and-actions/variables"

// The limits of GitHub.
var (
	nameLimit         = github.NameLimit(pageVariables)
	valueLimit        = limit.Value{MaxBytes: 49152, Source: pageVariables}
	repositoryCount   = limit.Count{Max: 500, Source: pageVariables}
	organizationCount = limit.Count{Max: 1000, Source: pageVariables}
	environmentCount  = limit.Count{Max: 100, Source: pageVariables}
)
