// Package shellquote turns text into one word of a POSIX shell command. Every piece of text that enters a pre-run
// command goes through Quote, whatever it is: nothing from a user is pasted in raw.
package shellquote

import (
	"fmt"
	"regexp"
	"strings"
)

// A word of only these needs no quotes in any POSIX shell, and reads better without them. A leading "~" expands, a
// leading "-" is left to the caller (it is an option to the command, not to the shell).
var bare = regexp.MustCompile(`^[A-Za-z0-9_./:@%+=,-]+$`)

// Quote returns text as one shell word: as it is if it has nothing that a shell would look at, else in single quotes.
// It fails for text with a NUL byte, which no argument of a command can hold.
func Quote(text string) (string, error) {
	if strings.ContainsRune(text, 0) {
		return "", fmt.Errorf("a shell command cannot contain a NUL byte: remove it from the name or path")
	}
	if bare.MatchString(text) {
		return text, nil
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'", nil
}

// Command joins words into one shell command, each quoted.
func Command(words ...string) (string, error) {
	quoted := make([]string, len(words))
	for i, word := range words {
		q, err := Quote(word)
		if err != nil {
			return "", err
		}
		quoted[i] = q
	}
	return strings.Join(quoted, " "), nil
}
