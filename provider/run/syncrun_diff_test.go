package run

import (
	"math"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The engine has already reset the ignored trigger. Diff must not hide the others.
func TestSyncRunIgnoresOneTrigger(t *testing.T) {
	t.Parallel()
	b := newBench(t, nil)
	in := func(one, two float64) property.Map {
		return inputs(map[string]property.Value{"triggers": property.New(map[string]property.Value{
			"one": property.New(one), "two": property.New(two),
		})})
	}
	created, err := b.create(in(1, 1))
	require.NoError(t, err)
	for ignored, changes := range map[string]bool{"triggers.one": true, "triggers": false} {
		diff, err := b.Diff(p.DiffRequest{
			ID: created.ID, Urn: syncRunURN, State: created.Properties, OldInputs: in(1, 1), Inputs: in(1, 2),
			IgnoreChanges: []string{ignored},
		})
		require.NoError(t, err)
		assert.Equal(t, changes, diff.HasChanges, ignored)
	}
}

// The engine resolves each path to the key, or to the map that contains it.
func TestPathsOfKeysAreThoseOfTheEngine(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]resource.PropertyPath{
		`a.b["c"]`: {"secrets", `a.b["c"]`},
		`a\b`:      {"secrets", `a\b`},
		`a\"b`:     {"secrets", `a\"b`},
		`a\`:       {"secrets", `a\`},
		`\`:        {"secrets", `\`},
		`a.b\`:     {"secrets"},
		`a[b\`:     {"secrets"},
		"":         {"secrets", ""},
	} {
		got, err := resource.ParsePropertyPath("secrets" + quotedKey(name))
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
	}
}

func TestSyncRunDiff(t *testing.T) {
	t.Parallel()
	b := newBench(t, nil)
	state := func(status string, pending bool) property.Map {
		return property.NewMap(map[string]property.Value{
			"organization": property.New("acme"), "project": property.New("tgt"), "stack": property.New("dev"),
			"status": property.New(status), "pending": property.New(pending),
		})
	}
	secret := map[string]property.Value{"triggers": property.New(map[string]property.Value{
		"revision": property.New(1.0).WithSecret(true),
	})}
	unknown := map[string]property.Value{"triggers": property.New(map[string]property.Value{
		"revision": property.New(property.Computed),
	})}
	cases := map[string]struct {
		state   property.Map
		old, in property.Map
		want    map[string]p.PropertyDiff
	}{
		"nothing": {
			state("succeeded", false),
			inputs(triggers(1.0)),
			inputs(triggers(1.0)),
			map[string]p.PropertyDiff{},
		},
		"became secret": {state("succeeded", false), inputs(triggers(1.0)), inputs(secret), map[string]p.PropertyDiff{}},
		"trigger": {
			state("succeeded", false),
			inputs(triggers(1.0)),
			inputs(triggers(2.0)),
			map[string]p.PropertyDiff{`triggers["revision"]`: {Kind: p.Update, InputDiff: true}},
		},
		"unknown trigger": {
			state("succeeded", false),
			inputs(triggers(1.0)),
			inputs(unknown),
			map[string]p.PropertyDiff{`triggers["revision"]`: {Kind: p.Update, InputDiff: true}},
		},
		"still unknown": {
			state("succeeded", false),
			inputs(triggers(nil)),
			inputs(unknown),
			map[string]p.PropertyDiff{`triggers["revision"]`: {Kind: p.Update, InputDiff: true}},
		},
		"removed": {
			state("succeeded", false),
			inputs(triggers(1.0)),
			inputs(nil),
			map[string]p.PropertyDiff{`triggers["revision"]`: {Kind: p.Update, InputDiff: true}},
		},
		"wait, timeout": {
			state("succeeded", false),
			inputs(nil),
			inputs(map[string]property.Value{"wait": property.New(false), "timeout": property.New("1m")}),
			map[string]p.PropertyDiff{},
		},
		"failed": {
			state("failed", false),
			inputs(nil),
			inputs(nil),
			map[string]p.PropertyDiff{"status": {Kind: p.Update}},
		},
		"pending": {
			state("running", true),
			inputs(nil),
			inputs(nil),
			map[string]p.PropertyDiff{"status": {Kind: p.Update}},
		},
		"stack": {
			state("succeeded", false),
			inputs(nil),
			inputs(map[string]property.Value{"stack": property.New("prod")}),
			map[string]p.PropertyDiff{"stack": {Kind: p.UpdateReplace, InputDiff: true}},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := b.Diff(
				p.DiffRequest{ID: "acme/tgt/dev", Urn: syncRunURN, State: c.state, OldInputs: c.old, Inputs: c.in},
			)
			require.NoError(t, err)
			assert.Equal(t, c.want, got.DetailedDiff)
			assert.Equal(t, len(c.want) > 0, got.HasChanges)
		})
	}
}

// A number that JSON does not support must not hide the change of another trigger.
func TestDigestDiffersBetweenTriggers(t *testing.T) {
	t.Parallel()
	set := func(revision int) map[string]any {
		return map[string]any{"x": math.Inf(1), "revision": revision}
	}
	first, again := digest(set(1)), digest(set(1))
	assert.Equal(t, first, again)
	assert.NotEqual(t, digest(set(1)), digest(set(2)))
}
