package provider

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/settings"
)

// TestEverySettingIsReadAndEveryReadIsASetting: the structs of the schema and the planners, which read by name, agree.
func TestEverySettingIsReadAndEveryReadIsASetting(t *testing.T) {
	t.Parallel()
	destination := reflect.TypeFor[Destination]()
	seen := map[string]bool{}
	for field := range destination.Fields() {
		platform, _, _ := strings.Cut(field.Tag.Get("pulumi"), ",")
		if platform == "custom" { // Custom has no platform: its program is the user's.
			continue
		}
		seen[platform] = true
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			var problems problem.List
			request := pushRequest{
				platform: platform, value: document.Node{Kind: document.String, Text: "x"}, problems: &problems,
				settings: settings.NewReader(&problems, settings.Layer{}),
				policy:   settings.NewReader(&problems, settings.Layer{}),
			}
			platforms[platform](request)
			assert.Equal(t, propertiesOf(field.Type.Elem()), request.settings.Asked())
		})
	}
	for platform := range platforms {
		assert.True(t, seen[platform], "%s has no arm in Destination", platform)
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

// TestEveryPlatformHasAComponent: what Target dispatches to can be used by itself.
func TestEveryPlatformHasAComponent(t *testing.T) {
	t.Parallel()
	for platform := range platforms {
		typ := strings.ToUpper(platform[:1]) + platform[1:] + "Target"
		run := constructTarget(t, targetCase{typ: typ, inputs: map[string]property.Value{}})
		assert.Contains(t, run.problems(t), "destination: must be an object, not null", typ)
		assert.Contains(t, run.problems(t), "value: has no value to push: nothing is changed on the platform", typ)
	}
}
