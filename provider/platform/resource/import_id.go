package resource

import (
	"regexp"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// plain is what no importer takes an id apart by.
var plain = regexp.MustCompile(`^[A-Za-z0-9_.-]*$`)

// checkImportIDs refuses names that an importer could take for more than a name, as one with a colon in
// acme/shop:{name}:*, which would find another resource. Nothing says how a provider escapes them. Whoever gives
// name.pattern has decided.
func (d resource) checkImportIDs(r target.Request, secrets []target.Secret) {
	if d.importID == "" || d.pattern != nil {
		return
	}
	used := map[string]bool{}
	for _, found := range placeholder.FindAllString(d.importID, -1) {
		used[word(found)] = true
	}
	for _, s := range secrets {
		if len(s.Path) == 0 {
			continue // its name stands in the settings
		}
		parts := map[string][]string{nameOf: {s.Name}, keyOf: {s.Key}, keysOf: s.Path}
		for _, of := range []string{nameOf, keyOf, keysOf} {
			for _, part := range parts[of] {
				if used[of] && !plain.MatchString(part) {
					r.Problems.AddOnce(s.At, "becomes %q in importId, which could find another secret by it: give name.pattern to "+
						"say which names the platform takes, rename the key, or exclude it", part)
				}
			}
		}
	}
}
