// Package remedy tells what to do about a failed run, by the words in its log. The errors of the platforms' providers
// pass by the target program: they stand in the run's log, where `pulumi up` of the user's program does not show them,
// as a log may hold what the run pushed.
package remedy

import (
	"slices"
	"strings"
)

// cause is something that fails runs and that its user can mend.
type cause struct {
	// words are in lower case; each by itself tells the cause.
	words []string
	// text names the cause and what to do, without a full stop.
	text string
}

// causes are in the order in which they are told. The words are those of the providers' sources, of the platforms' API
// references, and of the target program itself.
var causes = []cause{
	{
		words: []string{"cannot open the environment"},
		text: "the run could not open the environment: if it may not, set deployment.accessToken to a token that " +
			"may; if it does not evaluate, mend it",
	},
	{
		// OpenSSH, and the Git client of Go. Before anything of the platform was asked.
		words: []string{"permission denied (publickey", "ssh: unable to authenticate"},
		text: "the Git server refused the SSH key with which the run fetches its program: give source.auth a key " +
			"that may read the repository",
	},
	{
		words: []string{moved},
		text: "the account, region, address or cluster is another than that of the run before: undo that, before any " +
			"destroy too, or set another stackName to move the sync",
	},
	{
		words: []string{"would let go of "},
		text:  "the run would have let go of too many secrets: if that is meant, set maxDeletions for one run",
	},
	{
		words: []string{"cannot say whose it is", "does not belong to this sync", "and adopt is never"},
		text: "a secret of that name exists that this sync did not make: set adopt to All to take it over, or " +
			"rename",
	},
	{
		// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html (InvalidRequestException)
		words: []string{"scheduled for deletion", "marked for deletion"},
		text: "a secret of that name is scheduled for deletion in AWS, which keeps the name until its recovery " +
			"window ends: restore it with `aws secretsmanager restore-secret --secret-id <name>`, and the next " +
			"run takes it over; or choose another name",
	},
	{
		// https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
		words: []string{"objectisdeletedbutrecoverable", "deleted but recoverable state"},
		text: "a secret of that name is soft-deleted in the key vault, which keeps the name: recover it with `az " +
			"keyvault secret recover --vault-name <vault> --name <name>`, and the next run takes it over; or " +
			"purge it",
	},
	{
		words: []string{
			// Vault lists its errors with asterisks. Without one, it may be a file of the runner or a Git server.
			"accessdenied", "is not authorized to perform", "permissiondenied", "* permission denied", "' denied on resource",
			"authorizationfailed", "does not have authorization", "error code: forbidden", "is forbidden: user",
			"resource not accessible by", "must have admin rights",
		},
		text: "the platform refused the run's credentials: give them the permissions that docs/credentials.md " +
			"lists for the destination; the log names the one that is missing",
	},
	{
		words: []string{`" already exists`, "already existing resource", "parameteralreadyexists"},
		text: "the name is taken by something that this sync did not make, or was retained where it cannot tell: " +
			"set adopt to All to take it over, or rename",
	},
	{
		words: []string{"no handler for route"},
		text: "Vault has no engine at the mount: check destination.vault.mount, and that the engine is of the " +
			"version that destination.vault.kvVersion says",
	},
	{
		words: []string{
			"throttlingexception", "toomanyupdates", "rate exceeded", "secondary rate limit",
			"quota exceeded for quota metric", // not that of a disk
			"resource_exhausted", "resourceexhausted",
		},
		text: "the platform's rate limit was reached: the next run goes on where this one stopped; a smaller " +
			"PULUMI_PARALLEL in deployment.environmentVariables makes it slower",
	},
}

// moved are the words of a target that would push to another place than before.
const moved = "configuration or credentials lead to"

// Moved tells whether a failed run was refused because it would have pushed to another place than before.
func Moved(log []string) bool {
	return slices.ContainsFunc(log, func(line string) bool { return strings.Contains(line, moved) })
}

// Of returns what the lines of a failed run's log tell, as causes with their remedies, each once. It returns nothing
// of the log itself.
func Of(log []string) []string {
	found := map[int]bool{}
	for _, line := range log {
		line = strings.ToLower(line)
		for i, c := range causes {
			for _, word := range c.words {
				if strings.Contains(line, word) {
					found[i] = true
				}
			}
		}
	}
	var texts []string
	for i, c := range causes {
		if found[i] {
			texts = append(texts, c.text)
		}
	}
	return texts
}
