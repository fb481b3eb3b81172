package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// The source environment, as the published pattern has it.
const (
	sourceEnvironment = "my-project/my-imported-env"
	sourceTag         = "stable"
	foo               = "foo, from ESC"
	bar               = "bar, from ESC"
	firstPassword     = "first $ecret ${not} \"quoted\" 'twice' <&> \\\nand a second line"
	secondPassword    = "second $$ecret ${not} \"quoted\" 'twice' <&> \\\nand a second line"
)

// definition is the source environment with a password. In ESC a `$` in a secret starts an interpolation, so the password
// is written as JSON, where it has another form.
func definition(password string) string {
	literal := strings.ReplaceAll(compactJSON(password), "$", `\u0024`)
	return fmt.Sprintf(`values:
  my-imported-env-foo: %s
  my-imported-env-bar: %s
  my-imported-env-password:
    fn::fromJSON:
      fn::secret: %s
`, compactJSON(foo), compactJSON(bar), compactJSON(literal))
}

// expected is what the secret must hold, to the byte.
func expected(password string) string {
	return compactJSON(map[string]any{
		"myConfigKey": foo,
		"myNestedKey": map[string]any{"haha": bar},
		"mySecret":    password,
	})
}

// compactJSON writes JSON with sorted keys and no needless escapes.
func compactJSON(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // strings and maps of strings always encode
	}
	return strings.TrimSpace(text.String())
}
