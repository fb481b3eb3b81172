// Package refusal carries what a target refused, and why, from the log of a deployment to the program that started it.
//
// The log of a run masks every secret of three letters or more, also inside words that are none. So the lines travel in
// a form that no secret is a part of: the letters of base64 with a dot between any two. What is carried is shown, and
// decides nothing.
package refusal

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

const (
	// most is how many lines are carried, and longest how many bytes of each: a log is no place for more.
	most    = 10
	longest = 600
	// shortest is how long a value must be to be looked for, as the CLI does when it masks.
	shortest = 3
	masked   = "[secret]"
)

// carried is the form of a line in a log: lines of text, in JSON, under a name that nothing else has.
type carried struct {
	Refused []string `json:"escsyncRefused"`
}

var pattern = regexp.MustCompile(`~((?:[A-Za-z0-9_-]\.)+)~`)

// Encode returns a line for the log. values are what was to be pushed: none of them is ever carried.
func Encode(lines, values []string) string {
	kept := make([]string, 0, most)
	for _, line := range lines[:min(len(lines), most)] {
		line = strings.ToValidUTF8(mask(line, values), "")
		if len(line) > longest {
			line = strings.ToValidUTF8(line[:longest], "") + "..."
		}
		kept = append(kept, line)
	}
	text, err := json.Marshal(carried{kept})
	if err != nil { // strings always marshal
		return ""
	}
	var spread strings.Builder
	for _, letter := range base64.RawURLEncoding.EncodeToString(text) {
		spread.WriteRune(letter)
		spread.WriteByte('.')
	}
	return "for the program that started this run: ~" + spread.String() + "~"
}

// mask takes the values out of a line, the longest first, as one may be a part of another.
func mask(line string, values []string) string {
	values = slices.Clone(values)
	slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) })
	for _, value := range values {
		if len(value) >= shortest {
			line = strings.ReplaceAll(line, value, masked)
		}
	}
	return line
}

// Find returns what the lines of a log carry, each line once.
func Find(log []string) []string {
	var found []string
	for _, line := range log {
		for _, match := range pattern.FindAllStringSubmatch(line, -1) {
			text, err := base64.RawURLEncoding.DecodeString(strings.ReplaceAll(match[1], ".", ""))
			var lines carried
			if err != nil || json.Unmarshal(text, &lines) != nil {
				continue
			}
			for _, refused := range lines.Refused {
				if !slices.Contains(found, refused) {
					found = append(found, refused)
				}
			}
		}
	}
	return found
}
