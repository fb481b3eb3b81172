// Package settings reads the settings of a destination, which come as JSON in a payload or as Pulumi properties, and
// reports wrong types, unknown names and values that a preview does not know yet.
package settings

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/nearest"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Layer is one source of settings and where its properties stand in the inputs.
type Layer struct {
	Path   problem.Path
	Fields map[string]document.Node
	// Open says that there may be more fields, not known yet: what planning needs and no layer has is then unknown.
	Open bool
}

// Reader reads settings from layers, the first of which has precedence. All problems are collected; a method whose
// setting is missing or wrong returns the zero value.
type Reader struct {
	layers   []Layer
	asked    map[string]bool
	objects  map[string]*Reader
	defaults map[string]string
	problems *problem.List
	deferred *bool
}

// NewReader returns a reader that adds what is wrong to problems.
func NewReader(problems *problem.List, layers ...Layer) *Reader {
	return &Reader{
		layers: layers, asked: map[string]bool{}, objects: map[string]*Reader{}, defaults: map[string]string{},
		problems: problems, deferred: new(bool),
	}
}

// Deferred says whether a setting that is needed for planning is unknown, as happens in a preview only.
func (r *Reader) Deferred() bool { return *r.deferred }

// Path returns where the setting stands, or would stand in the first layer.
func (r *Reader) Path(name string) problem.Path {
	_, path := r.find(name)
	return path
}

// Problem reports something wrong with the setting of that name.
func (r *Reader) Problem(name, format string, args ...any) {
	r.problems.Add(r.Path(name), format, args...)
}

func (r *Reader) find(name string) (document.Node, problem.Path) {
	r.asked[name] = true
	for _, layer := range r.layers {
		if node := layer.Fields[name]; node.Kind != document.Null {
			return node, layer.Path.Key(name)
		}
	}
	if len(r.layers) == 0 {
		return document.Node{}, problem.At(name)
	}
	return document.Node{}, r.layers[0].Path.Key(name)
}

// needed is find for what planning needs.
func (r *Reader) needed(name string) (document.Node, problem.Path) {
	node, path := r.find(name)
	isOpen := func(layer Layer) bool { return layer.Open }
	if node.Kind == document.Null && slices.ContainsFunc(r.layers, isOpen) {
		node.Kind = document.Unknown
	}
	return node, path
}

// Unknown says whether a preview does not know a setting that planning needs.
func (r *Reader) Unknown(name string) bool {
	node, _ := r.needed(name)
	return node.Kind == document.Unknown
}

// Has says whether the setting is given, be it unknown.
func (r *Reader) Has(name string) bool {
	node, _ := r.find(name)
	return node.Kind != document.Null
}

// Secret says whether the setting is marked as a secret as a whole. A problem with it must then quote none of it, nor
// the keys that it has.
func (r *Reader) Secret(name string) bool {
	node, _ := r.find(name)
	return node.Secret
}

// Known returns a string that planning needs, or "". If it is unknown, planning is deferred. An empty one is refused:
// more often than not it is a variable that was not set.
func (r *Reader) Known(name string) string {
	text := r.Text(name)
	if node, path := r.find(name); text == "" && node.Kind == document.String {
		r.problems.AddOnce(path, mustNotBeEmpty)
	}
	return text
}

const mustNotBeEmpty = "must not be empty: leave it out to use the default"

// Text is Known for a string that means something when it is empty.
func (r *Reader) Text(name string) string {
	node, path := r.needed(name)
	if node.Kind == document.Unknown {
		*r.deferred = true
		return ""
	}
	if !r.is(node, document.String, path) {
		return ""
	}
	return node.Text
}

// Scalar returns a string, number or boolean that planning needs as text, or "". An empty string is refused.
func (r *Reader) Scalar(name string) string {
	node, path := r.needed(name)
	switch {
	case node.Kind == document.Unknown:
		*r.deferred = true
	case node.Kind == document.String && node.Text == "":
		r.problems.Add(path, mustNotBeEmpty)
	case node.IsScalar():
		return node.Text
	case node.Kind != document.Null:
		r.problems.Add(path, "must be a string or a number, not %s", node.Kind)
	}
	return ""
}

// OneOf returns a string that must be one of the allowed ones; fallback stands for a setting that is not given.
func (r *Reader) OneOf(name, fallback string, allowed ...string) string {
	r.defaults[name] = fallback
	text := r.Known(name)
	if text == "" {
		return fallback
	}
	if !slices.Contains(allowed, text) {
		r.Problem(name, "must be one of %s", strings.Join(allowed, ", "))
		return fallback
	}
	return text
}

