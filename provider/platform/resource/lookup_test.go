package resource

import (
	"context"
	"errors"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	engine "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/inventory"
)

// An importer may accept account/script/name but return a checksum that it does not accept itself.
func TestWhatExistsIsImportedAsItWasFound(t *testing.T) {
	t.Parallel()
	const accepted = "account/script/NAME"
	importer := &plugin.MockProvider{ReadF: func(
		_ context.Context, ask plugin.ReadRequest,
	) (plugin.ReadResponse, error) {
		if ask.ID != accepted {
			return plugin.ReadResponse{}, errors.New("invalid id: must be account/script/name")
		}
		return plugin.ReadResponse{ReadResult: plugin.ReadResult{
			ID: "0a1b2c", Outputs: engine.PropertyMap{"by": engine.NewProperty("me")},
		}}, nil
	}}
	marked := func(id, mark string) target.Existing { return target.Existing{ImportID: id, Owner: mark} }
	for ownership, owner := range map[string]string{"": inventory.Untagged, "by": "me", "none": ""} {
		found, err := resource{ownership: ownership}.existing(t.Context(), importer, plugin.ReadRequest{ID: accepted}, marked)
		require.NoError(t, err)
		assert.Equal(t, target.Existing{ImportID: accepted, Owner: owner}, found)
	}
	_, err := resource{}.existing(t.Context(), importer, plugin.ReadRequest{ID: "0a1b2c"}, marked)
	require.ErrorContains(t, err, "must be account/script/name")
}

func TestNothingExists(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		id, name string
		err      error
		failed   bool
	}{
		"an empty answer":  {"app:DB", "DB", nil, false},
		"a clear answer":   {"app:DB", "DB", errors.New("DB: 404 Not Found"), false},
		"only by the name": {"7", "404 NOT FOUND", errors.New("broken: 404 NOT FOUND"), true},
		"only by the id":   {"app:404 not found", "DB", errors.New("app:404 not found is broken"), true},
	} {
		mute := &plugin.MockProvider{ReadF: func(context.Context, plugin.ReadRequest) (plugin.ReadResponse, error) {
			return plugin.ReadResponse{}, test.err
		}}
		found, err := resource{}.existing(t.Context(), mute, plugin.ReadRequest{ID: engine.ID(test.id)}, nil, test.name)
		assert.Equal(t, test.failed, err != nil, name)
		assert.Zero(t, found, name)
	}
}

func TestTextAt(t *testing.T) {
	t.Parallel()
	inputs := engine.PropertyMap{"tags": engine.MakeSecret(engine.NewProperty(engine.PropertyMap{
		"by": engine.MakeSecret(engine.NewProperty("me")), "n": engine.NewProperty(1.0),
	}))}
	for path, want := range map[string]string{"tags.by": "me", "tags.n": "", "tags.none": "", "none.by": ""} {
		assert.Equal(t, want, textAt(path, engine.PropertyMap{"tags": engine.NewNullProperty()}, inputs), path)
	}
}

// A secret that is no longer pushed has only the text form of its key.
func TestPathOf(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"a", "b.c", "d"}, pathOf(target.Item{Key: `a["b.c"].d`}))
	assert.Equal(t, []string{"a\\", "b\"c\n", "d"}, pathOf(target.Item{Key: `["a\\"]["b\"c\n"].d`}))
	assert.Equal(t, []string{"x"}, pathOf(target.Item{Key: "x", Path: []string{"x"}}))
	assert.Empty(t, pathOf(target.Item{}))
}
