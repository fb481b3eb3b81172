package document_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// BenchmarkFromJSON parses a payload of a thousand secrets, and compares with encoding/json, which loses digits of
// numbers.
func BenchmarkFromJSON(b *testing.B) {
	values := map[string]any{}
	for i := range 1000 {
		values[fmt.Sprintf("key-%d", i)] = map[string]any{"password": "p$a\"s'\n", "port": i, "list": []int{1, 2}}
	}
	text, err := json.Marshal(values)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.Run("document", func(b *testing.B) {
		for b.Loop() {
			if _, err := document.FromJSON(text); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		for b.Loop() {
			var value any
			if err := json.Unmarshal(text, &value); err != nil {
				b.Fatal(err)
			}
		}
	})
}
