package examples

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms/all"
)

var fenced = regexp.MustCompile("(?s)\n```([a-z]+)\n(.*?)\n```\n")

// usages returns the schema's examples in one language, by the name of the resource or function.
func usages(t *testing.T, tools harness.Tools, language string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(tools.Repository, "schema.json"))
	require.NoError(t, err)
	type documented struct {
		Description string `json:"description"`
	}
	var schema struct{ Resources, Functions map[string]documented }
	require.NoError(t, json.Unmarshal(text, &schema))
	found := map[string]string{}
	add := func(all map[string]documented) {
		for token, one := range all {
			for _, match := range fenced.FindAllStringSubmatch(one.Description, -1) {
				if match[1] == language {
					found[token[strings.LastIndex(token, ":")+1:]] = match[2] + "\n"
				}
			}
		}
	}
	add(schema.Resources)
	add(schema.Functions)
	require.Len(t, found, len(schema.Resources)+len(schema.Functions))
	return found
}

// writeUsages writes the examples of a language to a folder. path returns the file for an example's name.
func writeUsages(t *testing.T, programs map[string]string, folder string, path func(name string) string) {
	t.Helper()
	for name, program := range programs {
		file := filepath.Join(folder, path(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		require.NoError(t, os.WriteFile(file, []byte(program), 0o600))
	}
}

// compile runs a language's own checker on examples.
func compile(t *testing.T, folder string, environment []string, command string, arguments ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command, arguments...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), environment...)
	output, err := cmd.CombinedOutput()
	assert.NoError(t, err, "%s", output)
}

// The examples that editors and the Registry show are converted automatically, so each language's compiler checks them.
func TestUsagesCompileInEachLanguage(t *testing.T) {
	t.Parallel()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	for language, check := range map[string]func(*testing.T, harness.Tools, map[string]string){
		"typescript": compileTypeScript, "python": compilePython, "go": compileGo, "java": compileJava,
		"csharp": parseCSharp,
	} {
		t.Run(language, func(t *testing.T) {
			quick(t, language)
			t.Parallel()
			check(t, tools, usages(t, tools, language))
		})
	}
}

// kubernetesSDK contains, for each language, a stand-in for Pulumi's SDK for Kubernetes: the provider, with the input
// that the example of KubernetesTarget uses. The real SDK is larger than everything else that these tests install.
var kubernetesSDK = filepath.Join("testdata", "kubernetes")

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o700))
	require.NoError(t, os.WriteFile(to, text, 0o600))
}

func compileTypeScript(t *testing.T, tools harness.Tools, programs map[string]string) {
	folder := t.TempDir()
	copyFile(t, filepath.Join(kubernetesSDK, "kubernetes.d.ts"), filepath.Join(folder, "kubernetes.d.ts"))
	writeUsages(t, programs, folder, func(name string) string { return name + ".ts" })
	linkModules(t, tools, folder)
	settings, err := os.ReadFile(filepath.Join(tools.Repository, "examples", "typescript", "tsconfig.json"))
	require.NoError(t, err)
	settings = []byte(strings.Replace(string(settings), `"files": ["index.ts"]`, `"include": ["*.ts"]`, 1))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "tsconfig.json"), settings, 0o600))
	compile(t, folder, nil, filepath.Join(folder, "node_modules", ".bin", "tsc"), "--project", ".")
}

func compilePython(t *testing.T, tools harness.Tools, programs map[string]string) {
	folder := t.TempDir()
	writeUsages(t, programs, folder, func(name string) string { return name + ".py" })
	files, err := filepath.Glob(filepath.Join(folder, "*.py"))
	require.NoError(t, err)
	python := required(t, "ESCSYNC_SDK_PYTHON")
	compile(t, folder, nil, filepath.Join(python, "python"), append([]string{"-m", "py_compile"}, files...)...)
	kubernetes, err := filepath.Abs(filepath.Join(kubernetesSDK, "python"))
	require.NoError(t, err)
	own := filepath.Join(tools.Repository, "bin", "sdk", "python", "site")
	environment := []string{"MYPYPATH=" + own + ":" + kubernetes}
	for _, file := range files { // one by one, because all use the same names
		compile(t, folder, environment, filepath.Join(python, "mypy"), "--strict", "--follow-imports=silent",
			"--cache-dir", filepath.Join(tools.Repository, "bin", "sdk", "mypy"), file)
	}
}

