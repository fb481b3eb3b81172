package resource

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	engine "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// hasPlaceholder says whether any stands in what is left to fill.
func hasPlaceholder(node document.Node) bool {
	found := used{}
	found.readTree(node, problem.Path{}, &problem.List{})
	return len(found) > 0
}

// follow visits what a path leads to, as the engine follows it in the properties that are filled: a key with a
// placeholder may become any, and a text with one may become an object.
func follow(node document.Node, at problem.Path, path engine.PropertyPath, visit func(problem.Path, document.Node)) {
	if len(path) == 0 || node.Kind != document.List && node.Kind != document.Object {
		visit(at, node)
		return
	}
	several := slices.ContainsFunc(node.Items, isKeys)
	for i, item := range node.Items {
		if path[0] == "*" || path[0] == i || several {
			follow(item, at.Index(i), path[1:], visit)
		}
	}
	for _, key := range node.Keys() {
		text := document.Node{Kind: document.String, Text: key}
		switch {
		case hasPlaceholder(text):
			visit(at, text)
		case path[0] != "*" && path[0] != (filling{}).fill(key):
			continue
		}
		follow(node.Fields[key], at.Key(key), path[1:], visit)
	}
}

// atProperty is where a property is, as a provider names it: by its path.
func atProperty(at problem.Path, property string) problem.Path {
	path, err := engine.ParsePropertyPath(property)
	if err != nil {
		return at.Key(property)
	}
	for _, part := range path {
		switch part := part.(type) {
		case string:
			at = at.Key(part)
		case int:
			at = at.Index(part)
		}
	}
	return at
}

// leaves visits everything in a tree that has no parts.
func leaves(node document.Node, at problem.Path, visit func(problem.Path, document.Node)) {
	for i, item := range node.Items {
		leaves(item, at.Index(i), visit)
	}
	for _, key := range node.Keys() {
		leaves(node.Fields[key], at.Key(key), visit)
	}
	if len(node.Items)+len(node.Fields) == 0 {
		visit(at, node)
	}
}

// checkPaths reports paths that are none, and changes ignored that are what a run is for.
func (d resource) checkPaths(s *settings.Reader, problems *problem.List) {
	for name, paths := range map[string][]string{
		"replaceOnChanges": d.replaceOnChanges, "ignoreChanges": d.ignoreChanges,
	} {
		for i, text := range paths {
			at := s.Path(name).Index(i)
			path, err := engine.ParsePropertyPath(text)
			if err != nil {
				problems.Add(at, "must be the path of a property, such as tags.managedBy")
				continue
			}
			if name != "ignoreChanges" {
				continue
			}
			follow(d.marked(d.properties, "{"+nameOf+"}"), problem.Path{}, path, func(_ problem.Path, node document.Node) {
				if hasPlaceholder(node) {
					problems.AddOnce(at, "reaches a placeholder or the ownership tag, so that a change in ESC would never be "+
						"pushed: name only properties that hold none of them")
				}
			})
		}
	}
}

// fixed stands for what the properties in replaceOnChanges hold for all secrets alike: where they are, so that another
// text would move them all. It is a fingerprint, as an inventory is plain text and any of it may be secret. False: it
// is not known yet.
func (d resource) fixed() (string, bool) {
	var paths []string
	hash := sha256.New()
	known := true
	for _, text := range d.replaceOnChanges {
		path, _ := engine.ParsePropertyPath(text) // reported by checkPaths
		follow(d.properties, problem.Path{}, path, func(at problem.Path, node document.Node) {
			leaves(node, at, func(at problem.Path, leaf document.Node) {
				known = known && leaf.Kind != document.Unknown
				if !hasPlaceholder(leaf) {
					paths = append(paths, text)
					fmt.Fprintf(hash, "%s %s\n", at, leaf.JSON())
				}
			})
		})
	}
	if len(paths) == 0 {
		return "", known
	}
	return fmt.Sprintf("%s of fingerprint %x", strings.Join(slices.Compact(paths), ", "), hash.Sum(nil)[:4]), known
}
