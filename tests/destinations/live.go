package destinations

import (
	"maps"
	"path"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Live takes a destination through its whole life.
func Live(t *testing.T, row Row) {
	t.Helper()
	const password = "correct horse, p$a\"s'\n"
	values := map[string]string{"user": "bob", "password": password, "pin": "0042"}
	s := start(t, row, values)
	s.deniedStart()
	s.up()
	maps.Copy(s.expected, values)
	s.holds("after the first run")
	s.idle("after the first run")
	values = s.changeAndAdd(values)
	s.repair(values)
	values = s.removeRetained(values)
	values = s.bringBack(values)
	s.destroyRetained()
	s.deleting(values)
	s.secretive(password)
}

// changeAndAdd changes a value and adds a key, which the platform refuses at first.
func (s *sync) changeAndAdd(values map[string]string) map[string]string {
	s.t.Helper()
	values = with(with(values, "user", "carol"), "extra", "added")
	s.succeeded(s.deniedEdit(values))
	maps.Copy(s.expected, values)
	s.holds("after a change and an addition")
	return values
}

// repair edits one secret and deletes another behind the sync's back, and lets the schedule repair them.
func (s *sync) repair(values map[string]string) {
	s.t.Helper()
	ctx := s.t.Context()
	require.NoError(s.t, s.platform.Put(ctx, s.row.Identity("user"), s.row.stored("edited elsewhere")))
	require.NoError(s.t, s.platform.Delete(ctx, s.row.Identity("pin")))
	s.succeeded(s.schedule())
	if s.row.Limits.EditsUnseen {
		s.expected["user"] = "edited elsewhere"
	}
	s.holds("after the repair")
	s.idle("after the repair")
	require.Contains(s.t, values, "pin")
}

// removeRetained removes a key, whose secret stays, and changes a value, which ends an edit that was not seen.
func (s *sync) removeRetained(values map[string]string) map[string]string {
	s.t.Helper()
	values = with(values, "user", "dave")
	delete(values, "extra")
	s.succeeded(s.edit(values))
	maps.Copy(s.expected, values)
	if s.row.Limits.OneObject {
		delete(s.expected, "extra")
	}
	s.holds("after a key was removed with Retain")
	return values
}

// bringBack adds the key again, under whose name there is a secret.
func (s *sync) bringBack(values map[string]string) map[string]string {
	s.t.Helper()
	values = with(values, "extra", "again")
	writes := s.platform.Writes()
	run := s.edit(values)
	if s.row.Limits.NoMark {
		s.refused(run, writes, s.row.Identity("extra"), "cannot say whose it is", "set adoptionPolicy to All")
		s.holds("after a refused run")
		s.adoptionPolicy = "All"
		s.up()
	} else {
		s.succeeded(run)
	}
	maps.Copy(s.expected, values)
	s.holds("after a key came back")
	return values
}

// destroyRetained destroys the sync, whose secrets stay, and makes it again.
func (s *sync) destroyRetained() {
	s.t.Helper()
	s.destroy()
	s.holds("after a destroy with Retain")
	if s.row.Limits.OneObject {
		_, err := s.h.Up(s.t.Context(), s.program(), stack)
		require.Error(s.t, err)
		runs := s.h.Deployments(target)
		require.NotEmpty(s.t, runs)
		assert.Contains(s.t, runs[len(runs)-1].Log, "already exists")
		s.holds("after a refused start")
		s.adoptionPolicy = "All"
	}
	s.up()
	s.holds("after the sync was made again")
	s.idle("after the sync was made again")
}

// Deleting is the last part of a life by itself, for a row that differs from another in how it deletes.
func Deleting(t *testing.T, row Row) {
	t.Helper()
	values := map[string]string{"user": "bob", "extra": "added"}
	s := start(t, row, values)
	maps.Copy(s.expected, values)
	s.deleting(values)
}

// deleting removes a key, brings it back and destroys, all with the policy Delete, and makes the sync a last time.
func (s *sync) deleting(values map[string]string) {
	s.t.Helper()
	s.policy = deletes
	s.up()
	s.holds("after the change to Delete")

	less := with(values, "user", "erin")
	delete(less, "extra")
	s.succeeded(s.edit(less))
	maps.Copy(s.expected, less)
	if !s.row.Limits.NothingDeleted {
		delete(s.expected, "extra")
	}
	s.holds("after a change and a removal with Delete")

	values = with(less, "extra", "once more")
	run := s.edit(values)
	if s.row.Limits.NamesKept != "" {
		s.failed(run, path.Base(s.row.Identity("extra")), s.row.Limits.NamesKept)
		s.holds("after a deleted key did not come back")
		s.restore("extra")
		run = s.schedule()
	}
	s.succeeded(run)
	maps.Copy(s.expected, values)
	s.holds("after a deleted key came back")

	s.deniedDestroy()
	s.destroy()
	if !s.row.Limits.NothingDeleted {
		clear(s.expected)
	}
	s.holds("after a destroy with Delete")
	if s.row.Limits.NamesKept != "" {
		_, err := s.h.Up(s.t.Context(), s.program(), stack)
		require.ErrorContains(s.t, err, s.row.Restoring)
		s.holds("after a start that was refused")
		s.restore(slices.Collect(maps.Keys(values))...)
	}
	s.up()
	maps.Copy(s.expected, values)
	s.holds("after the last start")
	assert.Len(s.t, s.expected, len(values))
}
