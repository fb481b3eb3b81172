package destinations

import (
	"testing"

	"github.com/escsync/pulumi-escsync/tests/platforms/github"
)

// A provider that replaces a resource for another value makes the new one first, as the engine has it: the old one,
// which is deleted then, has the same name, and takes the new value with it.
func TestAResourceThatIsReplacedForItsValue(t *testing.T) {
	t.Parallel()
	row := RowOf(t, "resource on GitHub")
	row.Destination = "{resource: {type: 'github:index/codespacesSecret:CodespacesSecret', version: 6.14.0, " +
		"properties: {repository: app, secretName: '{name}', plaintextValue: '{value}'}, name: {fold: true}, " +
		"keys: {template: '{key:upper}'}}}"
	row.Identity = github.Names("githubSecrets/codespaces/app/")
	Replaced(t, row)
}
