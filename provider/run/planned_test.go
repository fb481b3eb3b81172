package run

import (
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
)

func planOf(within string, secrets map[string]string, deletable ...string) property.Map {
	fields := map[string]property.Value{}
	for name, digest := range secrets {
		fields[name] = property.New(digest).WithSecret(true)
	}
	var names []property.Value
	for _, name := range deletable {
		names = append(names, property.New(name))
	}
	return property.NewMap(map[string]property.Value{
		"within": property.New(within), "secrets": property.New(fields), "deletable": property.New(names),
	})
}

// A preview shows by name what a run will and will not do.
func TestSyncRunShowsWhatIsPlanned(t *testing.T) {
	t.Parallel()
	old := map[string]string{"prod/a": "1", "prod/b": "2", `prod/"c"`: "3", "prod/d": "4"}
	before := pushedOf(planOf("vault", old, "prod/a", "prod/d"))
	after := pushedOf(planOf("vault", map[string]string{"prod/a": "1", "prod/b": "x", "prod/new": "5"}))
	c := plannedChanges(before, after, false)
	assert.Equal(t, map[string]p.PropertyDiff{
		`secrets["prod/b"]`:     {Kind: p.Update},
		`secrets["prod/new"]`:   {Kind: p.Add},
		`secrets["prod/\"c\""]`: {Kind: p.Delete},
		`secrets["prod/d"]`:     {Kind: p.Delete},
	}, c.diff())
	assert.Equal(t, "1 to add, 1 to change, 1 to remove, 1 to stop managing (retained), 1 unchanged", c.text())
	assert.Equal(t, "1 to add, 2 to adopt, 2 to stop managing (retained)", plannedChanges(before, after, true).text())
	assert.Empty(t, plannedChanges(before, before, false).text())
	assert.Equal(t, "4 to add", firstRun(planOf("vault", old)).text())

	for name, unknown := range map[string]property.Map{
		"none": {}, "an unknown value": planOf("vault", nil).Set("secrets", property.New(property.Computed)),
	} {
		assert.Empty(t, plannedChanges(before, pushedOf(unknown), false).text(), name)
		assert.Empty(t, plannedChanges(pushedOf(unknown), after, false).text(), name)
		assert.Empty(t, firstRun(unknown).text(), name)
	}
	computed := planOf("vault", nil).Set("secrets",
		property.New(map[string]property.Value{"prod/a": property.New(property.Computed)}))
	assert.Equal(t, []string{"prod/a"}, plannedChanges(before, pushedOf(computed), false).changed)
}

// On a case-insensitive platform, another spelling of a name is the same secret.
func TestSyncRunShowsAnotherSpelling(t *testing.T) {
	t.Parallel()
	at := func(insensitive bool, names ...string) *pushed {
		secrets := map[string]string{}
		for i, name := range names {
			secrets[name] = string(rune('1' + i))
		}
		return pushedOf(planOf("azureKeyVault", secrets, names...).Set("caseInsensitive", property.New(insensitive)))
	}
	was := []string{"kv/SHOP", "kv/Gone"}
	c := plannedChanges(at(true, was...), at(true, "KV/shop"), false)
	assert.Equal(t, "1 to remove, 1 unchanged", c.text())
	c = plannedChanges(at(true, was...), at(true, "kv/new", "kv/shop"), false)
	assert.Equal(t, []string{"kv/shop"}, c.changed)
	c = plannedChanges(at(false, was...), at(false, "KV/shop"), false)
	assert.Equal(t, "1 to add, 2 to remove", c.text())
}

// A name without a path of its own shows as a change of all secrets.
func TestSyncRunShowsWhatHasNoPath(t *testing.T) {
	t.Parallel()
	c := plannedChange{added: []string{`a.b\`}, removed: []string{"c"}}
	assert.Equal(t, map[string]p.PropertyDiff{
		"secrets": {Kind: p.Update}, `secrets["c"]`: {Kind: p.Delete},
	}, c.diff())
}

// The same name on another platform is another secret.
func TestSyncRunShowsAnotherPlatform(t *testing.T) {
	t.Parallel()
	at := func(platform string) *pushed {
		return pushedOf(planOf(platform, map[string]string{"shop/A": "1"}, "shop/A"))
	}
	c := plannedChanges(at("githubSecrets"), at("githubVariables"), false)
	assert.Equal(t, "1 to add, 1 to remove", c.text())
	assert.Equal(t, map[string]p.PropertyDiff{`secrets["shop/A"]`: {Kind: p.Update}}, c.diff())
}

// A field of an object is deleted with its key under any policy. For the object itself the policy decides.
func TestSyncRunShowsFieldsOfAnObject(t *testing.T) {
	t.Parallel()
	fields := func(object string, keys ...string) map[string]string {
		all := map[string]string{}
		for _, key := range keys {
			all[object+"/"+key] = "1"
		}
		return all
	}
	old := fields("ns/app", "a", "b")
	kept, lost := pushedOf(planOf("kubernetes/ns/app", old)), pushedOf(planOf("kubernetes/ns/app", old, "ns/app/*"))
	fewer := pushedOf(planOf("kubernetes/ns/app", fields("ns/app", "a")))
	other := pushedOf(planOf("kubernetes/ns/other", fields("ns/other", "a")))
	assert.Equal(t, "1 to remove, 1 unchanged", plannedChanges(kept, fewer, false).text())
	assert.Equal(t, "1 to add, 2 to stop managing (retained)", plannedChanges(kept, other, false).text())
	assert.Equal(t, "1 to add, 2 to remove", plannedChanges(lost, other, false).text())
}
