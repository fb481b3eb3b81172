// Package shellquote turns text into one word of a POSIX shell command. All text in a pre-run command goes through
// Quote, so that nothing from a user is inserted raw.
package shellquote

import (
	"fmt"
	"regexp"
	"strings"
)

// bare matches words that need no quotes in any POSIX shell. It excludes "~", which expands at the start of a word. A
// leading "-" is up to the caller, as it is an option of the command and not of the shell.
var bare = regexp.MustCompile(`^[A-Za-z0-9_./:@%+=,-]+$`)

// Quote returns text as one shell word, in single quotes if necessary. It fails for text with a NUL byte, which no
// argument of a command can contain.
func Quote(text string) (string, error) {
	if strings.ContainsRune(text, 0) {
		return "", fmt.Errorf("a shell command cannot contain a NUL byte: remove it from the name or path")
	}
	if bare.MatchString(text) {
		return text, nil
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'", nil
}

// Command quotes words and joins them into one shell command.
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
