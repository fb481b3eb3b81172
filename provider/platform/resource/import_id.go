package resource

import (
	"regexp"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// plain matches names without any character that an importer could split an ID at.
var plain = regexp.MustCompile(`^[A-Za-z0-9_.-]*$`)

// checkImportIDs refuses names that an importer could split, such as a name with a colon in acme/shop:{name}:*: the
// ID would find another resource. There is no general way to escape them. If name.pattern is set, the user has
// decided which names are safe.
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
			continue // its name is a setting
		}
		parts := map[string][]string{nameOf: {s.Name}, keyOf: {s.Key}, keysOf: s.Path}
		for _, of := range []string{nameOf, keyOf, keysOf} {
			for _, part := range parts[of] {
				if used[of] && !plain.MatchString(part) {
					r.Problems.AddOnce(s.At, "becomes %q in importId, which could then find another secret: set name.pattern to "+
						"the names that the platform accepts, rename the key, or exclude it", part)
				}
			}
		}
	}
}
