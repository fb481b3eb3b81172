package mapping

import (
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Decode returns the entries with bytes in place of the base64 text of each whose path is binary, and reports those
// that are no base64 text. Those that ESC has damaged are left to [document.CheckLeaves].
func Decode(entries []Entry, binary func(path []string) bool, problems *problem.List) []Entry {
	decoded := make([]Entry, len(entries))
	for i, entry := range entries {
		decoded[i] = entry
		if !binary(entry.Path) {
			continue
		}
		if entry.Kind != document.String && entry.Kind != document.Unknown {
			problems.Add(entry.At, "is %s, and keys.binary names keys that have base64 text", entry.Kind)
			continue
		}
		text, err := entry.Text.Decoded()
		switch {
		case err == nil:
			decoded[i].Text = text
		case !document.Replaced(entry.Text.Value):
			problems.Add(entry.At, "%s; or leave it out of keys.binary", err)
		}
	}
	return decoded
}
