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

// hasPlaceholder reports whether the tree contains a placeholder.
func hasPlaceholder(node document.Node) bool {
	found := used{}
	found.readTree(node, problem.Path{}, &problem.List{})
	return len(found) > 0
}

// follow visits what a path could lead to in the filled properties. A key with a placeholder could become any key,
// and a text with one could become an object.
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

// atProperty returns the problem path for a property path that a provider reports.
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

// leaves visits every node of a tree that has no children.
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

// checkPaths reports invalid property paths, and ignoreChanges that would ignore what a run pushes.
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
			follow(d.tagged(d.properties, "{"+nameOf+"}"), problem.Path{}, path, func(_ problem.Path, node document.Node) {
				if hasPlaceholder(node) {
					problems.AddOnce(at, "covers a placeholder or the ownership tag, so a change in ESC would never be "+
						"pushed: list only properties without them")
				}
			})
		}
	}
}

// fixed identifies the resource type and the properties in replaceOnChanges that are the same for all secrets. Changing
// one would replace every secret, and the engine creates the new type before it deletes the old one. The result is a
// fingerprint, because the inventory is plain text and any property may be secret. It returns false if a property is
// still unknown.
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
	fixed := "type " + d.token
	if len(paths) > 0 {
		fixed += fmt.Sprintf(", %s of fingerprint %x", strings.Join(slices.Compact(paths), ", "), hash.Sum(nil)[:4])
	}
	return fixed, known
}
