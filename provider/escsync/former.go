package escsync

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"

	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
)

// formerIDs returns the ids of a sync under the aliases of its resource, without those that it has now. What carries
// the mark of one of them is the sync's own: Pulumi refuses an alias that another resource of the program has as its
// URN, or as its alias.
//
// That holds for one stack only. An alias that names another project or stack may be of a sync that lives there, whose
// secrets are not to be taken, so that it does not count; and a renamed stack comes without any alias.
func formerIDs(aliases []urn.URN, now inputs.Origin) []string {
	var ids []string
	for _, alias := range aliases {
		if !alias.IsValid() || alias.Type() != Token ||
			string(alias.Project()) != now.Project || string(alias.Stack()) != now.Stack {
			continue
		}
		before := now
		before.Resource = alias.Name()
		before.Parents = strings.TrimSuffix(strings.TrimSuffix(string(alias.QualifiedType()), Token), "$")
		if id := before.SyncID(); id != now.SyncID() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
