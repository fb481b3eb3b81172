package document_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

func TestDecoded(t *testing.T) {
	t.Parallel()
	for give, want := range map[string]string{
		"/u3+7QAAAAI=":         "\xfe\xed\xfe\xed\x00\x00\x00\x02",
		"/u3+\n7QAA\r\nAAI=\n": "\xfe\xed\xfe\xed\x00\x00\x00\x02", // as the base64 command writes it
		"dGV4dA==":             "text",
		"":                     "",
	} {
		got, err := document.Text{Value: give}.Decoded()
		require.NoError(t, err, give)
		assert.Equal(t, document.Text{Value: want, Binary: true}, got, give)
	}
	for name, give := range map[string]string{
		"the other alphabet": "_u3-7QAAAAI=",
		"no padding":         "/u3+7QAAAAI",
		"too much padding":   "/u3+7QAAAAI==",
		"bits to spare":      "/u3+7QAAAAJ=",
		"a space":            "/u3+ 7QAAAAI=",
		"PEM":                "-----BEGIN CERTIFICATE-----",
		"two in one":         "AA==AA==",
		"a text":             "hunter2",
	} {
		got, err := document.Text{Value: give}.Decoded()
		require.ErrorContains(t, err, "is not base64: ", name)
		assert.NotContains(t, err.Error(), give, "the value is never shown")
		assert.Equal(t, document.Text{}, got, name)
	}
	unknown, err := document.Text{Unknown: true}.Decoded()
	require.NoError(t, err)
	assert.Equal(t, document.Text{Unknown: true, Binary: true}, unknown)
}

// Bytes survive however their base64 was broken into lines, and always encode to the same base64.
func TestBytesKeepTheirForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		bytes := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		width := rapid.IntRange(1, 100).Draw(t, "width")
		encoded := base64.StdEncoding.EncodeToString(bytes)
		var lines strings.Builder
		for rest := encoded; rest != ""; {
			n := min(width, len(rest))
			lines.WriteString(rest[:n] + "\n")
			rest = rest[n:]
		}
		text, err := document.Text{Value: lines.String()}.Decoded()
		require.NoError(t, err)
		assert.Equal(t, string(bytes), text.Value)
		assert.Equal(t, encoded, text.Base64())
	})
}
