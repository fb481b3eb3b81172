package main

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"

	"github.com/hashicorp/hcl/v2"
	dotnet "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3/codegen"
	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	"github.com/pulumi/pulumi/pkg/v3/codegen"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// tool is the generator's name in the first line of each file.
const tool = "sdk/gen"

// language is a language that SDKs are generated for.
type language struct {
	// title is the name of the language, and folder that of its SDK below sdk/.
	title, folder string
	// generate returns the files of the SDK, by their paths below folder.
	generate func(*schema.Package) (files, error)
	// finish corrects the generated files.
	finish func(files, schema.PackageSpec) error
	// readme is the path of the SDK's README.
	readme string
	// install returns the command that adds the SDK to a program.
	install func(schema.PackageSpec) string
	// missing is the registry where users of the language would expect the SDK, and where it is not published.
	missing string
	// program converts a program to the language.
	program func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
	// corrections are pairs of old and new text, for converted programs that would not compile.
	corrections []string
	// example is the path, below examples/, of the program in the README. fence is its language in Markdown.
	example, fence string
}

// files maps paths, with slashes, to contents.
type files map[string][]byte

var languages = []language{
	{
		title: "TypeScript and JavaScript", folder: "nodejs", readme: "README.md",
		generate: func(pkg *schema.Package) (files, error) {
			return nodejs.GeneratePackage(tool, pkg, nil, nil, false, ownTypesOnly{})
		},
		finish:  finishNodejs,
		install: func(schema.PackageSpec) string { return "npm install @escsync/pulumi-escsync" },
		example: "typescript/index.ts", fence: "typescript",
		program: nodejs.GenerateProgram,
	},
	{
		title: "Python", folder: "python", readme: "README.md",
		generate: func(pkg *schema.Package) (files, error) {
			return python.GeneratePackage(tool, pkg, nil, ownTypesOnly{})
		},
		finish:  finishPython,
		install: func(schema.PackageSpec) string { return "pip install pulumi_escsync" },
		example: "python/__main__.py", fence: "python",
		program: python.GenerateProgram,
		// For a program with only a function, the converter invents the package's name.
		corrections: []string{"import escsync_escsync as ", "import pulumi_escsync as "},
	},
	{
		title: "Go", folder: "go", readme: "escsync/README.md",
		generate: func(pkg *schema.Package) (files, error) { return golang.GeneratePackage(tool, pkg, nil) },
		finish:   finishGo,
		install: func(spec schema.PackageSpec) string {
			return "go get github.com/escsync/pulumi-escsync/sdk/go/escsync@v" + spec.Version
		},
		example: "go/main.go", fence: "go",
		program: golang.GenerateProgram,
		// The converter uses the option for a provider of the package itself, and passes a pointer to an input.
		corrections: []string{
			"pulumi.Provider(cluster)", "pulumi.Providers(cluster)",
			"sync.Status)", "pulumi.StringPtrFromPtr((*string)(sync.Status)))",
			"sync.LastSuccess)", "pulumi.StringPtrFromPtr(sync.LastSuccess))",
			"sync.NextRun)", "pulumi.StringPtrFromPtr(sync.NextRun))",
			"sync.DriftDetected)", "pulumi.BoolPtrFromPtr(sync.DriftDetected))",
		},
	},
	{
		title: ".NET", folder: "dotnet", readme: "README.md",
		generate: func(pkg *schema.Package) (files, error) { return dotnet.GeneratePackage(tool, pkg, nil, nil) },
		finish:   finishDotnet,
		install:  packageAdd,
		missing:  "NuGet",
		example:  "dotnet/Program.cs", fence: "csharp",
		program: dotnet.GenerateProgram,
		// An alias called Pulumi would hide the namespace of that name.
		corrections: []string{
			"using Kubernetes = Pulumi.Kubernetes;", "using Kubernetes = Pulumi.Kubernetes;",
			"using Pulumi = Escsync.Pulumi;", "using Sync = Escsync.Pulumi;", " Pulumi.", " Sync.",
		},
	},
	{
		title: "Java", folder: "java", readme: "README.md",
		generate: func(pkg *schema.Package) (files, error) {
			return java.GeneratePackage(tool, pkg, nil, nil, false, false)
		},
		finish:  finishJava,
		install: packageAdd,
		missing: "Maven Central",
		example: "java/src/main/java/example/App.java", fence: "java",
		program: java.GenerateProgram,
		// The converter imports functions from Pulumi's own packages, treats their results as plain, writes enum values as
		// strings, and omits the providers of a component.
		corrections: []string{
			`.mapping("perKey")`, ".mapping(com.escsync.escsync.enums.SecretMapping.PerKey)",
			"import com.pulumi.escsync.", "import com.escsync.escsync.",
			"import com.pulumi.kubernetes.ProviderArgs;\n", "import com.pulumi.kubernetes.ProviderArgs;\n" +
				"import com.pulumi.resources.ComponentResourceOptions;\n",
			javaKubernetes + "            .build());", javaKubernetes + "            .build(), ComponentResourceOptions.builder()\n" +
				"            .providers(cluster)\n            .build());",
			"sync.status()", "sync.applyValue(_sync -> _sync.status())",
			"sync.lastSuccess()", "sync.applyValue(_sync -> _sync.lastSuccess())",
			"sync.nextRun()", "sync.applyValue(_sync -> _sync.nextRun())",
			"sync.driftDetected()", "sync.applyValue(_sync -> _sync.driftDetected())",
		},
	},
}

