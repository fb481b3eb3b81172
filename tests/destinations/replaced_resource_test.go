package destinations

import (
	"testing"

	"github.com/escsync/pulumi-escsync/tests/platforms/github"
)

// A provider that replaces a resource for a new value creates the new one first, by the engine's default. Deleting the
// old one, which has the same name, would delete the new value too.
func TestAResourceThatIsReplacedForItsValue(t *testing.T) {
	t.Parallel()
	row := RowOf(t, "resource on GitHub")
	row.Destination = "{resource: {type: 'github:index/codespacesSecret:CodespacesSecret', version: 6.14.0, " +
		"properties: {repository: app, secretName: '{name}', plaintextValue: '{value}'}, name: {fold: true}, " +
		"keys: {template: '{key:upper}'}}}"
	row.Identity = github.Names("githubSecrets/codespaces/app/")
	Replaced(t, row)
}
