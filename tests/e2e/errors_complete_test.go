package e2e

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/messages"
)

// What no input of an EscSync brings forth.
const (
	ofTarget    = "of the components that push, which a deployment runs: TestPlatformProblems and its neighbours"
	ofOwn       = "of SyncRun and Teardown, whose inputs EscSync makes"
	elsewhere   = "TestBadInputOnABackendWithoutOrganizations"
	unreachable = "for a fault in this package"
	another     = "another check is first"
)

// notPrinted are the reasons of problems that no program above brings forth, and why.
var notPrinted = map[string]string{
	"exists on the platform and does not belong to this sync: set adopt to All to take it over and overwrite its " +
		"value, or choose another name": ofTarget,
	"exists on the platform, and adopt is Never: delete it, choose another name, or allow more with adopt": ofTarget,
	"exists on the platform, which cannot say whose it is: set adopt to All to take it over and overwrite its value, " +
		"or choose another name": ofTarget,
	"must be a string: the payload of the environment's pulumiConfig":                          ofTarget,
	"names the platform %q, which this version of the package does not have":                   ofTarget,
	"must be a string, number, boolean, list or object; assets and resources cannot be pushed": ofTarget,
	"must be a name without slash or space":                                                    ofOwn,
	"must be no asset: give a hash of its content":                                             ofOwn,
	"must be project/name": ofOwn,
	"must be given: this program's backend has no organizations, and the environment, stack and deployments of a " +
		"sync live in one of Pulumi Cloud": elsewhere,
	"is that of another sync of this program, %s: set a name of its own on one of them": "TestSyncsOfOneName",
	"another type":                        unreachable,
	"the schema has no resource %s":       unreachable,
	"the schema has no type %s":           unreachable,
	"rendering the environment: %s":       unreachable,
	"is not an ESC definition":            another,
	"must be a number that JSON can hold": another,
}

var verb = regexp.MustCompile(`%[a-z]`)

// everyMessageIsPrinted demands that the engine has printed every reason that the provider's source gives for a problem
// of an input: a new check has a program above.
func everyMessageIsPrinted(t *testing.T, printed []string) {
	t.Helper()
	problems, err := messages.Problems("../..")
	require.NoError(t, err)
	require.Greater(t, len(problems), 100, "the source was not read")
	slices.Sort(problems)
	for _, problem := range slices.Compact(problems) {
		_, excused := notPrinted[problem]
		said := messages.Says(printed, verb.ReplaceAllString(problem, "…"))
		assert.NotEqual(t, excused, said, "printed: %t, said to be printed: %t: %q", said, !excused, problem)
	}
	for problem := range notPrinted {
		assert.Contains(t, problems, problem, "no such problem")
	}
}
