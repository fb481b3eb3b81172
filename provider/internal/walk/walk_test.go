package walk_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/walk"
)

func tree() property.Value {
	return property.New(map[string]property.Value{
		"a": property.New("x"),
		"b": property.New([]property.Value{property.New("y"), property.New(1.0)}).WithSecret(true),
	}).WithDependencies([]urn.URN{"urn:pulumi:dev::shop::a:b:C::d"})
}

// Containers keep their secretness and dependencies, so that nothing in them becomes plain.
func TestMapKeepsSecretnessAndDependencies(t *testing.T) {
	t.Parallel()
	same := walk.Map(tree(), func(v property.Value) (property.Value, bool) { return v, true })
	assert.Equal(t, tree(), same)
}

func TestMapStopsOnFalse(t *testing.T) {
	t.Parallel()
	got := walk.Map(tree(), func(v property.Value) (property.Value, bool) {
		if v.IsString() {
			return property.New("changed"), true
		}
		return v, !v.Secret()
	})
	assert.Equal(t, "changed", got.AsMap().Get("a").AsString())
	assert.Equal(t, tree().AsMap().Get("b"), got.AsMap().Get("b"))
}

func TestAllVisitsEverythingInOrderUntilTheEnd(t *testing.T) {
	t.Parallel()
	var texts []string
	count := 0
	for v := range walk.All(tree()) {
		count++
		if v.IsString() {
			texts = append(texts, v.AsString())
		}
	}
	assert.Equal(t, []string{"x", "y"}, texts)
	assert.Equal(t, 5, count)
	for v := range walk.All(tree()) {
		if v.IsString() {
			break // which must not go on
		}
	}
}
