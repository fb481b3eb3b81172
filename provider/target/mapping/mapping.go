package mapping

import (
	"slices"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// The mappings, as spelled in settings.
const (
	JSON   = "json"
	PerKey = "perKey"
	Single = "single"
)

// The treatments of nested objects by perKey, as spelled in settings.
const (
	Flatten    = "flatten"
	NestedJSON = "json"
)

// Entry is one text that becomes a secret or a field of one.
type Entry struct {
	// Path are the keys from the top of the value to the entry; empty for the mappings json and single.
	Path []string
	// At is the entry's path in the inputs, for problems.
	At problem.Path
	// Text is the text to write.
	Text document.Text
	// Kind is the kind of the value that the text was made from.
	Kind document.Kind
}

// Entries splits a value, in the order of its keys, and reports at path what the mapping does not support. It returns
// false if the keys are unknown at preview.
func Entries(
	value document.Node, mapping, nested string, path problem.Path, problems *problem.List,
) ([]Entry, bool) {
	switch mapping {
	case JSON:
		return []Entry{{At: path, Text: value.RenderJSON(), Kind: value.Kind}}, true
	case Single:
		if !value.IsScalar() && value.Kind != document.Unknown {
			problems.Add(path, "the mapping single needs a string, number or boolean, not %s: use json or perKey", value.Kind)
			return nil, true
		}
		return []Entry{{At: path, Text: value.Render(), Kind: value.Kind}}, true
	}
	switch value.Kind {
	case document.Object:
	case document.Unknown:
		return nil, false
	default:
		problems.Add(path, "the mapping perKey needs an object, not %s: use json or single", value.Kind)
		return nil, true
	}
	s := splitter{flatten: nested != NestedJSON, problems: problems, known: true}
	s.object(value, nil, path)
	return s.entries, s.known
}

type splitter struct {
	flatten  bool
	known    bool
	entries  []Entry
	problems *problem.List
}

func (s *splitter) object(object document.Node, keys []string, path problem.Path) {
	for _, key := range object.Keys() {
		field, at := object.Fields[key], path.Key(key)
		below := append(slices.Clip(keys), key)
		switch {
		case key == "":
			s.problems.Add(path, "has an empty key: give it a name, or use the mapping json")
		case field.Kind == document.Null:
			s.problems.Add(at, "is null, which cannot be a secret: give it a value or exclude it")
		// An object without keys is a leaf, because nothing below it could represent it.
		case field.Kind == document.Object && s.flatten && len(field.Fields) > 0:
			s.object(field, below, at)
		default:
			s.entries = append(s.entries, Entry{Path: below, At: at, Text: field.Render(), Kind: field.Kind})
		}
	}
}
