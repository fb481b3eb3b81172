package payload

import (
	"errors"
	"strconv"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Reference is a reference inside a text of the value.
type Reference struct {
	// At are the keys and indices from the top of the value to the text.
	At []document.Node
	// Text is the reference in ESC syntax, without the surrounding ${ and }.
	Text string
	// Value is what ESC has evaluated the reference to.
	Value document.Node
}

func readReferences(node document.Node) ([]Reference, error) {
	if node.Kind != document.List && node.Kind != document.Null {
		return nil, errors.New("has target.references that are not a list")
	}
	var references []Reference
	for _, item := range node.Items {
		references = append(references, Reference{
			At: item.Fields["at"].Items, Text: item.Fields["reference"].Text, Value: item.Fields["value"],
		})
	}
	return references, nil
}

// CheckReferences reports texts in which a reference is not evaluated to text: ESC interpolates null as nothing, and
// an object or a list in a form that nothing can parse. path is the path of value. Texts that are not in value are
// not pushed, so they are not checked.
func CheckReferences(path problem.Path, value document.Node, references []Reference, problems *problem.List) {
	for _, reference := range references {
		at, pushed := find(path, value, reference.At)
		if why := noText(reference.Value); pushed && why != "" {
			problems.Add(at, "is a text with ${%s} in it, which %s", reference.Text, why)
		}
	}
}

// noText returns why a value cannot be interpolated into a text, or "" if it can.
func noText(value document.Node) string {
	switch value.Kind {
	case document.Null, document.Object, document.List:
		return "is " + value.Kind.String() + ": nothing was changed on the platform. Give it a text in ESC, or leave it out"
	case document.Number:
		var problems problem.List
		document.CheckLeaves(problem.Path{}, value, document.FromESC, &problems)
		if len(problems) > 0 {
			return problems[0].Reason
		}
	default: // interpolated unchanged
	}
	return ""
}

// find returns the path of the node at the given keys and indices. It returns false if there is none.
func find(path problem.Path, node document.Node, at []document.Node) (problem.Path, bool) {
	for _, key := range at {
		if index, err := strconv.Atoi(key.Text); key.Kind == document.Number && err == nil && index < len(node.Items) {
			path, node = path.Index(index), node.Items[index]
			continue
		}
		below, ok := node.Fields[key.Text]
		if !ok {
			return path, false
		}
		path, node = path.Key(key.Text), below
	}
	return path, true
}
