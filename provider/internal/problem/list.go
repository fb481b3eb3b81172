// Package problem collects what is wrong with a resource's inputs, so that a user gets every failure at once, each
// with the path of its property, before anything is created.
package problem

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
)

// Problem is one failed check. A Reason never holds the value of a secret.
type Problem struct {
	Path   Path
	Reason string
}

// String returns the problem in one line.
func (p Problem) String() string {
	return p.Path.String() + ": " + p.Reason
}

// List is a growing list of problems. The zero List is empty and ready to use.
type List []Problem

// Add appends a problem. The reason says what the user should do; it must not hold a secret.
func (l *List) Add(path Path, format string, args ...any) {
	*l = append(*l, Problem{Path: path, Reason: fmt.Sprintf(format, args...)})
}

// AddOnce is Add, unless the list has the very problem already.
func (l *List) AddOnce(path Path, format string, args ...any) {
	if p := (Problem{Path: path, Reason: fmt.Sprintf(format, args...)}); !slices.Contains(*l, p) {
		*l = append(*l, p)
	}
}

// AddMissing appends the problems of another list whose path has none yet: one reason is enough for a property.
func (l *List) AddMissing(more List) {
	seen := map[string]bool{}
	for _, p := range *l {
		seen[p.Path.text] = true
	}
	for _, p := range more {
		if !seen[p.Path.text] {
			*l = append(*l, p)
		}
	}
}

// Sort orders the list by path, so that the same inputs always give the same text.
func (l List) Sort() {
	sort.SliceStable(l, func(i, j int) bool { return l[i].Path.text < l[j].Path.text })
}

// Err returns nil for an empty list, and else a gRPC InvalidArgument that carries each problem as an
// InputPropertiesError detail: the form that the engine prints one line a property.
//
// The engine prints the value of a property whose path resolves, secrets included
// (pkg/resource/deploy/source_eval.go, errorToMessage). So no path given to it may resolve in the inputs:
// a path that does gets a trailing space, which no eye sees and no property has.
func (l List) Err(resourceType string, inputs property.Map) error {
	if len(l) == 0 {
		return nil
	}
	root := resource.NewProperty(resource.ToResourcePropertyMap(inputs))
	details := &pulumirpc.InputPropertiesError{}
	for _, p := range l {
		details.Errors = append(details.Errors, &pulumirpc.InputPropertiesError_PropertyError{
			PropertyPath: unresolvable(p.Path.text, root),
			Reason:       p.Reason,
		})
	}
	noun := "properties are"
	if len(l) == 1 {
		noun = "property is"
	}
	return rpcerror.WithDetails(
		rpcerror.Newf(codes.InvalidArgument, "%s: %d %s not valid", resourceType, len(l), noun), details)
}

// Lines returns the problems, a line each.
func (l List) Lines() []string {
	lines := make([]string, len(l))
	for i, p := range l {
		lines[i] = p.String()
	}
	return lines
}

// Text returns the problems, one a line.
func (l List) Text() string { return strings.Join(l.Lines(), "\n") }

func unresolvable(path string, root resource.PropertyValue) string {
	for {
		parsed, err := resource.ParsePropertyPath(path)
		if err != nil {
			return path
		}
		if _, ok := parsed.Get(root); !ok {
			return path
		}
		path += " "
	}
}
