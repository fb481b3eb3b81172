// Package hints finds out what to do about a failed run, by searching its log for known words. The target program never
// sees errors of the platforms' providers: they are only in the log. `pulumi up` of the user's program cannot show the
// log, because it may contain what the run pushed.
package hints

import (
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// credentialsPage documents the credentials that each destination needs.
var credentialsPage = version.Docs("credentials.md")

// Table lists hints in the order in which they are shown.
type Table []target.Hint

// For returns the common hints followed by those of the platforms.
func For(platforms target.Platforms) Table {
	table := slices.Clone(common)
	denied := target.Hint{Text: "the platform refused the run's credentials: grant them the permissions that the " +
		"destination needs (" + credentialsPage + "), or give the run a valid token; the log names what was refused"}
	unauthenticated := target.Hint{Text: "the run has no valid credentials for the platform: set them up in the " +
		"environment (" + credentialsPage + "). It does not see the variables and profiles of the machine that runs " +
		"`pulumi up`"}
	exists := target.Hint{Text: "a secret of that name exists, and this sync did not create it or cannot tell that it " +
		"did: set adoptionPolicy to All to adopt it, or choose another name"}
	throttled := target.Hint{Text: "the platform's rate limit was reached: the next run continues from there. To send " +
		"fewer requests at once, set a smaller PULUMI_PARALLEL in deployment.environmentVariables"}
	for _, platform := range platforms {
		table = append(table, platform.Hints.Own...)
		denied.Words = append(denied.Words, platform.Hints.Denied...)
		unauthenticated.Words = append(unauthenticated.Words, platform.Hints.Unauthenticated...)
		exists.Words = append(exists.Words, platform.Hints.Exists...)
		throttled.Words = append(throttled.Words, platform.Hints.Throttled...)
	}
	return append(table, denied, unauthenticated, exists, throttled)
}

// opensApproved is in the log of a run that opens an environment without a required grant.
const opensApproved = "opens must be approved"

// common are the hints that apply to every platform. The target's own refusals need no hints.
var common = Table{
	{
		Words: []string{"cannot open the environment"}, Unless: []string{opensApproved},
		Text: "the run could not open the environment, and its log says why: if access was denied, set deployment.role to " +
			"a role that may open it, or deployment.accessToken to such a token; if the environment has errors, fix them",
	},
	{
		// Pulumi Cloud answers this to an open without a grant, of the environment or of an import.
		Words: []string{opensApproved},
		Text: "opening the environment, or one that it imports, needs an approval, and a run does not wait for one: take " +
			"it out of the ruleset for opens, or have a grant applied for the identity of the run, and run it again",
	},
	{
		// From OpenSSH and from Go's Git client, before the platform is called.
		Words: []string{"permission denied (publickey", "ssh: unable to authenticate"},
		Text:  "the Git server refused the run's SSH key: give source.auth a key that may read the repository",
	},
	{
		// From Go, with an IP address or a name, such as "dial tcp 10.0.0.1:8200: connect: connection refused".
		Words: []string{"connect: connection refused", ": no such host", "connect: no route to host", ": i/o timeout"},
		Text: "the run could not reach the address that its log names: correct the address, or make it reachable from " +
			"the runner",
	},
}

// Of returns the hints that apply to the log of a failed run, each once. They quote nothing from the log.
func (t Table) Of(log []string) []string {
	lower := make([]string, len(log))
	for i, line := range log {
		lower[i] = strings.ToLower(line)
	}
	var texts []string
	for _, hint := range t {
		shown := func(words []string) bool {
			return slices.ContainsFunc(lower, func(line string) bool {
				return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(line, word) })
			})
		}
		if shown(hint.Words) && !shown(hint.Unless) {
			texts = append(texts, hint.Text)
		}
	}
	return texts
}
