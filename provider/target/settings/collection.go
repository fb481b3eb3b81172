package settings

import (
	"strconv"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Strings returns a list of strings that planning needs. It returns nil, not an empty list, if the setting is not
// set.
func (r *Reader) Strings(name string) []string {
	node, path := r.needed(name)
	if node.HasUnknown() {
		*r.deferred = true
		return nil
	}
	if !r.is(node, document.List, path) {
		return nil
	}
	texts := make([]string, 0, len(node.Items))
	for i, item := range node.Items {
		if item.Kind != document.String {
			r.problems.Add(path.Index(i), "must be a string, not %s", item.Kind)
			continue
		}
		if item.Text == "" {
			r.problems.Add(path.Index(i), "must not be empty")
		}
		texts = append(texts, item.Text)
	}
	return texts
}

// Map returns an object of scalars that are only passed on, so they may be unknown.
func (r *Reader) Map(name string) map[string]document.Node {
	node, path := r.find(name)
	if node.Kind == document.Unknown {
		*r.deferred = true
		return nil
	}
	if !r.is(node, document.Object, path) {
		return nil
	}
	for key, field := range node.Fields {
		if !field.IsScalar() && field.Kind != document.Unknown {
			r.problems.Add(path.Key(key), "must be a string, not %s", field.Kind)
		}
	}
	return node.Fields
}

// Tree returns an object of any depth that is only passed on, so anything in it may be unknown.
func (r *Reader) Tree(name string) document.Node {
	node, path := r.needed(name)
	if node.Kind == document.Unknown {
		*r.deferred = true
		return document.Node{}
	}
	if !r.is(node, document.Object, path) {
		return document.Node{}
	}
	return node
}

// Names is Map for strings that planning needs. If some are unknown, planning is deferred, but the known ones can
// still be checked.
func (r *Reader) Names(name string) map[string]document.Node {
	node, path := r.needed(name)
	if node.HasUnknown() {
		*r.deferred = true
	}
	if node.Kind == document.Unknown || !r.is(node, document.Object, path) {
		return nil
	}
	for _, key := range node.Keys() {
		field, at := node.Fields[key], path.Key(key)
		if node.Secret {
			at = path
		}
		switch {
		case field.Kind == document.Unknown:
		case field.Kind != document.String:
			r.problems.AddOnce(at, "must be a string, not %s", field.Kind)
		case field.Text == "":
			r.problems.AddOnce(at, "must not be empty")
		}
	}
	return node.Fields
}

// Ints returns a list of whole numbers.
func (r *Reader) Ints(name string) []int {
	node, path := r.needed(name)
	if node.HasUnknown() {
		*r.deferred = true
		return nil
	}
	if !r.is(node, document.List, path) {
		return nil
	}
	numbers := make([]int, 0, len(node.Items))
	for i, item := range node.Items {
		number, err := strconv.Atoi(item.Text)
		if err != nil || !item.IsScalar() {
			r.problems.Add(path.Index(i), "must be a whole number")
			continue
		}
		numbers = append(numbers, number)
	}
	return numbers
}
