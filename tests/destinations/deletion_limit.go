package destinations

import (
	"fmt"
	"maps"
	"testing"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// DeletionLimit removes 9 of 12 keys, which is refused before anything changes. Then it removes one, which passes, and
// then 8 of 11, which maxDeletions allows.
func DeletionLimit(t *testing.T, row platforms.Row) {
	t.Helper()
	values := map[string]string{}
	for i := range 12 {
		values[fmt.Sprintf("k%02d", i)] = fmt.Sprintf("value %d", i)
	}
	s := start(t, row, values)
	s.policy = deletes
	maps.Copy(s.expected, values)
	s.up()
	s.contains("after the first run")

	few := map[string]string{"k00": "value 0", "k01": "changed", "k02": "value 2"}
	s.refused(s.edit(few), s.platform.Writes(), "remove 9 of 12 secrets", "set maxDeletions to 9.")
	s.contains("after the deletion limit")

	delete(values, "k11")
	s.succeeded(s.edit(values))
	delete(s.expected, "k11")
	s.contains("after one of 12 went")

	s.refused(s.edit(few), s.platform.Writes(), "remove 8 of 11 secrets")
	s.maxDeletions = "8"
	s.up()
	s.expected = few
	s.contains("after it was allowed")
}