// The programs are vetted inside the SDK's own module, which has the checksums of their dependencies.
func compileGo(t *testing.T, tools harness.Tools, programs map[string]string) {
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder, os.DirFS(filepath.Join(tools.Repository, "sdk", "go", "escsync"))))
	writeUsages(t, programs, folder, func(name string) string {
		return filepath.Join("usage", strings.ToLower(name), "main.go")
	})
	const module = "github.com/pulumi/pulumi-kubernetes/sdk/v4"
	copyFile(t, filepath.Join(kubernetesSDK, "go", "provider.go"),
		filepath.Join(folder, "kubernetes", "go", "kubernetes", "provider.go"))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "kubernetes", "go.mod"), []byte("module "+module+"\n"), 0o600))
	compile(t, folder, nil, "go", "mod", "edit", "-require="+module+"@v4.0.0", "-replace="+module+"=./kubernetes")
	compile(t, folder, []string{"GOWORK=off"}, "go", "vet", "./usage/...")
}

func compileJava(t *testing.T, tools harness.Tools, programs map[string]string) {
	folder := t.TempDir()
	for name, program := range programs { // all are called App, in one package
		programs[name] = strings.Replace(program, "package generated_program;", "package "+strings.ToLower(name)+";", 1)
	}
	writeUsages(t, programs, folder, func(name string) string { return filepath.Join(strings.ToLower(name), "App.java") })
	for _, name := range []string{"Provider.java", "ProviderArgs.java"} {
		copyFile(t, filepath.Join(kubernetesSDK, "java", name), filepath.Join(folder, "kubernetes", name))
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.java"))
	require.NoError(t, err)
	libraries := []string{filepath.Join(tools.Repository, "bin", "sdk", "java", "target", "classes")}
	err = filepath.WalkDir(required(t, "ESCSYNC_SDK_MAVEN"), func(path string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(path, ".jar") && !strings.Contains(path, "pulumi-escsync") {
			libraries = append(libraries, path)
		}
		return err
	})
	require.NoError(t, err)
	compile(t, folder, nil, "javac", append([]string{
		"-d", "classes", "-cp", strings.Join(libraries, string(filepath.ListSeparator)),
	}, files...)...)
}

// There is no C# compiler here.
func parseCSharp(t *testing.T, tools harness.Tools, programs map[string]string) {
	folder := t.TempDir()
	writeUsages(t, programs, folder, func(name string) string { return name + ".cs" })
	compile(t, folder, nil, filepath.Join(required(t, "ESCSYNC_SDK_PYTHON"), "python"),
		filepath.Join(tools.Repository, "sdk", "parse_csharp.py"), folder)
}

// usageSecrets are the secrets in the YAML examples. The payload has the form that an environment passes to its target.
var usageSecrets = map[string]string{
	"password": "p",
	"payload": base64.StdEncoding.EncodeToString(
		[]byte(`{"sync": {"awsSecretsManager": {"name": "prod/db", "region": "us-west-2", "value": {"user": "u"}}}}`)),
}

// beyond returns the error of the preview of an example that needs a platform or Pulumi Cloud, which do not exist here.
// "" means that the preview succeeds.
func beyond(name string) string {
	if name == "getSyncStatus" {
		return "stack acme/escsync-target/shop-prod-database does not exist"
	}
	for _, one := range all.Destinations {
		if about, ok := platform.All.Named(one.Name); ok && about.Type+"Target" == name {
			return one.Beyond
		}
	}
	return ""
}

// The provider accepts the examples. Each is previewed, as far as possible without its platform.
func TestUsagesPreview(t *testing.T) {
	t.Parallel()
	tools, err := harness.FindTools()
	require.NoError(t, err)
	h := harness.New(t, harness.Options{Environment: append(environment(t, tools), "GITHUB_BASE_URL=http://127.0.0.1:1/")})
	require.NoError(t, h.CreateExampleEnvironments(t.Context()))
	for name, program := range usages(t, tools, "yaml") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stack := "usage-" + strings.ToLower(name) + "/dev"
			dir, err := h.WriteProgram("name: usage-" + strings.ToLower(name) + "\nruntime: yaml\n" + program)
			require.NoError(t, err)
			for key, value := range usageSecrets {
				if strings.Contains(program, "\n  "+key+":\n    type: string\n    secret: true\n") {
					require.NoError(t, h.SetSecretConfig(t.Context(), dir, stack, key, value))
				}
			}
			result, err := h.Preview(t.Context(), dir, stack, "--config", "revision=1")
			if want := beyond(name); want != "" {
				require.ErrorContains(t, err, want)
				return
			}
			require.NoError(t, err)
			assert.NotEmpty(t, result.Steps)
		})
	}
}
