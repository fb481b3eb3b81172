// Package settings reads the settings of a destination, which come as JSON in a payload or as Pulumi properties. It
// reports wrong types and unknown names, and tracks values that are unknown at preview.
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

// Layer is one source of settings. Path is where it is in the inputs.
type Layer struct {
	Path   problem.Path
	Fields map[string]document.Node
	// Open is true if the layer may get more fields that are unknown at preview. A setting that planning needs and that
	// no layer has is then unknown.
	Open bool
}

// Reader reads settings from layers. Earlier layers take precedence. It collects all problems. A method whose setting
// is missing or invalid returns the zero value.
type Reader struct {
	layers   []Layer
	asked    map[string]bool
	objects  map[string]*Reader
	defaults map[string]string
	problems *problem.List
	deferred *bool
}

// NewReader returns a reader that appends to problems.
func NewReader(problems *problem.List, layers ...Layer) *Reader {
	return &Reader{
		layers: layers, asked: map[string]bool{}, objects: map[string]*Reader{}, defaults: map[string]string{},
		problems: problems, deferred: new(bool),
	}
}

// Deferred reports whether any setting that planning needs is unknown. This only happens at preview.
func (r *Reader) Deferred() bool { return *r.deferred }

// Path returns the path of the setting, or the path that it would have in the first layer.
func (r *Reader) Path(name string) problem.Path {
	_, path := r.find(name)
	return path
}

// Problem reports a problem with the named setting.
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

// needed is find for a setting that planning needs.
func (r *Reader) needed(name string) (document.Node, problem.Path) {
	node, path := r.find(name)
	isOpen := func(layer Layer) bool { return layer.Open }
	if node.Kind == document.Null && slices.ContainsFunc(r.layers, isOpen) {
		node.Kind = document.Unknown
	}
	return node, path
}

// Unknown reports whether a setting that planning needs is unknown at preview.
func (r *Reader) Unknown(name string) bool {
	node, _ := r.needed(name)
	return node.Kind == document.Unknown
}

// Has reports whether the setting is set, even if its value is unknown.
func (r *Reader) Has(name string) bool {
	node, _ := r.find(name)
	return node.Kind != document.Null
}

// Secret reports whether the setting as a whole is marked as a secret. Problems must then quote neither its value nor
// its keys.
func (r *Reader) Secret(name string) bool {
	node, _ := r.find(name)
	return node.Secret
}

// Known returns a string that planning needs, or "" if it is not set. If it is unknown, planning is deferred. An
// empty string is refused, because it is usually an unset variable.
func (r *Reader) Known(name string) string {
	text := r.Text(name)
	if node, path := r.find(name); text == "" && node.Kind == document.String {
		r.problems.AddOnce(path, mustNotBeEmpty)
	}
	return text
}

const mustNotBeEmpty = "must not be empty: leave it out to use the default"

// Text is Known for a string that may be empty.
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

// Scalar returns the text of a string, number or boolean that planning needs, or "" if it is not set. An empty string
// is refused.
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

// OneOf returns a string that must be one of allowed. It returns fallback if the setting is not set.
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

// Input returns a string that is only passed on, so it may be unknown. It returns nil if the setting is not set. An
// empty string is refused.
func (r *Reader) Input(name string) *document.Node {
	node := r.InputText(name)
	if node != nil && node.Kind == document.String && node.Text == "" {
		r.Problem(name, mustNotBeEmpty)
	}
	return node
}

// InputText is Input for a string that may be empty.
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

// Bool returns a boolean, or fallback if the setting is not set.
func (r *Reader) Bool(name string, fallback bool) bool {
	r.defaults[name] = strconv.FormatBool(fallback)
	node, path := r.needed(name)
	switch {
	case node.Kind == document.Null:
		return fallback
	case node.Kind == document.Unknown:
		*r.deferred = true
		return fallback
	// Interpolation in ESC may have turned the boolean into a string.
	case node.Kind == document.String && (node.Text == "true" || node.Text == "false"):
		return node.Text == "true"
	case r.is(node, document.Bool, path):
		return node.Text == "true"
	}
	return fallback
}

// Int returns a whole number, or fallback if the setting is not set.
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

// Asked returns the names of all settings read so far, sorted.
func (r *Reader) Asked() []string {
	names := make([]string, 0, len(r.asked))
	for name := range r.asked {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Effective returns all settings read so far as one object, with defaults for those that are not set, and without the
// named ones.
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
			node.Kind = document.String // so that `true` and "true" are equal
		}
		effective.Fields[name] = node
	}
	return effective
}

// Overridden returns the paths of settings that an earlier layer overrides with a different value.
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

// Finish reports every setting that was never read. Call it after the last read.
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
				r.problems.Add(layer.Path.Key(name), "there is no such setting; the known ones are %s", strings.Join(known, ", "))
			}
		}
	}
}

// is reports whether node is set and has the kind. It adds a problem if node has another kind.
func (r *Reader) is(node document.Node, kind document.Kind, path problem.Path) bool {
	if node.Kind == document.Null || node.Kind == kind {
		return node.Kind == kind
	}
	r.problems.AddOnce(path, "must be %s, not %s", kind, node.Kind)
	return false
}
