package resource

import (
	"errors"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	engine "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// absent are words by which providers say that there is nothing under an id, where they fail for it.
var absent = []string{"not found", "404", "does not exist", "doesn't exist", "no such"}

// lookUp has the provider check what is pushed, and asks it what exists.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	if r.Request.Caller.Provides(t.resource.pkg()) { // whose configuration only the engine has
		if t.resource.importID == "" {
			return nil, nil
		}
		return nil, r.Ctx.Log.Warn("with a provider of the program's own, nobody asks what exists, and nothing is adopted: "+
			"importId has no effect", &pulumi.LogArgs{Resource: r.Component})
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
	return r.LookUpEach(absent, func(item target.Item) (target.Existing, error) {
		id := filling{name: item.Name, key: item.Key, keys: pathOf(item)}.fill(t.resource.importID)
		kind := tokens.Type(t.resource.token)
		read, err := provider.Read(r.Ctx.Context(), plugin.ReadRequest{
			URN: t.urn(r, item.Key), Name: r.Logical(item.Key), Type: kind, ID: engine.ID(id),
		})
		if err != nil || read.ID == "" || read.Outputs == nil {
			return target.Existing{}, err
		}
		id = string(read.ID) // as the state will have it
		if t.resource.ownership == "" {
			return target.Existing{ImportID: id, Owner: inventory.Unmarked}, nil
		}
		return r.Marked(id, textAt(t.resource.ownership, read.Outputs, read.Inputs)), nil
	})
}

// pathOf are the keys on the way to an item's: one that is not pushed any more has only the text that they make.
func pathOf(item target.Item) []string {
	if len(item.Path) > 0 || item.Key == "" {
		return item.Path
	}
	return problem.Keys(item.Key)
}

// textAt is the text at a path in the first that has one.
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

// check has the provider check the inputs of all resources. What it refuses is told all at once, before the first
// write.
func (t push) check(r *target.Registration, provider plugin.Provider) error {
	var problems problem.List
	for _, s := range t.secrets {
		filled := t.filled(r, s)
		checked, err := provider.Check(r.Ctx.Context(), plugin.CheckRequest{
			URN: t.urn(r, s.Key), Name: r.Logical(s.Key), Type: tokens.Type(t.resource.token),
			News: engine.ToResourcePropertyMap(filled.Property().AsMap()), AllowUnknowns: r.Ctx.DryRun(),
		})
		if err != nil {
			return target.Asked("having the provider check the resource of "+s.Name, err)
		}
		for _, failure := range checked.Failures {
			at := atProperty(t.resource.path("properties"), string(failure.Property))
			problems.AddOnce(at, "%s", withoutValue(failure.Reason, s))
		}
	}
	problems.Sort()
	if len(problems) == 0 {
		return nil
	}
	return target.Refused(problems.Lines())
}

// withoutValue is what a provider says of a secret, without its value.
func withoutValue(reason string, s target.Secret) string {
	const said = "the provider's own check says: "
	reason = strings.Join(strings.Fields(reason), " ")
	for _, form := range []string{s.Text.Value, s.Text.Base64()} {
		value := strings.Join(strings.Fields(form), " ")
		switch {
		case value == "" || !strings.Contains(reason, value):
		case len(value) < 4: // it is a part of words
			return "the provider's own check refuses it, in words that have the value in them"
		default:
			reason = strings.ReplaceAll(reason, value, "[secret]")
		}
	}
	return said + reason
}

// urn is that of the resource of a key.
func (t push) urn(r *target.Registration, key string) urn.URN {
	component := r.Request.URN
	return urn.New(component.Stack(), component.Project(), component.QualifiedType(), tokens.Type(t.resource.token),
		r.Logical(key))
}
