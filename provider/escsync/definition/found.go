package definition

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// Finding is one thing that the service found in a definition.
type Finding struct {
	// Environment is the imported environment that it is in; empty for the definition itself.
	Environment string
	// Line and Column are where, from 1; 0 if that is not known.
	Line, Column int
	// Path is the place as ESC writes it, which counts where there is no line. "" if it is not known.
	Path string
	// Summary is what the service says. It may quote a value.
	Summary string
	// Warning says that it need not be mended now.
	Warning bool
	// Awaits says that the sync waits for resources of its program already, which may make what is missing.
	Awaits bool
}

// Found says of the inputs what the service found in the definition that was rendered of them: each finding at the
// property that caused it, and by line where the user wrote the lines. source is the user's own definition, if any.
func Found(text, source string, findings []Finding) (problems, warnings problem.List) {
	var rendered, written yaml.Node
	if yaml.Unmarshal([]byte(text), &rendered) != nil || yaml.Unmarshal([]byte(source), &written) != nil {
		return nil, nil // neither got so far
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
		case incomplete && strings.HasPrefix(f.Summary, "unknown property "): // it may be in what was not imported
		case strings.Contains(path.String(), ".target."+referencesKey+"["): // it is told of the text itself
		case ofImport(steps):
			if source != "" {
				path = problem.At("definition").Below("." + path.String())
			}
			hint := "; if this program makes it, list that resource in dependsOn"
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

// ofImport says whether a way leads to an import.
func ofImport(steps []step) bool { return len(steps) > 0 && steps[0].key == importsKey }

// step is one key or index on the way to a node.
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

// stepsTo is the way to what a finding is about: the outermost node that begins there, else the last that begins
// before. What is in an imported environment is about the import.
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
		return []step{{key: importsKey}} // one that an import imports
	}
	return found
}

// importName is the name of an import, with or without options.
func importName(node *yaml.Node) string {
	if node.Kind == yaml.MappingNode && len(node.Content) > 0 {
		return node.Content[0].Value
	}
	return node.Value
}

// visit goes through the values of a document in the order in which they are written.
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

// nodeAt is what stands at the end of a way; nil where it ends before.
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
	// constantExpected is what ESC says where a schema demands a value, which may be that of a secret.
	constantExpected = regexp.MustCompile(`\bexpected (one of )?(["\[{]|-?\d|true|false|null).*`)
	// notDecoded is what it says where a text is no JSON, of which the reason may quote some.
	notDecoded = regexp.MustCompile(`\b(decoding (JSON|base64) (string|value)):.*`)
)

// withoutValues is what ESC says, without what it may quote of a value.
func withoutValues(said string) string {
	said = constantExpected.ReplaceAllString(summary(said), "not one of the values that are allowed")
	return notDecoded.ReplaceAllString(said, "$1: it is not valid")
}
