package harness

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLeaks(t *testing.T) {
	t.Parallel()
	const secret = `p$ss "word"` + "\nline-two"
	cases := map[string]struct {
		content string
		want    bool
	}{
		"plain":              {"it is " + secret + ".", true},
		"in JSON":            {`{"password": ` + quoted(secret) + `}`, true},
		"in JSON in JSON":    {`{"payload": ` + quoted(`{"password": `+quoted(secret)+`}`) + `}`, true},
		"in a URL":           {"https://example.com/?p=" + url.QueryEscape(secret), true},
		"base64":             {base64.StdEncoding.EncodeToString([]byte(secret)), true},
		"base64 at offset 1": {base64.StdEncoding.EncodeToString([]byte("x" + secret + "yz")), true},
		"base64 at offset 2": {base64.StdEncoding.EncodeToString([]byte("xy" + secret + "z")), true},
		"JSON in base64": {
			base64.StdEncoding.EncodeToString([]byte(`{"a":1,"password":` + quoted(secret) + `}`)), true,
		},
		"one of its lines": {"  line-two", true},
		"masked":           {"it is [secret].", false},
		"another word":     {"p$ss word", false},
		"empty":            {"", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			texts := []Text{{Name: "clean", Content: "nothing here"}, {Name: "checked", Content: c.content}}
			var want []string
			if c.want {
				want = []string{"checked"}
			}
			assert.Equal(t, want, Leaks(texts, secret))
		})
	}
}

// quoted returns a string as JSON.
func quoted(text string) string { return fmt.Sprintf("%q", text) }
