package provider_test

import (
	"bytes"
	"log/slog"
	"maps"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// A release runs the program of its own commit. Any other build runs a branch, and says so. Not parallel: the linker
// sets the commit for the whole process.
func TestReleaseIsPinnedToItsCommit(t *testing.T) {
	for name, test := range map[string]struct {
		commit string
		pinned props
		warns  bool
	}{
		"a release": {
			commit: "0123456789abcdef0123456789abcdef01234567",
			pinned: props{"commit": str("0123456789abcdef0123456789abcdef01234567")},
		},
		"not a release": {pinned: props{"branch": str("refs/heads/main")}, warns: true},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			beforeLog, before := slog.Default(), version.ReleaseCommit
			t.Cleanup(func() {
				slog.SetDefault(beforeLog)
				version.ReleaseCommit = before
			})
			// Without an engine, the framework logs here.
			slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
			version.ReleaseCommit = test.commit
			r := construct(t, escSync(patternInputs(nil)))
			require.NoError(t, r.err)
			want := props{"repoUrl": str(version.Repository), "repoDir": str("program")}
			maps.Copy(want, test.pinned)
			source := r.child(t, settingsType).Inputs.Get("sourceContext").AsMap().Get("git")
			assert.True(t, property.New(want).Equals(source), "%#v", source)
			assert.Equal(t, test.warns, strings.Contains(log.String(), "is not a release"), log.String())
		})
	}
}
