package payload

import (
	"errors"
	"strconv"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Reference is a reference inside a text of the value, and what it stands for.
type Reference struct {
	// At are the keys and indexes from the top of the value to the text.
	At []document.Node
	// Text is the reference as ESC writes it, without the ${ and the } around it.
	Text string
	// Value is what ESC has put into the text.
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

// CheckReferences reports the texts of a value, which stands at path, in which a reference has no text of its own: of
// null ESC makes nothing, and of an object or a list a form that no reader knows. A text that the value does not hold
// is not pushed and not looked at.
func CheckReferences(path problem.Path, value document.Node, references []Reference, problems *problem.List) {
	for _, reference := range references {
		at, pushed := find(path, value, reference.At)
		if why := noText(reference.Value); pushed && why != "" {
			problems.Add(at, "is a text with ${%s} in it, which %s", reference.Text, why)
		}
	}
}

// noText says why a value is not fit to be a part of a text, "" if it is.
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
	default: // it has become a part of the text as it is
	}
	return ""
}

// find returns the path of what stands in a node at keys and indexes, and false if there is nothing.
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
