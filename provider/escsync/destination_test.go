package escsync

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
)

// The structs of the schema and the planners, which read settings by name, must agree.
func TestEverySettingIsReadAndEveryReadIsASetting(t *testing.T) {
	t.Parallel()
	destination := reflect.TypeFor[Destination]()
	seen := map[string]bool{}
	for field := range destination.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("pulumi"), ",")
		if name == "custom" { // Custom has no platform: its program is the user's.
			continue
		}
		seen[name] = true
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var problems problem.List
			found, ok := platform.All.Named(name)
			require.True(t, ok)
			request := target.Request{
				Caller:   target.Caller{Provides: func(string) bool { return false }},
				Platform: found, Value: document.Node{Kind: document.String, Text: "x"},
				Problems: &problems, Warnings: &problem.List{},
				Settings:       settings.NewReader(&problems, settings.Layer{}),
				PolicySettings: settings.NewReader(&problems, settings.Layer{}),
			}
			request.Plan()
			assert.Equal(t, propertiesOf(field.Type.Elem()), request.Settings.Asked())
		})
	}
	for _, one := range platform.All {
		assert.True(t, seen[one.Name], "%s has no arm in Destination", one.Name)
	}
}

func propertiesOf(typ reflect.Type) []string {
	var names []string
	for _, field := range reflect.VisibleFields(typ) {
		if name, _, _ := strings.Cut(field.Tag.Get("pulumi"), ","); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
