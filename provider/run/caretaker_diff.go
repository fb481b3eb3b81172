package run

import (
	"context"
	"slices"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// diffedCaretaker compares the properties as they arrive over the wire. In typed inputs an unknown role is empty, and
// an empty role is a choice of its own.
type diffedCaretaker struct {
	infer.InferredResource

	caretaker *Caretaker
}

// plainProperties are the properties that cause an update whenever they change.
var plainProperties = append([]string{"environment", "retain", "timeout", "hasToken"}, stackNames...)

// Diff reports the changed properties. It never replaces a Caretaker, because deleting one empties the stack.
func (r diffedCaretaker) Diff(ctx context.Context, req p.DiffRequest) (p.DiffResponse, error) {
	changes := map[string]p.PropertyDiff{}
	for _, name := range plainProperties {
		if !plainEqual(req.OldInputs.Get(name), req.Inputs.Get(name)) {
			changes[name] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
		}
	}
	before, after := req.OldInputs.Get("tags"), req.Inputs.Get("tags")
	for _, name := range changedKeys(mapOf(before), mapOf(after)) {
		changes["tags"+quotedKey(name)] = p.PropertyDiff{Kind: p.Update, InputDiff: true}
	}
	err := r.diffRole(ctx, req, changes)
	return p.DiffResponse{HasChanges: len(changes) > 0, DetailedDiff: changes}, err
}

// diffRole adds the reasons to set the role again: the role or the settings changed, setting it failed the last time,
// or the stack has another role. It warns if somebody or an interrupted update removed the role.
func (r diffedCaretaker) diffRole(ctx context.Context, req p.DiffRequest, changes map[string]p.PropertyDiff) error {
	update := func(name string) { changes[name] = p.PropertyDiff{Kind: p.Update, InputDiff: true} }
	was, is := textOf(req.State, "roleId"), textOf(req.Inputs, "roleId")
	unknown := req.Inputs.Get("roleId").IsComputed()
	pending, token := isTrue(req.State.Get("pending")), isTrue(req.Inputs.Get("hasToken"))
	moved := slices.ContainsFunc(stackNames, func(name string) bool {
		_, differs := changes[name]
		return differs
	})
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
	case was != "" && is == "" && !unknown && !pending && !moved && !token:
		p.GetLogger(ctx).Warningf("the deployments of %s no longer run as %s: somebody removed the role, or an "+
			"update was interrupted between two writes. To restore it, choose it again, or set deployment.role",
			stackOf(req.Inputs), textOf(req.State, "roleName"))
	case len(changes) == 0 && is != "":
		live, err := r.live(ctx, stackOf(req.Inputs))
		if err != nil {
			return err
		}
		if live.ID != is {
			changes["roleId"] = p.PropertyDiff{Kind: p.Update}
		}
	}
	return nil
}

func (r diffedCaretaker) live(ctx context.Context, stack deployments.Stack) (deployments.Role, error) {
	client, err := r.caretaker.cloud.client(ctx)
	if err != nil {
		return deployments.Role{}, err
	}
	return client.Role(ctx, stack)
}

// textOf returns the named string property, or "" if it is missing or not a string.
func textOf(properties property.Map, name string) string {
	if v := properties.Get(name); v.IsString() {
		return v.AsString()
	}
	return ""
}
