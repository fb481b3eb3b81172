package construct

import (
	"context"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// ParentTypes are the types of the components that a resource is in, as its URN has them; empty at the top. The URN of
// the request is no help: the framework puts the innermost type only into it.
func ParentTypes(req p.ConstructRequest) string {
	if req.Parent == "" || req.Parent.Type() == resource.RootStackType {
		return ""
	}
	return string(req.Parent.QualifiedType())
}

// Warn shows warnings as diagnostics of the resource.
func Warn(ctx context.Context, warnings problem.List) {
	for _, w := range warnings {
		p.GetLogger(ctx).Warning(w.String())
	}
}
