package escsync

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"

	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
)

// formerIDs returns the IDs that the aliases of the resource gave the sync before, without its current ones. A secret
// whose ownership tag names one of them belongs to this sync: Pulumi refuses an alias that is the URN or an alias of
// another resource of the program.
//
// This is only safe within one stack. An alias in another project or stack may belong to a sync that still exists
// there, so it is skipped. Renaming a stack makes no alias.
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
