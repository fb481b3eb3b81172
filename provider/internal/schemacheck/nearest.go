package schemacheck

import (
	"strings"

	"github.com/agext/levenshtein"
)

// nearest returns the known name that name most likely stands for, or "" if none is near: at most a third of its
// letters may differ, case apart.
func nearest(name string, known []string) string {
	best, bestDistance := "", len(name)/3+1
	for _, k := range known {
		d := levenshtein.Distance(strings.ToLower(name), strings.ToLower(k), nil)
		if d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}
