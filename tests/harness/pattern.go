package harness

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// The environment that the published pattern syncs from and that the programs in examples/ import, with all its values
// but the password.
const (
	PatternEnvironment = "my-project/my-imported-env"
	PatternTag         = "stable"

	PatternFoo = "foo, from ESC"
	PatternBar = "bar, from ESC"
)

// PatternDefinition returns the definition of PatternEnvironment with any password. ESC interpolates secrets, so the
// password is written as JSON with each `$` escaped.
func PatternDefinition(password string) string {
	literal := strings.ReplaceAll(CompactJSON(password), "$", `\u0024`)
	return fmt.Sprintf(`values:
  my-imported-env-foo: %s
  my-imported-env-bar: %s
  my-imported-env-password:
    fn::fromJSON:
      fn::secret: %s
`, CompactJSON(PatternFoo), CompactJSON(PatternBar), CompactJSON(literal))
}

// PatternSecret is the exact content of the examples' secret.
func PatternSecret(password string) string {
	return CompactJSON(map[string]any{
		"myConfigKey": PatternFoo,
		"myNestedKey": map[string]any{"haha": PatternBar},
		"mySecret":    password,
	})
}

// CompactJSON returns a value as JSON with sorted keys and without unnecessary escapes.
func CompactJSON(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // strings and maps of strings always encode
	}
	return strings.TrimSpace(text.String())
}
