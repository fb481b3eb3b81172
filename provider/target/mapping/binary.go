package mapping

import (
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Decode decodes the base64 text of every entry whose path is binary, and reports entries that are not base64 text.
// Entries that ESC has damaged are reported by [document.CheckLeaves] instead.
func Decode(entries []Entry, binary func(path []string) bool, problems *problem.List) []Entry {
	decoded := make([]Entry, len(entries))
	for i, entry := range entries {
		decoded[i] = entry
		if !binary(entry.Path) {
			continue
		}
		if entry.Kind != document.String && entry.Kind != document.Unknown {
			problems.Add(entry.At, "is %s, but keys in keys.binary must have base64 text", entry.Kind)
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