// javaKubernetes is the end of the destination in the example of KubernetesTarget.
const javaKubernetes = "                .namespace(\"shop\")\n                .build())\n"

// packageAdd returns the command that generates an SDK from the released plugin, for languages without a published SDK.
func packageAdd(spec schema.PackageSpec) string {
	return "pulumi package add " + spec.Name + "@" + spec.Version + " --server " + spec.PluginDownloadURL
}

// bind returns the package that a schema describes.
func bind(spec schema.PackageSpec) (*schema.Package, error) {
	pkg, diagnostics, err := schema.BindSpec(spec, ownTypesOnly{}, schema.ValidationOptions{})
	if err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("the schema is not valid: %w", diagnostics)
	}
	return pkg, nil
}

// withOwnExamples returns the schema with the examples of this language only. The generators also filter them, but not
// everywhere: the .NET generator does not in functions.
func (l language) withOwnExamples(spec schema.PackageSpec) schema.PackageSpec {
	spec.Resources, spec.Functions = maps.Clone(spec.Resources), maps.Clone(spec.Functions)
	for token, resource := range spec.Resources {
		resource.Description = codegen.FilterExamples(resource.Description, l.fence)
		spec.Resources[token] = resource
	}
	for token, function := range spec.Functions {
		function.Description = codegen.FilterExamples(function.Description, l.fence)
		spec.Functions[token] = function
	}
	return spec
}

// files returns all files of the language's SDK.
func (l language) files(spec schema.PackageSpec, repository string) (files, error) {
	pkg, err := bind(l.withOwnExamples(spec))
	if err != nil {
		return nil, err
	}
	made, err := l.generate(pkg)
	if err != nil {
		return nil, err
	}
	if err := l.finish(made, spec); err != nil {
		return nil, err
	}
	text, err := l.readmeText(spec, repository)
	if err != nil {
		return nil, err
	}
	made[l.readme] = text
	// Packages are copied without the repository, and the licence requires a copy of itself in each.
	license, err := os.ReadFile(filepath.Join(repository, "LICENSE"))
	if err != nil {
		return nil, fmt.Errorf("reading the licence: %w", err)
	}
	made[path.Join(path.Dir(l.readme), "LICENSE")] = license
	return made, nil
}
