package definition

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc/eval"
	"gopkg.in/yaml.v3"
)

// interpolationErrors returns the errors of ESC's parser about a string with ${...}.
func interpolationErrors(s string) []string {
	source, err := yaml.Marshal(map[string]any{valuesKey: map[string]string{"x": s}})
	if err != nil {
		return []string{"is not text that YAML can represent"}
	}
	_, diagnostics, err := eval.LoadYAMLBytes("value", source)
	if err != nil {
		return []string{"is not text that ESC can read"}
	}
	var reasons []string
	for _, d := range diagnostics {
		reasons = append(reasons, "ESC interpolation: "+d.Summary)
	}
	return reasons
}
