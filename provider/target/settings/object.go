package settings

import (
	"maps"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// Object returns the reader for a setting that contains settings. It returns the same reader each time. Each inner
// setting is read from the first layer that has it. Finish and Overridden of the outer reader include the inner one.
func (r *Reader) Object(name string) *Reader {
	if below := r.objects[name]; below != nil {
		return below
	}
	r.asked[name] = true
	var layers []Layer
	for _, layer := range r.layers {
		node, path := layer.Fields[name], layer.Path.Key(name)
		if node.Kind != document.Unknown {
			r.is(node, document.Object, path)
		}
		open := node.Kind == document.Unknown || node.Kind == document.Null && layer.Open
		layers = append(layers, Layer{Path: path, Fields: node.Fields, Open: open})
	}
	below := NewReader(r.problems, layers...)
	below.deferred = r.deferred
	r.objects[name] = below
	return below
}

// ObjectOr is Object for a setting that may also be a plain text, as in the pattern form. The text then sets the
// property short.
func (r *Reader) ObjectOr(name, short string) *Reader {
	if r.objects[name] == nil {
		for i, layer := range r.layers {
			if text := layer.Fields[name]; text.Kind == document.String {
				fields := maps.Clone(layer.Fields)
				fields[name] = document.Node{
					Kind: document.Object, Secret: text.Secret, Fields: map[string]document.Node{short: text},
				}
				r.layers[i].Fields = fields
			}
		}
	}
	return r.Object(name)
}

// Objects returns a reader for each element of a list of objects. Call Finish on each.
func (r *Reader) Objects(name string) []*Reader {
	node, path := r.find(name)
	if node.Kind == document.Unknown {
		*r.deferred = true
		return nil
	}
	if !r.is(node, document.List, path) {
		return nil
	}
	var readers []*Reader
	for i, item := range node.Items {
		if r.is(item, document.Object, path.Index(i)) {
			readers = append(readers, r.below(path.Index(i), item))
		}
	}
	return readers
}

func (r *Reader) below(path problem.Path, node document.Node) *Reader {
	below := NewReader(r.problems, Layer{Path: path, Fields: node.Fields})
	below.deferred = r.deferred
	return below
}
