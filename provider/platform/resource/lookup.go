package resource

import (
	"context"
	"errors"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	engine "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// lookUp has the provider check what is pushed and looks up what exists by importId, after filling in the provider's
// configuration.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	importID, err := configuration(r).fill(t.resource.importID, t.resource.path("importId"))
	if err != nil {
		return nil, err
	}
	t.resource.importID = importID
	if r.Request.Caller.Provides(t.resource.pkg()) { // only the engine knows its configuration
		return nil, nil
	}
	provider, err := t.resource.open(r)
	if err != nil {
		return nil, target.Asked("starting the provider "+t.resource.pkg(), err)
	}
	found, err := t.ask(r, provider)
	return found, errors.Join(err, provider.close())
}

func (t push) ask(r *target.Registration, provider plugin.Provider) (map[string]target.Existing, error) {
	if err := t.check(r, provider); err != nil || t.resource.importID == "" {
		return nil, err
	}
	return r.LookupEach(nil, func(item target.Item) (target.Existing, error) {
		id := filling{name: item.Name, key: item.Key, keys: pathOf(item)}.fill(t.resource.importID)
		name := r.LogicalOf(item)
		return t.resource.existing(r.Ctx.Context(), provider, plugin.ReadRequest{
			URN: t.urn(r, name), Name: name, Type: tokens.Type(t.resource.token), ID: engine.ID(id),
		}, r.WithOwnershipTag, item.Name, item.Key, t.resource.place)
	})
}

// existing looks up one importId. withTag compares the ownership tag found with ours. names are what else the
// provider's error may quote. The result is imported by the ID that was asked for, as an importer need not accept the
// ID that the provider returns, which may be a checksum.
func (d resource) existing(
	ctx context.Context, provider plugin.Provider, ask plugin.ReadRequest, withTag func(id, tag string) target.Existing,
	names ...string,
) (target.Existing, error) {
	read, err := provider.Read(ctx, ask)
	if err != nil && saysAbsent(err.Error(), append(names, string(ask.ID))...) {
		return target.Existing{}, nil
	}
	if err != nil || read.ID == "" || read.Outputs == nil {
		return target.Existing{}, err
	}
	if d.ownership == "" {
		return target.Existing{ImportID: string(ask.ID), Owner: inventory.Untagged}, nil
	}
	return withTag(string(ask.ID), textAt(d.ownership, read.Outputs, read.Inputs)), nil
}

// pathOf returns the keys that lead to an item. An item that is no longer pushed has only their text form.
func pathOf(item target.Item) []string {
	if len(item.Path) > 0 || item.Key == "" {
		return item.Path
	}
	return problem.Keys(item.Key)
}

// textAt returns the text at the path in the first map that has one.
func textAt(path string, maps ...engine.PropertyMap) string {
	for _, one := range maps {
		value := property.New(engine.FromResourcePropertyMap(one))
		for _, key := range keysIn(path) {
			if !value.IsMap() {
				break
			}
			value = value.AsMap().Get(key)
		}
		if value.IsString() {
			return value.AsString()
		}
	}
	return ""
}

// check has the provider check the inputs of every resource, and reports all refusals at once, before the first
// write.
func (t push) check(r *target.Registration, provider plugin.Provider) error {
	var problems problem.List
	for _, s := range t.secrets {
		filled, name := t.filled(r, s), r.Logical(s)
		checked, err := provider.Check(r.Ctx.Context(), plugin.CheckRequest{
			URN: t.urn(r, name), Name: name, Type: tokens.Type(t.resource.token),
			News: engine.ToResourcePropertyMap(filled.Property().AsMap()), AllowUnknowns: r.Ctx.DryRun(),
		})
		if err != nil {
			return target.Asked("having the provider check the resource of "+s.Name, err)
		}
		if len(checked.Failures) == 0 {
			continue
		}
		hidden := hide(t.resource.properties, filled, below(r.Request.Value, s.Path), s)
		for _, failure := range checked.Failures {
			at := atProperty(t.resource.path("properties"), string(failure.Property))
			problems.AddOnce(at, "%s", hidden.reason(failure.Reason))
		}
	}
	return target.Refused(problems)
}

func (t push) urn(r *target.Registration, name string) urn.URN {
	component := r.Request.URN
	return urn.New(component.Stack(), component.Project(), component.QualifiedType(), tokens.Type(t.resource.token),
		name)
}
