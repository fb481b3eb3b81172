package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// testVersion is a version that no release has.
const testVersion = "9.8.7"

// made generates an SDK from the repository's schema.
func made(t *testing.T, folder string) files {
	t.Helper()
	url, stop, err := serveLogo()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	spec, err := readSchema(filepath.Join("..", "..", "schema.json"), testVersion)
	if err != nil {
		t.Fatal(err)
	}
	spec.LogoURL = url
	for _, l := range languages {
		if l.folder == folder {
			out, err := l.files(spec, filepath.Join("..", ".."))
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
	}
	t.Fatalf("no language in %s", folder)
	return nil
}

// contains checks that a file contains each text.
func contains(t *testing.T, made files, path string, texts ...string) {
	t.Helper()
	content, found := made[path]
	if !found {
		t.Fatalf("%s is missing", path)
	}
	for _, text := range texts {
		if !strings.Contains(string(content), text) {
			t.Errorf("%s does not hold %q:\n%s", path, text, content)
		}
	}
}

func TestPublishedMetadata(t *testing.T) {
	t.Parallel()
	const server = `"server": "github://api.github.com/escsync/pulumi-escsync"`
	for _, test := range []struct {
		folder, path string
		texts        []string
	}{
		{"nodejs", "package.json", []string{
			`"name": "@escsync/pulumi-escsync"`, `"version": "9.8.7"`, `"license": "Apache-2.0"`, `"access": "public"`,
			`"repository": "https://github.com/escsync/pulumi-escsync"`, server,
		}},
		{"python", "pyproject.toml", []string{
			`name = "pulumi_escsync"`, `version = "9.8.7"`, `text = "Apache-2.0"`, `readme = "README.md"`,
			`Repository = "https://github.com/escsync/pulumi-escsync"`,
		}},
		{"python", "pulumi_escsync/pulumi-plugin.json", []string{server, `"version": "9.8.7"`}},
		{"go", "escsync/pulumi-plugin.json", []string{server, `"version": "9.8.7"`}},
		{"go", "escsync/internal/pulumiUtilities.go", []string{`semver.MustParse("9.8.7")`}},
		{"dotnet", "Escsync.Pulumi.csproj", []string{
			"<Version>9.8.7</Version>", "<PackageLicenseExpression>Apache-2.0<", "<PackageReadmeFile>README.md<",
			"<RepositoryUrl>https://github.com/escsync/pulumi-escsync<",
		}},
		{"dotnet", "pulumi-plugin.json", []string{server}},
		{"dotnet", "EscSync.cs", []string{"namespace Escsync.Pulumi\n"}},
		{"java", "pom.xml", []string{
			"<groupId>com.escsync</groupId>", "<artifactId>pulumi-escsync</artifactId>", "<version>9.8.7</version>",
			"<name>Apache-2.0</name>", "<url>https://github.com/escsync/pulumi-escsync</url>",
		}},
		{"java", javaResources + "plugin.json", []string{server, `"version": "9.8.7"`}},
		{"java", javaResources + "version.txt", []string{"9.8.7"}},
	} {
		contains(t, made(t, test.folder), test.path, test.texts...)
	}
}

// Each package contains the text of its licence.
func TestPackagesHaveTheLicence(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join("..", "..", "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ folder, path string }{
		{"nodejs", "LICENSE"}, {"python", "LICENSE"}, {"go", "escsync/LICENSE"}, {"dotnet", "LICENSE"}, {"java", "LICENSE"},
	} {
		if got := made(t, test.folder)[test.path]; !bytes.Equal(want, got) {
			t.Errorf("%s/%s is not the repository's", test.folder, test.path)
		}
	}
	contains(t, made(t, "nodejs"), "package.json", "cp package.json README.md LICENSE bin/")
}

// Each README shows the tested example.
func TestReadmesShowTheExamples(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		program, err := os.ReadFile(filepath.Join("..", "..", "examples", l.example))
		if err != nil {
			t.Fatal(err)
		}
		contains(t, made(t, l.folder), l.readme, strings.TrimSpace(string(program)), "```"+l.fence)
	}
}

func TestDotnetPackageHasTheLogoWithoutANetwork(t *testing.T) {
	t.Parallel()
	if got := made(t, "dotnet")["logo.png"]; string(got) != string(logo) {
		t.Errorf("the package's logo has %d bytes, want the %d of assets/logo.png", len(got), len(logo))
	}
}

// A type of the package called Mapping would shadow typing.Mapping in a program that imports everything.
func TestPythonShadowsNoTyping(t *testing.T) {
	t.Parallel()
	for path, text := range made(t, "python") {
		for _, name := range []string{"Mapping", "Any", "Optional", "Sequence", "Union"} {
			if bytes.Contains(text, []byte("class "+name+"(")) {
				t.Errorf("%s declares a class %s", path, name)
			}
		}
	}
	if err := finishPython(files{"a.py": nil}, schema.PackageSpec{}); err == nil {
		t.Error("a generator that changed is not noticed")
	}
}

func TestReplaceWantsEachTextOnce(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"a": "", "": "0 times", "a a": "2 times"} {
		err := files{"f": []byte(text)}.replace("f", "a", "b")
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if err := (files{}).replace("f", "a", "b"); err == nil {
		t.Error("a missing file is not noticed")
	}
}

// Descriptions in the schema reach the code of each language.
func TestDocumentationCarriesOver(t *testing.T) {
	t.Parallel()
	spec, err := readSchema(filepath.Join("..", "..", "schema.json"), testVersion)
	if err != nil {
		t.Fatal(err)
	}
	sentence, _, _ := strings.Cut(spec.Resources["escsync:index:EscSync"].Description, "\n")
	for folder, path := range map[string]string{
		"nodejs": "escSync.ts", "python": "pulumi_escsync/esc_sync.py", "go": "escsync/escSync.go", "dotnet": "EscSync.cs",
		"java": "src/main/java/com/escsync/escsync/EscSync.java",
	} {
		contains(t, made(t, folder), path, sentence)
	}
}

func TestPluginFilesAreJSON(t *testing.T) {
	t.Parallel()
	var plugin struct{ Name, Version string }
	if err := json.Unmarshal(made(t, "java")[javaResources+"plugin.json"], &plugin); err != nil {
		t.Fatal(err)
	}
	if plugin.Name != "escsync" || plugin.Version != testVersion {
		t.Errorf("plugin.json: %+v", plugin)
	}
}
