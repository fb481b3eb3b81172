package resource

import (
	"regexp"
	"slices"
	"strings"
)

// A provider answers with nothing where there is nothing under an id, or fails for it in words of its own. Of those,
// only what can mean nothing else counts: a question that failed otherwise stops the run, as going on could overwrite
// what exists.
var (
	absent = regexp.MustCompile(`(?i)\b404:? (\w+ ){0,2}not ?found\b` +
		`|\b(status|status ?code|http|error|response)[ :=]+404\b` +
		`|\bcode = NotFound\b` +
		`|\b(resource|parameter|secret|item|entity)NotFound(Exception|Error)?\b|\bRESOURCE_DOES_NOT_EXIST\b` +
		`|\bcouldn't find resource\b|\bno secret found at\b` +
		`|\b(resource|secret|variable|parameter|item)s?( "[^"]*"| '[^']*')? ` +
		`((was |is |could )?not (be )?found|does not exist|doesn't exist)\b`)
	// failing are words of an answer that is about the question: about credentials, a network, a program or a file.
	failing = regexp.MustCompile(`(?i)\b(no such (host|file)|executable|credentials?|profile|environment variable|env|` +
		`(access|api|client|secret)[ _-]?(key|secret)|token|(un)?auth\w*|not authorized|forbidden|denied|permissions?|` +
		`401|403|429|5\d\d|connection|certificate|time(d )?out)\b`)
	address = regexp.MustCompile(`(?i)\bhttps?://[^\s"']+`)
	// telling is a part of a name that could be taken for what the provider says.
	telling = regexp.MustCompile(absent.String() + `|` + failing.String() + `|(?i)404|not[ _-]?found|exist`)
	between = regexp.MustCompile(`[/:|,;\s]+`)
)

// saysAbsent says whether an answer means that there is nothing under an id. names are what the answer may repeat of
// the question: the id, the name and the place.
func saysAbsent(answer string, names ...string) bool {
	answer = address.ReplaceAllString(answer, "")
	for _, part := range partsOf(names) {
		answer = regexp.MustCompile(`(?i)`+regexp.QuoteMeta(part)).ReplaceAllString(answer, "")
	}
	return absent.MatchString(answer) && !failing.MatchString(answer)
}

// partsOf are the names, and what they are made of, that could be taken for words of an answer. The longest is first,
// as it has the others in it.
func partsOf(names []string) []string {
	var parts []string
	for _, name := range names {
		for _, part := range append(between.Split(name, -1), name) {
			if word := strings.ReplaceAll(part, "_", " "); part != "" &&
				(telling.MatchString(part) || telling.MatchString(word)) {
				parts = append(parts, part)
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b string) int { return len(b) - len(a) })
	return parts
}