// Input returns a string that is only passed on, and may be unknown; nil if it is not given. An empty one is refused.
func (r *Reader) Input(name string) *document.Node {
	node := r.InputText(name)
	if node != nil && node.Kind == document.String && node.Text == "" {
		r.Problem(name, mustNotBeEmpty)
	}
	return node
}

// InputText is Input for a string that means something when it is empty.
func (r *Reader) InputText(name string) *document.Node {
	node, path := r.find(name)
	if node.Kind == document.Null {
		return nil
	}
	if node.Kind != document.Unknown && !r.is(node, document.String, path) {
		return nil
	}
	return &node
}

// Bool returns a boolean; fallback stands for a setting that is not given.
func (r *Reader) Bool(name string, fallback bool) bool {
	r.defaults[name] = strconv.FormatBool(fallback)
	node, path := r.needed(name)
	switch {
	case node.Kind == document.Null:
		return fallback
	case node.Kind == document.Unknown:
		*r.deferred = true
		return fallback
	// A value in the sync block of an environment may have been made a string by interpolation.
	case node.Kind == document.String && (node.Text == "true" || node.Text == "false"):
		return node.Text == "true"
	case r.is(node, document.Bool, path):
		return node.Text == "true"
	}
	return fallback
}

// Int returns a whole number; fallback stands for a setting that is not given.
func (r *Reader) Int(name string, fallback int) int {
	r.defaults[name] = strconv.Itoa(fallback)
	node, path := r.needed(name)
	switch {
	case node.Kind == document.Null:
		return fallback
	case node.Kind == document.Unknown:
		*r.deferred = true
		return fallback
	case node.IsScalar():
		if number, err := strconv.Atoi(node.Text); err == nil {
			return number
		}
	}
	r.problems.Add(path, "must be a whole number")
	return fallback
}

// Strings returns a list of strings that planning needs; nil, and not empty, if it is not given.
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

// Map returns an object whose properties are scalars that are only passed on, and may be unknown.
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

// Tree returns an object of any depth that is only passed on, and in which anything may be unknown.
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

// Names is Map for strings that planning needs. Those that are known may be used where others are not, and planning is
// deferred.
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

// Asked returns the names that were read so far, sorted.
func (r *Reader) Asked() []string {
	names := make([]string, 0, len(r.asked))
	for name := range r.asked {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Effective returns what was read so far, one object, in which a setting that is not given has the value that stands
// for it. Settings of the names given are left out.
func (r *Reader) Effective(without ...string) document.Node {
	effective := document.Node{Kind: document.Object, Fields: map[string]document.Node{}}
	for _, name := range r.Asked() {
		if slices.Contains(without, name) {
			continue
		}
		node, _ := r.find(name)
		switch below := r.objects[name]; {
		case below != nil:
			node = below.Effective()
		case node.Kind == document.Null && r.defaults[name] != "":
			node = document.Node{Kind: document.String, Text: r.defaults[name]}
		case node.IsScalar():
			node.Kind = document.String // as `true` and "true" are one
		}
		effective.Fields[name] = node
	}
	return effective
}

// Overridden returns where settings stand that another layer has, too, with another value and with precedence.
func (r *Reader) Overridden() []problem.Path {
	var paths []problem.Path
	for _, name := range r.Asked() {
		if below := r.objects[name]; below != nil {
			paths = append(paths, below.Overridden()...)
			continue
		}
		first, at := r.find(name)
		for _, layer := range r.layers {
			path := layer.Path.Key(name)
			if again := layer.Fields[name]; path != at && again.Kind != document.Null && !reflect.DeepEqual(again, first) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// Finish reports every setting that no method asked for. Call it after the last read.
func (r *Reader) Finish() {
	known := r.Asked()
	var nested []string
	for _, name := range known {
		if below := r.objects[name]; below != nil {
			below.Finish()
			for _, inner := range below.Asked() {
				nested = append(nested, name+"."+inner)
			}
		}
	}
	for _, layer := range r.layers {
		for _, name := range (document.Node{Fields: layer.Fields}).Keys() {
			if r.asked[name] || layer.Fields[name].Kind == document.Null {
				continue
			}
			if near := nearest.Name(name, known, nested...); near != "" {
				r.problems.Add(layer.Path.Key(name), "there is no such setting; did you mean %q?", near)
			} else {
				r.problems.Add(layer.Path.Key(name), "there is no such setting; there are %s", strings.Join(known, ", "))
			}
		}
	}
}

// is says whether node is given and of the kind, and reports a node of any other kind.
func (r *Reader) is(node document.Node, kind document.Kind, path problem.Path) bool {
	if node.Kind == document.Null || node.Kind == kind {
		return node.Kind == kind
	}
	r.problems.AddOnce(path, "must be %s, not %s", kind, node.Kind)
	return false
}
