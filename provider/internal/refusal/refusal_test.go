package refusal

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestWhatIsCarriedIsFound(t *testing.T) {
	t.Parallel()
	lines := []string{"value.a: is null, which no secret can hold", "destination.vault.path: must not end with /"}
	log := []string{"=== pulumi update", "    info: " + Encode(lines, nil), "error: ~a.b~", Encode(lines[:1], nil)}
	assert.Equal(t, lines, Find(log))
	assert.Empty(t, Find([]string{"nothing ~e.3.0.~"}))
}

// No value is encoded, whatever surrounds it, nor any part of it that is a value itself.
func TestNoValueIsCarried(t *testing.T) {
	t.Parallel()
	values := []string{"hunter2", "hunter2-and-more", "ab"}
	found := Find([]string{Encode([]string{"the name hunter2-and-more, made of hunter2, is not allowed ab"}, values)})
	assert.Equal(t, []string{"the name [secret], made of [secret], is not allowed ab"}, found)
}

// The lines survive any masking in the log: the encoded text contains no secret of three letters or more.
func TestMaskingDoesNotTouchIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringN(1, 50, -1).Draw(t, "line")
		secret := rapid.StringMatching(`[A-Za-z0-9+/_-]{3,8}`).Draw(t, "secret")
		written := Encode([]string{line}, nil)
		spread := written[strings.Index(written, "~"):]
		found := Find([]string{strings.ReplaceAll(spread, secret, "[secret]")})
		assert.Equal(t, []string{strings.ToValidUTF8(line, "")}, found)
	})
}

// Only a few short lines are encoded, to keep the log short.
func TestMuchIsCut(t *testing.T) {
	t.Parallel()
	lines := make([]string, 200)
	for i := range lines {
		lines[i] = strings.Repeat("é", 1000) + string(rune('a'+i%26)) + strings.Repeat("x", i)
	}
	lines[0] = "first"
	found := Find([]string{Encode(lines, nil)})
	assert.Equal(t, "first", found[0])
	assert.Len(t, found, 2, "the others are one line after they are cut")
	assert.LessOrEqual(t, len(found[1]), longest+3)
}
