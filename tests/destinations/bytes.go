package destinations

import (
	"context"
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Bytes pushes a keystore as base64 text, then as bytes. It deletes it on the platform, changes it in ESC, and requires
// that text that is not base64 is refused.
func Bytes(t *testing.T, row platforms.Row) {
	t.Helper()
	const jks, other = "\xfe\xed\xfe\xed\x00\x00\x00\x02", "\x00\xff\r\n\xc3"
	text := base64.StdEncoding.EncodeToString([]byte(jks))
	values := map[string]string{"keystore": text, "password": "changeit"}
	s := start(t, row, values)
	s.up()
	s.expected = map[string]string{"keystore": text, "password": "changeit"}
	s.contains("as text")

	s.row.Destination = row.Binary
	s.up()
	s.expected["keystore"] = jks
	s.contains("as bytes")
	s.idle("as bytes")

	edit := s.platform.Put
	if row.Limits.EditsUnseen {
		edit = func(ctx context.Context, identity, _ string) error { return s.platform.Delete(ctx, identity) }
	}
	require.NoError(t, edit(t.Context(), row.Identity("keystore"), "edited elsewhere"))
	s.succeeded(s.schedule())
	s.contains("after the run that followed an edit")

	s.succeeded(s.edit(with(values, "keystore", base64.StdEncoding.EncodeToString([]byte(other)))))
	s.expected["keystore"] = other
	s.contains("after a change in ESC")

	writes := s.platform.Writes()
	s.refused(s.edit(with(values, "keystore", "hunter2")), writes, "value.keystore has a problem: is not base64")
	s.contains("after a value that is no base64")
}
