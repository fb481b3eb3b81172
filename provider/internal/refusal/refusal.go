// Package refusal passes the reasons why a target refused a run from the log of a deployment to the program that
// started it.
//
// The log masks every secret of three letters or more, even inside other words. So the lines are encoded in a form that
// contains no secret: base64 with a dot between any two letters. The lines are only shown. They decide nothing.
package refusal

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

const (
	// most is the maximum number of lines, and longest that of bytes per line, to keep the log short.
	most    = 10
	longest = 600
	// shortest is the minimum length of a value to mask, as in the CLI.
	shortest = 3
	masked   = "[secret]"
)

// carried is the JSON of the encoded lines. Its key is unique to this package.
type carried struct {
	Refused []string `json:"escsyncRefused"`
}

var pattern = regexp.MustCompile(`~((?:[A-Za-z0-9_-]\.)+)~`)

// Encode returns a line for the log. values are the values to push, which it masks.
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

// mask replaces the values in a line. It starts with the longest, because one may be part of another.
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

// Find returns the lines encoded in a log, without duplicates.
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
