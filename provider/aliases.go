package provider

import (
	"cmp"
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// aliasServer turns a component's aliases by name, type or parent into URNs. The framework drops all aliases but URNs,
// and would replace a renamed component with all its children.
type aliasServer struct {
	pulumirpc.ResourceProviderServer
}

// Construct resolves the aliases of the request, then constructs.
func (s aliasServer) Construct(
	ctx context.Context, req *pulumirpc.ConstructRequest,
) (*pulumirpc.ConstructResponse, error) {
	for i, alias := range req.GetAliases() {
		if spec := alias.GetSpec(); spec != nil {
			req.Aliases[i] = &pulumirpc.Alias{Alias: &pulumirpc.Alias_Urn{Urn: string(aliasURN(req, spec))}}
		}
	}
	return s.ResourceProviderServer.Construct(ctx, req)
}

// aliasURN returns the URN of a spec. Whatever the spec omits is as in the request.
func aliasURN(req *pulumirpc.ConstructRequest, spec *pulumirpc.Alias_Spec) urn.URN {
	parent := urn.URN(req.GetParent())
	switch {
	case spec.GetNoParent():
		parent = ""
	case spec.GetParentUrn() != "":
		parent = urn.URN(spec.GetParentUrn())
	}
	var parentType tokens.Type
	if parent != "" {
		parentType = parent.QualifiedType()
	}
	return urn.New(
		tokens.QName(cmp.Or(spec.GetStack(), req.GetStack())),
		tokens.PackageName(cmp.Or(spec.GetProject(), req.GetProject())),
		parentType,
		tokens.Type(cmp.Or(spec.GetType(), req.GetType())),
		cmp.Or(spec.GetName(), req.GetName()),
	)
}
