package destinations

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// The two syncs of Adopted, as resources of one program, and the stacks of their targets.
const (
	one, two             = "one", "two"
	oneTarget, twoTarget = "escsync-target/shop-dev-one", "escsync-target/shop-dev-two"
)

// Adopted lets a sync adopt the keys of another one, both with the policy Delete. Then the first sync neither changes
// nor deletes them, whether it runs or is removed from the program. On a platform without ownership tags it does both,
// until the next run of the second sync.
func Adopted(t *testing.T, row platforms.Row) {
	t.Helper()
	s := start(t, row, nil)
	s.policy = deletes
	first := map[string]string{"a": "one's a", "b": "one's b", "c": "one's c"}
	s.expected = maps.Clone(first)
	s.both(first, nil)
	s.contains("after the first run")

	theirs := map[string]string{"a": "two's a"}
	s.both(first, theirs)
	s.push(theirs)
	s.contains("after another sync adopted a key")
	s.fights(first, theirs)

	delete(first, "a")
	s.both(first, theirs)
	s.untouched(first, theirs, "after the one that had it lost the key")

	left := maps.Clone(theirs)
	theirs["b"] = "two's b"
	s.both(nil, theirs)
	s.push(theirs)
	delete(s.expected, "c")
	if row.Limits.OneObject {
		left = nil
	}
	s.untouched(left, theirs, "after the one that had it was removed from the program")

	writes := s.platform.Writes()
	s.succeeded(s.deploy(twoTarget))
	assert.Equal(t, writes, s.platform.Writes(), "writes of a run without a change")
	s.contains("after the next run of the other")
}

// push records the pushed values. A single object is replaced as a whole.
func (s *sync) push(values map[string]string) {
	if s.row.Limits.OneObject {
		clear(s.expected)
	}
	maps.Copy(s.expected, values)
}

// untagged reports whether nothing on the platform distinguishes the syncs.
func (s *sync) untagged() bool { return s.row.Limits.NoTag || s.row.Limits.OneObject }

// fights runs the first sync after the second one has adopted its key.
func (s *sync) fights(first, theirs map[string]string) {
	s.t.Helper()
	writes := s.platform.Writes()
	run := s.deploy(oneTarget)
	if !s.untagged() {
		s.refused(run, writes, "belongs to acme/shop/dev/two now: this sync neither changes nor deletes it",
			"belongs to acme/shop/dev/two now, which has adopted it since the last run")
		s.contains("after both pushed the key")
		return
	}
	s.succeeded(run)
	s.push(first)
	s.contains("after both pushed the key")
	s.succeeded(s.deploy(twoTarget))
	s.push(theirs)
	s.contains("after both pushed the key, one after the other")
}

// untouched requires that the values that the other sync adopted still exist. Without ownership tags they exist again
// after its next run.
func (s *sync) untouched(left, theirs map[string]string, step string) {
	s.t.Helper()
	if !s.untagged() {
		s.contains(step)
		return
	}
	clear(s.expected)
	maps.Copy(s.expected, left)
	s.contains(step)
	s.succeeded(s.deploy(twoTarget))
	s.push(theirs)
	s.contains(step + ", and a run of the other")
}

// both runs `pulumi up` with the two syncs, of which the second adopts. A sync without values is not in the program.
func (s *sync) both(first, second map[string]string) {
	s.t.Helper()
	var resources []string
	if first != nil {
		resources = append(resources, s.resource(one, first, nil))
	}
	if second != nil {
		resources = append(resources, s.resource(two, second, map[string]any{"adoptionPolicy": "All"}))
	}
	_, err := s.h.Up(s.t.Context(), s.programOf(resources...), stack)
	require.NoError(s.t, err)
}

// resource returns a sync of a program, with further properties.
func (s *sync) resource(name string, values map[string]string, properties map[string]any) string {
	s.t.Helper()
	all := map[string]any{"value": values, "deletionPolicy": deletes}
	maps.Copy(all, properties)
	text, err := json.Marshal(all)
	require.NoError(s.t, err)
	return fmt.Sprintf("  %s:\n    type: escsync:EscSync\n    properties: {destination: %s, %s\n",
		name, s.destination(), strings.TrimPrefix(string(text), "{"))
}

func (s *sync) programOf(resources ...string) string {
	s.t.Helper()
	folder, err := s.h.WriteProgram("name: shop\nruntime: yaml\nresources:\n" + strings.Join(resources, ""))
	require.NoError(s.t, err)
	return folder
}

// deploy runs an update of a target, and returns the run.
func (s *sync) deploy(target string) pulumicloud.Deployment {
	s.t.Helper()
	runs, err := s.h.Deploy(s.t.Context(), "update", target)
	require.NoError(s.t, err)
	return runs[len(runs)-1]
}
