package definition

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"gopkg.in/yaml.v3"
)

// Rendering a definition of a thousand secrets, with the check by ESC's parser, compared to only writing the same
// values as YAML. The difference is the cost of reporting a wrong definition at preview.
func BenchmarkRender(b *testing.B) {
	values, plain := map[string]property.Value{}, map[string]any{}
	for i := range 1000 {
		key, text := fmt.Sprintf("key-%d", i), fmt.Sprintf("value %d with $ and \"quotes\"", i)
		values[key] = secret(text)
		plain[key] = map[string]string{"fn::secret": text}
	}
	b.Run("definition", func(b *testing.B) {
		s := spec(property.New(values))
		for b.Loop() {
			if result := Render(s); len(result.Problems) > 0 {
				b.Fatal(result.Problems)
			}
		}
	})
	b.Run("YAML alone", func(b *testing.B) {
		for b.Loop() {
			if _, err := yaml.Marshal(plain); err != nil {
				b.Fatal(err)
			}
		}
	})
}
