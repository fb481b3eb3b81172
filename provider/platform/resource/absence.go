package resource

import (
	"regexp"
	"slices"
	"strings"
)

// Some providers answer a read of an unknown ID with nothing, others with an error in their own words. Only an error
// that cannot mean anything else counts as absent. Any other failure stops the run, because continuing could
// overwrite what exists.
var (
	absent = regexp.MustCompile(`(?i)\b404:? (\w+ ){0,2}not ?found\b` +
		`|\b(status|status ?code|http|error|response)[ :=]+404\b` +
		`|\bcode = NotFound\b` +
		`|\b(resource|parameter|secret|item|entity)NotFound(Exception|Error)?\b|\bRESOURCE_DOES_NOT_EXIST\b` +
		`|\bcouldn't find resource\b|\bno secret found at\b` +
		`|\b(resource|secret|variable|parameter|item)s?( "[^"]*"| '[^']*')? ` +
		`((was |is |could )?not (be )?found|does not exist|doesn't exist)\b`)
	// failing matches errors about the question itself: about credentials, a network, a program or a file.
	failing = regexp.MustCompile(`(?i)\b(no such (host|file)|executable|credentials?|profile|environment variable|env|` +
		`(access|api|client|secret)[ _-]?(key|secret)|token|(un)?auth\w*|not authorized|forbidden|denied|permissions?|` +
		`401|403|429|5\d\d|connection|certificate|time(d )?out)\b`)
	address = regexp.MustCompile(`(?i)\bhttps?://[^\s"']+`)
	// misleading matches part of a name that could be mistaken for the provider's own words.
	misleading = regexp.MustCompile(absent.String() + `|` + failing.String() + `|(?i)404|not[ _-]?found|exist`)
	between    = regexp.MustCompile(`[/:|,;\s]+`)
)

// saysAbsent reports whether an error means that nothing exists under an ID. names are what the error may quote: the
// ID, the name and the location.
func saysAbsent(answer string, names ...string) bool {
	answer = address.ReplaceAllString(answer, "")
	for _, part := range partsOf(names) {
		answer = regexp.MustCompile(`(?i)`+regexp.QuoteMeta(part)).ReplaceAllString(answer, "")
	}
	return absent.MatchString(answer) && !failing.MatchString(answer)
}

// partsOf returns the names, and the parts of them, that could be mistaken for the provider's own words. Longer ones
// come first, because they contain the shorter ones.
func partsOf(names []string) []string {
	var parts []string
	for _, name := range names {
		for _, part := range append(between.Split(name, -1), name) {
			if word := strings.ReplaceAll(part, "_", " "); part != "" &&
				(misleading.MatchString(part) || misleading.MatchString(word)) {
				parts = append(parts, part)
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b string) int { return len(b) - len(a) })
	return parts
}
