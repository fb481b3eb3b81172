package definition

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Finding is one diagnostic of the service about a definition.
type Finding struct {
	// Environment is the imported environment that the finding is in, or "" for the definition itself.
	Environment string
	// Line and Column are its position, counted from 1. 0 means unknown.
	Line, Column int
	// Path is the path in ESC's notation, used if there is no line. "" means unknown.
	Path string
	// Summary is the service's message. It may quote a value.
	Summary string
	// Warning reports whether the finding must not fail the operation.
	Warning bool
	// Awaits reports whether the sync depends on resources of its program, which may create what is missing.
	Awaits bool
}

// Found assigns each finding to the input that caused it, or to a line if the user wrote the definition. text is the
// rendered definition, and source is the user's own, or "".
func Found(text, source string, findings []Finding) (problems, warnings problem.List) {
	var rendered, written yaml.Node
	if yaml.Unmarshal([]byte(text), &rendered) != nil || yaml.Unmarshal([]byte(source), &written) != nil {
		return nil, nil // parsing has been reported before
	}
	incomplete := slices.ContainsFunc(findings, func(f Finding) bool { return ofImport(stepsTo(&rendered, f)) })
	for _, f := range findings {
		list := &problems
		if f.Warning {
			list = &warnings
		}
		steps := stepsTo(&rendered, f)
		path := pathOf(steps)
		switch {
		case incomplete && strings.HasPrefix(f.Summary, "unknown property "): // an import that failed may have it
		case strings.Contains(path.String(), ".target."+referencesKey+"["): // already reported for the text itself
		case ofImport(steps):
			if source != "" {
				path = problem.At("definition").Below("." + path.String())
			}
			hint := "; if this program creates it, list that resource in dependsOn"
			if f.Warning || f.Awaits {
				hint = ""
			}
			list.AddOnce(path, "%s%s", withoutValues(f.Summary), hint)
		case source != "":
			if node := nodeAt(&written, steps); node != nil && len(steps) > 0 {
				list.AddOnce(problem.At("definition"), "line %d: %s", node.Line, withoutValues(f.Summary))
				break
			}
			list.AddOnce(problem.At("definition"), "%s", withoutValues(f.Summary))
		case len(steps) > 0:
			list.AddOnce(whereGiven(problem.At("environmentValues"), path.String()), "%s", withoutValues(f.Summary))
		default:
			list.AddOnce(problem.At("value"), "%s", withoutValues(f.Summary))
		}
	}
	return problems, warnings
}

// ofImport reports whether a path leads to an import.
func ofImport(steps []step) bool { return len(steps) > 0 && steps[0].key == importsKey }

// step is one key or index on the path to a node.
type step struct {
	key   string
	index int
	item  bool
}

func pathOf(steps []step) problem.Path {
	var path problem.Path
	for _, s := range steps {
		if s.item {
			path = path.Index(s.index)
		} else {
			path = path.Key(s.key)
		}
	}
	return path
}

// stepsTo returns the path to what a finding is about: the outermost node that starts at its position, else the last
// one that starts before it. A finding in an imported environment is about the import.
func stepsTo(root *yaml.Node, f Finding) []step {
	var found []step
	exact := false
	visit(root, nil, func(node *yaml.Node, steps []step) {
		switch {
		case f.Environment != "":
			if len(steps) == 2 && steps[0].key == importsKey && !exact {
				name, _, _ := strings.Cut(importName(node), "@")
				if imported, _, _ := strings.Cut(f.Environment, "@"); name == imported {
					found, exact = steps, true
				}
			}
		case f.Line == 0:
			if f.Path != "" && f.Path == pathOf(steps).String() {
				found = steps
			}
		case f.Line == node.Line && f.Column == node.Column && !exact:
			found, exact = steps, true
		case !exact && (node.Line < f.Line || node.Line == f.Line && node.Column < f.Column):
			found = steps
		}
	})
	if f.Environment != "" && !exact {
		return []step{{key: importsKey}} // an indirect import
	}
	return found
}

func importName(node *yaml.Node) string {
	if node.Kind == yaml.MappingNode && len(node.Content) > 0 {
		return node.Content[0].Value
	}
	return node.Value
}

// visit calls do for the values of a document in the order in which they are written.
func visit(node *yaml.Node, steps []step, do func(*yaml.Node, []step)) {
	if node.Kind != yaml.DocumentNode {
		do(node, steps)
	}
	for i, item := range node.Content {
		switch {
		case node.Kind == yaml.DocumentNode:
			visit(item, steps, do)
		case node.Kind == yaml.SequenceNode:
			visit(item, append(slices.Clip(steps), step{index: i, item: true}), do)
		case node.Kind == yaml.MappingNode && i%2 == 1:
			visit(item, append(slices.Clip(steps), step{key: node.Content[i-1].Value}), do)
		case node.Kind == yaml.MappingNode:
			do(item, append(slices.Clip(steps), step{key: item.Value}))
		}
	}
}

// nodeAt returns the node at a path, or nil if there is none.
func nodeAt(root *yaml.Node, steps []step) *yaml.Node {
	var found *yaml.Node
	want := pathOf(steps)
	visit(root, nil, func(node *yaml.Node, steps []step) {
		if found == nil && pathOf(steps) == want {
			found = node
		}
	})
	return found
}

var (
	// constantExpected matches the message about a value that a schema fixes. It may quote the value of a secret.
	constantExpected = regexp.MustCompile(`\bexpected (one of )?(["\[{]|-?\d|true|false|null).*`)
	// notDecoded matches the message about invalid JSON or base64. Its reason may quote the text.
	notDecoded = regexp.MustCompile(`\b(decoding (JSON|base64) (string|value)):.*`)
)

// withoutValues returns ESC's message without anything that may quote a value.
func withoutValues(said string) string {
	said = constantExpected.ReplaceAllString(summary(said), "not one of the allowed values")
	return notDecoded.ReplaceAllString(said, "$1: it is not valid")
}
