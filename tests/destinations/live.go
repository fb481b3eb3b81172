package destinations

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Live tests the whole life of a destination.
func Live(t *testing.T, row platforms.Row) {
	t.Helper()
	const password = "correct horse, p$a\"s'\n"
	values := map[string]string{"user": "bob", "password": password, "pin": "0042"}
	s := start(t, row, values)
	s.up()
	maps.Copy(s.expected, values)
	s.contains("after the first run")
	s.idle("after the first run")
	values = s.changeAndRepair(values)
	values = s.removeRetained(values)
	values = s.bringBack(values)
	s.destroy()
	s.contains("after a destroy with Retain")
	values = s.makeAgain(values)
	values = s.removeDeleted(values)
	s.deniedDestroy()
	s.destroyDeleted(values)
	s.secretive(password)
}

// changeAndRepair edits one secret and deletes another on the platform, and changes a third value and adds a key in
// ESC. One run repairs and pushes all of it.
func (s *sync) changeAndRepair(values map[string]string) map[string]string {
	s.t.Helper()
	ctx := s.t.Context()
	require.NoError(s.t, s.platform.Put(ctx, s.row.Identity("password"), s.stored("edited elsewhere")))
	require.NoError(s.t, s.platform.Delete(ctx, s.row.Identity("pin")))
	values = with(with(values, "user", "carol"), "extra", "added")
	s.succeeded(s.edit(values))
	maps.Copy(s.expected, values)
	if s.row.Limits.EditsUnseen {
		s.expected["password"] = "edited elsewhere"
	}
	s.contains("after a change, an addition and a repair")
	return values
}

// removeRetained removes a key, whose secret stays, and changes a value, which overwrites an unnoticed edit.
func (s *sync) removeRetained(values map[string]string) map[string]string {
	s.t.Helper()
	values = with(values, "password", "changed")
	delete(values, "extra")
	s.succeeded(s.edit(values))
	maps.Copy(s.expected, values)
	if s.row.Limits.OneObject {
		delete(s.expected, "extra")
	}
	s.contains("after a key was removed with Retain")
	return values
}

// bringBack adds the key again, while its secret still exists.
func (s *sync) bringBack(values map[string]string) map[string]string {
	s.t.Helper()
	values = with(values, "extra", "again")
	writes := s.platform.Writes()
	run := s.edit(values)
	if s.row.Limits.NoTag {
		s.refused(run, writes, s.shown("extra"), "cannot say who owns it", "set adoptionPolicy to All")
		s.contains("after a refused run")
		s.adoptionPolicy = "All"
		s.up()
	} else {
		s.succeeded(run)
	}
	maps.Copy(s.expected, values)
	s.contains("after a key came back")
	return values
}

// makeAgain recreates a sync whose secrets were retained, now with the policy Delete. One value has changed since, and
// one is new. The platform refuses all writes at first.
func (s *sync) makeAgain(values map[string]string) map[string]string {
	s.t.Helper()
	values = with(with(values, "user", "dave"), "new", "added since")
	s.write(values)
	s.policy = deletes
	if s.row.Limits.OneObject {
		s.refusedStart("set adoptionPolicy to All", "already exists")
		s.adoptionPolicy = "All"
	}
	s.deniedStart()
	s.up()
	maps.Copy(s.expected, values)
	s.contains("after the sync was made again")
	s.idle("after the sync was made again")
	return values
}

// removeDeleted removes a key, whose secret is deleted, and changes a value.
func (s *sync) removeDeleted(values map[string]string) map[string]string {
	s.t.Helper()
	values = with(values, "user", "erin")
	delete(values, "extra")
	s.succeeded(s.edit(values))
	maps.Copy(s.expected, values)
	delete(s.expected, "extra")
	s.contains("after a change and a removal with Delete")
	return values
}

// destroyDeleted destroys the sync, which deletes its secrets, and creates it once more under the same names.
func (s *sync) destroyDeleted(values map[string]string) {
	s.t.Helper()
	s.destroy()
	clear(s.expected)
	s.contains("after a destroy with Delete")
	values = with(values, "extra", "once more")
	s.write(values)
	if s.row.Limits.NamesReserved != "" {
		s.refusedStart(s.row.Restoring, s.row.Limits.NamesReserved)
		s.restore(slices.Collect(maps.Keys(values))...)
	}
	s.up()
	maps.Copy(s.expected, values)
	s.contains("after the last start")
}

// refusedStart requires that `pulumi up` fails with a hint, that the run's log contains the platform's reason for
// refusing the names, and that nothing has changed.
func (s *sync) refusedStart(hint, reason string) {
	s.t.Helper()
	_, err := s.h.Up(s.t.Context(), s.program(), stack)
	require.ErrorContains(s.t, err, hint)
	assert.Contains(s.t, s.lastRun().Log, reason)
	s.contains("after a start that was refused")
}

// Deleting changes a sync's policy to Delete and tests the end of its life. It is for rows that only differ from
// another in how they delete.
func Deleting(t *testing.T, row platforms.Row) {
	t.Helper()
	values := map[string]string{"user": "bob", "extra": "added"}
	s := start(t, row, values)
	s.up()
	s.policy = deletes
	s.up()
	maps.Copy(s.expected, values)
	s.contains("after the change to Delete")
	s.destroyDeleted(values)
}
