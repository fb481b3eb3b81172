package main

import (
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func TestYAMLSaysWhereThePluginIs(t *testing.T) {
	t.Parallel()
	spec := schema.PackageSpec{Name: "escsync", Version: "1.2.3", PluginDownloadURL: "github://there"}
	for name, test := range map[string]struct{ program, want string }{
		"after the properties": {
			"resources:\n  run:\n    type: escsync:SyncRun\n    properties:\n      stack: s\noutputs: {}\n",
			"resources:\n  run:\n    type: escsync:SyncRun\n    properties:\n      stack: s\n    options:\n" +
				"      version: 1.2.3\n      pluginDownloadURL: github://there\noutputs: {}\n",
		},
		"among the options": {
			"resources:\n  run:\n    type: escsync:SyncRun\n    options:\n      dependsOn:\n        - ${a}\n",
			"resources:\n  run:\n    type: escsync:SyncRun\n    options:\n      version: 1.2.3\n" +
				"      pluginDownloadURL: github://there\n      dependsOn:\n        - ${a}\n",
		},
		"every resource": {
			"resources:\n  a:\n    type: escsync:A\n  b:\n    type: escsync:B\n",
			"resources:\n  a:\n    type: escsync:A\n    options:\n      version: 1.2.3\n" +
				"      pluginDownloadURL: github://there\n  b:\n    type: escsync:B\n    options:\n      version: 1.2.3\n" +
				"      pluginDownloadURL: github://there\n",
		},
		"a function": {
			"variables:\n  a:\n    fn::invoke:\n      function: escsync:getA\n      arguments:\n        b: c\n",
			"variables:\n  a:\n    fn::invoke:\n      function: escsync:getA\n      arguments:\n        b: c\n" +
				"      options:\n        version: 1.2.3\n        pluginDownloadURL: github://there\n",
		},
		"not another package's": {
			"resources:\n  a:\n    type: pulumi:providers:escsync2\n  b:\n    type: aws:s3:Bucket\n",
			"resources:\n  a:\n    type: pulumi:providers:escsync2\n  b:\n    type: aws:s3:Bucket\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := withOptions(test.program, spec); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
