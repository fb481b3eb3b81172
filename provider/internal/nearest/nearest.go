// Package nearest finds what a misspelled name most likely stands for.
package nearest

import (
	"strings"

	"github.com/agext/levenshtein"
)

// Name returns the known name that name most likely stands for, or "" if none is near: a third of its letters and
// one more may differ, case apart. (Two swapped letters count as two.) Failing that, it is the one name that holds it
// whole: "adopt" stands for "adoptionPolicy". Where none of them is it, the nested ones are searched, as they would be
// written from there: "template" stands for "keys.template".
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
