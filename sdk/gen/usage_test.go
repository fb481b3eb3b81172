package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen"
)

// A program in YAML, and the output of sdk/pcl for it.
const (
	usageYAML = "name: usage\ndescription: Show a sync\nruntime: yaml\nresources:\n  db: {}\n"
	usagePCL  = `resource db "escsync:index:EscSync" {
	value = "$${database.user}"
	destination = { awsSecretsManager = { name = "n" } }
}
`
)

func usageOf(t *testing.T, yaml, converted string) (string, error) {
	t.Helper()
	spec, err := readSchema(filepath.Join("..", "..", "schema.json"), testVersion)
	if err != nil {
		t.Fatal(err)
	}
	known, err := readPackages(spec, filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	text, err := usage(known, spec, "EscSync", yaml, converted)
	return string(text), err
}

func TestUsageHasEveryLanguage(t *testing.T) {
	t.Parallel()
	text, err := usageOf(t, usageYAML, usagePCL)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"{{% examples %}}\n## Example Usage\n\n{{% example %}}\n### Show a sync\n",
		"```typescript\n", "```python\n", "```go\n", "```csharp\n", "```java\n", "```yaml\nresources:\n  db: {}\n```\n",
		`new escsync.EscSync("db"`, `escsync.NewEscSync(ctx, "db"`, `new Sync.EscSync("db"`, `"${database.user}"`,
		"{{% /example %}}\n{{% /examples %}}\n",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
	if strings.Contains(text, "using Pulumi = ") {
		t.Error("the namespace Pulumi is hidden")
	}
}

// The example of KubernetesTarget passes an explicit provider of another package, which a converter may omit.
func TestUsageWithAnExplicitProvider(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", usageFolder, "text", "KubernetesTarget.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range languages {
		own := codegen.FilterExamples(string(text), l.fence)
		for _, part := range map[string][]string{
			"typescript": {"new kubernetes.Provider(", "enableSecretMutable: true", "providers: [cluster]"},
			"python":     {"kubernetes.Provider(", "enable_secret_mutable=True", "providers=[cluster]"},
			"go":         {"kubernetes.NewProvider(", "EnableSecretMutable: pulumi.Bool(true)", "pulumi.Providers(cluster)"},
			"csharp":     {"using Kubernetes = Pulumi.Kubernetes;", "EnableSecretMutable = true", "Providers ="},
			"java":       {"new Provider(", ".enableSecretMutable(true)", ".providers(cluster)"},
		}[l.fence] {
			if !strings.Contains(own, part) {
				t.Errorf("%s: no %q in\n%s", l.title, part, own)
			}
		}
	}
}

func TestUsageIsCheckedAgainstTheSchema(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ yaml, converted, want string }{
		"no such input":    {usageYAML, strings.Replace(usagePCL, "value =", "valeu =", 1), "valeu"},
		"no such resource": {usageYAML, strings.Replace(usagePCL, "EscSync", "Sync", 1), "escsync:index:Sync"},
		"another package":  {usageYAML, strings.Replace(usagePCL, "escsync:", "aws:", 1), `uses the package "aws"`},
		"no title":         {"name: usage\nruntime: yaml\nresources: {}\n", usagePCL, "begin the program with"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := usageOf(t, test.yaml, test.converted); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got the error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestUsagesNeedTheirPrograms(t *testing.T) {
	t.Parallel()
	spec, err := readSchema(filepath.Join("..", "..", "schema.json"), testVersion)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "programs.json")
	if _, err := usages(spec, filepath.Join("..", ".."), file); err == nil || !strings.Contains(err.Error(), "make schema") {
		t.Errorf("a missing file: %v", err)
	}
	if err := os.WriteFile(file, []byte(`{"NoSuchProgram": ""}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := usages(spec, filepath.Join("..", ".."), file); err == nil || !strings.Contains(err.Error(), "NoSuchProgram") {
		t.Errorf("a program without its source: %v", err)
	}
}

// The .NET generator keeps all languages in functions.
func TestEachSDKShowsItsOwnLanguage(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		shown := map[string]bool{}
		for _, text := range made(t, l.folder) {
			for _, other := range languages {
				if strings.Contains(string(text), "```"+other.fence+"\n") {
					shown[other.fence] = true
				}
			}
			if strings.Contains(string(text), "{{% ") {
				t.Errorf("%s: a shortcode is left", l.title)
			}
		}
		delete(shown, l.fence)
		if len(shown) > 0 {
			t.Errorf("%s shows %v as well", l.title, shown)
		}
	}
}
