package destinations

import (
	"fmt"
	"maps"
	"testing"
)

// Brake loses 37 of 40 keys, which is stopped before anything is changed, then one, which passes, and then 36 of 39,
// which is allowed for once.
func Brake(t *testing.T, row Row) {
	t.Helper()
	values := map[string]string{}
	for i := range 40 {
		values[fmt.Sprintf("k%02d", i)] = fmt.Sprintf("value %d", i)
	}
	s := start(t, row, values)
	s.policy = deletes
	maps.Copy(s.expected, values)
	s.up()
	s.holds("after the first run")

	few := map[string]string{"k00": "value 0", "k01": "changed", "k02": "value 2"}
	s.refused(s.edit(few), s.platform.Writes(), "let go of 37 of 40 secrets", "set maxDeletions to 37 for one run")
	s.holds("after the brake")

	delete(values, "k39")
	s.succeeded(s.edit(values))
	s.loses("k39")
	s.holds("after one of 40 went")

	s.refused(s.edit(few), s.platform.Writes(), "let go of 36 of 39 secrets")
	s.maxDeletions = "36"
	s.up()
	for key := range values {
		if _, stays := few[key]; !stays {
			s.loses(key)
		}
	}
	maps.Copy(s.expected, few)
	s.holds("after it was allowed")
}

// loses notes that a key is gone, where the platform can delete.
func (s *sync) loses(key string) {
	if !s.row.Limits.NothingDeleted {
		delete(s.expected, key)
	}
}
