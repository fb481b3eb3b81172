package pulumicloud

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Only the exact commands of a sync are known. Anything else must reach a real shell.
func TestKnownPreRunCommands(t *testing.T) {
	t.Parallel()
	const (
		access = `pulumi config get payload -s acme/escsync-target/db >/dev/null || ` +
			`{ pulumi env open acme/escsync/db escsync.none >/dev/null; { echo 'no' >&2; exit 1; }; }`
		link = `pulumi config env add escsync/db -s acme/escsync-target/db --yes >/dev/null`
	)
	for command, want := range map[string][]string{
		access: {"acme", "escsync", "db"},
		link:   {"escsync", "db", "acme", "escsync-target", "db"},
		`pulumi config env add 'escsync/$(id)' -s acme/escsync-target/db --yes >/dev/null`: nil,
		link + `; true`: nil,
		`pulumi config env add --yes -s acme/escsync-target/db --yes >/dev/null`: nil,
		`echo ` + access: nil,
		`exit 3`:         nil,
	} {
		match := accessCommand.FindStringSubmatch(command)
		if match == nil {
			match = linkCommand.FindStringSubmatch(command)
		}
		if len(match) > 0 {
			match = match[1:]
		}
		assert.Equal(t, want, match, command)
	}
}
