// Package problem collects the problems of a resource's inputs, so that a user gets all of them at once, each with the
// path of its property, before anything is created.
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

// Problem is one failed check. Reason must not contain the value of a secret.
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

// Add appends a problem. The reason says what the user should do. It must not contain a secret.
func (l *List) Add(path Path, format string, args ...any) {
	*l = append(*l, Problem{Path: path, Reason: fmt.Sprintf(format, args...)})
}

// AddOnce appends a problem unless the list contains it already.
func (l *List) AddOnce(path Path, format string, args ...any) {
	if p := (Problem{Path: path, Reason: fmt.Sprintf(format, args...)}); !slices.Contains(*l, p) {
		*l = append(*l, p)
	}
}

// AddMissing appends the problems of another list at paths that have none yet: one reason per property is enough.
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

// Err returns nil for an empty list. Otherwise it returns a gRPC InvalidArgument error with one InputPropertiesError
// detail per problem, which the engine prints as one line per property.
//
// The engine also prints the value of a property whose path resolves, including secrets (errorToMessage in
// pkg/resource/deploy/source_eval.go). So no path may resolve in the inputs: one that does gets a trailing space, which
// is invisible and in no property.
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

// Lines returns each problem as one line.
func (l List) Lines() []string {
	lines := make([]string, len(l))
	for i, p := range l {
		lines[i] = p.String()
	}
	return lines
}

// Text returns the problems, one per line.
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
