package run

import (
	"context"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// diffedRole decides on the properties as they come over the wire whether the role is chosen again.
type diffedRole struct {
	infer.InferredResource

	role *DeploymentRole
}

// Diff tells whether the role is to be chosen again: it is another one, the settings are written, the last time failed,
// or the stack has not the role that it should have. That somebody took the role away, or an interrupted update did, is
// told.
func (r diffedRole) Diff(ctx context.Context, req p.DiffRequest) (p.DiffResponse, error) {
	changes := map[string]p.PropertyDiff{}
	update := func(name string) { changes[name] = p.PropertyDiff{Kind: p.Update, InputDiff: true} }
	was, is := textOf(req.State, "roleId"), textOf(req.Inputs, "roleId")
	unknown := req.Inputs.Get("roleId").IsComputed()
	pending := isTrue(req.State.Get("pending"))
	moved := false
	for _, name := range stackNames {
		if !plainEqual(req.State.Get(name), req.Inputs.Get(name)) {
			moved = true
			update(name)
		}
	}
	if pending {
		changes["pending"] = p.PropertyDiff{Kind: p.Update}
	}
	if unknown || was != is && (is != "" || !pending && !moved) {
		update("roleId")
	}
	if (unknown || was+is != "") && !plainEqual(req.State.Get("settings"), req.Inputs.Get("settings")) {
		update("settings")
	}
	switch {
	case was != "" && is == "" && !unknown && !pending && !moved:
		p.GetLogger(ctx).Warningf("the deployments of %s do not run as %s any more: somebody took the choice back, or an "+
			"update was interrupted between two writes. If they should, choose it again, or set deployment.role",
			stackOf(req.Inputs), textOf(req.State, "roleName"))
	case len(changes) == 0 && is != "":
		live, err := r.live(ctx, stackOf(req.Inputs))
		if err != nil {
			return p.DiffResponse{}, err
		}
		if live.ID != is {
			changes["roleId"] = p.PropertyDiff{Kind: p.Update}
		}
	}
	return p.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, nil
}

func (r diffedRole) live(ctx context.Context, stack deployments.Stack) (deployments.Role, error) {
	client, err := r.role.cloud.client(ctx)
	if err != nil {
		return deployments.Role{}, err
	}
	return client.Role(ctx, stack)
}

// textOf is a text among properties, empty where there is none.
func textOf(properties property.Map, name string) string {
	if v := properties.Get(name); v.IsString() {
		return v.AsString()
	}
	return ""
}
