// Package nearest suggests the intended name for a misspelled one.
package nearest

import (
	"strings"

	"github.com/agext/levenshtein"
)

// Name returns the known name that name most likely means, or "". Ignoring case, up to a third of its letters plus one
// may differ. (Two swapped letters count as two.) Otherwise it is the only known name that contains it: "adopt" means
// "adoptionPolicy". If there is none, Name searches the nested names, which include the path: "template" means
// "keys.template".
func Name(name string, known []string, nested ...string) string {
	if found := among(name, known); found != "" {
		return found
	}
	return among(name, nested)
}

func among(name string, known []string) string {
	best, bestDistance := "", len(name)/3+2
	for _, k := range known {
		d := levenshtein.Distance(strings.ToLower(name), strings.ToLower(k), nil)
		if d < bestDistance {
			best, bestDistance = k, d
		}
	}
	if best != "" || len(name) < 4 {
		return best
	}
	for _, k := range known {
		if strings.Contains(strings.ToLower(k), strings.ToLower(name)) {
			if best != "" {
				return ""
			}
			best = k
		}
	}
	return best
}
