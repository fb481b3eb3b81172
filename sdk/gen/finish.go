package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// Each function here corrects what a generator does not know. It fails if it does not find the text that it corrects,
// so that somebody looks at a new version of the generator.

// finishNodejs makes the package publishable: a scoped name is private by default, and the code reads its version from
// a package.json beside the compiled files.
func finishNodejs(made files, _ schema.PackageSpec) error {
	return made.replace("package.json",
		`        "build": "tsc"`,
		`        "build": "tsc && cp package.json README.md LICENSE bin/"`,
		`    "license": "Apache-2.0",`,
		`    "license": "Apache-2.0",`+"\n"+`    "publishConfig": {`+"\n"+`        "access": "public"`+"\n"+`    },`)
}

// finishPython moves the README where pyproject.toml looks for it. setuptools packs the licence without a key, and no
// key is right for both its old and its new versions.
func finishPython(made files, _ schema.PackageSpec) error {
	const packaged = "pulumi_escsync/README.md"
	if _, found := made[packaged]; !found {
		return fmt.Errorf("%s is missing: look at finishPython", packaged)
	}
	delete(made, packaged)
	return nil
}

// finishGo does nothing: go.mod and go.sum are written by hand.
func finishGo(files, schema.PackageSpec) error { return nil }

// finishDotnet adds the README and the licence to the package.
func finishDotnet(made files, _ schema.PackageSpec) error {
	return made.replace("Escsync.Pulumi.csproj",
		`    <PackageIcon>logo.png</PackageIcon>`,
		`    <PackageIcon>logo.png</PackageIcon>`+"\n"+`    <PackageReadmeFile>README.md</PackageReadmeFile>`,
		`    <None Include="logo.png">`,
		`    <None Include="README.md" Pack="true" PackagePath="" />`+"\n"+
			`    <None Include="LICENSE" Pack="true" PackagePath="" />`+"\n"+`    <None Include="logo.png">`)
}

//go:embed assets/pom.xml.tmpl
var pomTemplate string

// javaResources is the folder in which the SDK looks for its version, and the engine for the plugin.
const javaResources = "src/main/resources/com/escsync/escsync/"

// finishJava adds a Maven project, and the file that tells the engine where the plugin is.
func finishJava(made files, spec schema.PackageSpec) error {
	if _, found := made[javaResources+"version.txt"]; !found {
		return fmt.Errorf("%sversion.txt is missing: look at finishJava", javaResources)
	}
	plugin, err := json.MarshalIndent(map[string]any{
		"resource": true, "name": spec.Name, "version": spec.Version, "server": spec.PluginDownloadURL,
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("writing plugin.json: %w", err)
	}
	made[javaResources+"plugin.json"] = append(plugin, '\n')

	parsed, err := template.New("pom.xml").Parse(pomTemplate)
	if err != nil {
		return fmt.Errorf("parsing the template of pom.xml: %w", err)
	}
	var pom bytes.Buffer
	if err := parsed.Execute(&pom, spec); err != nil {
		return fmt.Errorf("writing pom.xml: %w", err)
	}
	made["pom.xml"] = pom.Bytes()
	made[".gitignore"] = []byte("target/\n")
	return nil
}

// replace replaces pairs of old and new text in a file. Each old text must occur exactly once.
func (f files) replace(path string, pairs ...string) error {
	text, found := f[path]
	if !found {
		return fmt.Errorf("the generator makes no %s any more", path)
	}
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(string(text), pairs[i]); n != 1 {
			return fmt.Errorf("%s holds %q %d times instead of once", path, pairs[i], n)
		}
		text = []byte(strings.Replace(string(text), pairs[i], pairs[i+1], 1))
	}
	f[path] = text
	return nil
}
