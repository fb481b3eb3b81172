package construct

import (
	"context"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// ParentTypes returns the types of the enclosing components as in the URN, or "" at the top level. The request's own
// URN does not help: the framework adds only the innermost type to it.
func ParentTypes(req p.ConstructRequest) string {
	if req.Parent == "" || req.Parent.Type() == resource.RootStackType {
		return ""
	}
	return string(req.Parent.QualifiedType())
}

// Warn logs warnings as diagnostics of the resource.
func Warn(ctx context.Context, warnings problem.List) {
	for _, w := range warnings {
		p.GetLogger(ctx).Warning(w.String())
	}
}
